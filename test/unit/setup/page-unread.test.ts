import assert from 'node:assert/strict';
import { toRoles } from '../../../src/atlas/mapping/project';
import { problem } from '../../../src/core/problem';
import type { ProjectPart } from '../../../src/store/element';
import { pageFindings, rolesIn } from '../../../src/ui/page/checks';
import type { PageModel, ServiceSubject } from '../../../src/ui/page/model';
import { presentConfirmation } from '../../../src/ui/page/present/confirmation';
import { regionalizedOf, whyNotSwitched } from '../../../src/ui/page/present/limits';
import { presentWaiting } from '../../../src/ui/page/present/wait-step';
import { cluster, nodes, serviceWith } from '../core/project-facts';
import { pageModel } from './page-model';

const service = serviceWith('AWS', 'US_EAST_1', 2);
const elsewhere = serviceWith('AWS', 'EU_WEST_1', 2);
const subject: ServiceSubject = { kind: 'service', provider: 'AWS', region: 'US_EAST_1', service, known: [] };
const newService: ServiceSubject = { kind: 'service', provider: 'AWS', region: 'US_EAST_1', known: [] };

function unread(...parts: readonly ProjectPart[]): Pick<NonNullable<PageModel['project']['value']>, 'missing'> {
  return { missing: parts.map((part) => ({ part, problem: problem('ATLAS_UNREACHABLE', part) })) };
}

function codesFor(model: PageModel): readonly string[] {
  const { ref, draft, project } = model;
  const findings = pageFindings({
    ref,
    draft,
    subject: newService,
    contents: project.value,
    aws: undefined,
    roles: undefined,
  });
  return findings.map(({ problem: { code } }) => code);
}

describe('what a page could not read', () => {
  it('is not taken for nothing by the checks', () => {
    assert.deepEqual(codesFor(pageModel({}, newService)), []);
    for (const part of ['clusters', 'AWS', 'AZURE', 'GCP', 'regionalizedMode'] as const) {
      assert.deepEqual(codesFor(pageModel(unread(part), newService)), ['CHECK_UNREAD'], part);
    }
    assert.deepEqual(codesFor(pageModel(unread('dataFederationEndpoints'), newService)), []);
  });

  it('blocks nothing that may be allowed: the number of endpoints where regionalized mode is not known', () => {
    const services = { AWS: [elsewhere], AZURE: [], GCP: [] };
    assert.deepEqual(codesFor(pageModel({ services }, newService)), ['CHECK_SEVERAL_ELSEWHERE']);
    const { value, ...known } = pageModel({ services, ...unread('regionalizedMode') }, newService).project;
    assert.ok(value);
    const rest = { ...value };
    Reflect.deleteProperty(rest, 'regionalizedMode');
    const model = pageModel({}, newService, { project: { ...known, value: rest } });
    assert.deepEqual(codesFor(model), ['CHECK_UNREAD']);
  });

  it('makes the removal of an endpoint a matter of typing, since what leads through it is not known', () => {
    const [endpointId = ''] = service.endpointIds;
    const ask = (parts: readonly ProjectPart[]) => {
      const model = pageModel(unread(...parts), subject);
      return presentConfirmation({
        ...model,
        ui: { ...model.ui, question: { kind: 'remove-endpoint', endpointId } },
      });
    };
    assert.equal(ask([])?.typed, undefined);
    assert.equal(ask(['clusters'])?.typed?.expected, 'us-east-1');
    assert.match(ask(['clusters'])?.consequences.join(' ') ?? '', /not known.*Clusters/);
  });

  it('keeps regionalized mode from being switched', () => {
    assert.equal(whyNotSwitched(pageModel({}, subject)), undefined);
    for (const part of ['clusters', 'AWS', 'AZURE', 'GCP'] as const) {
      assert.match(whyNotSwitched(pageModel(unread(part), subject)) ?? '', /could not be read/, part);
      assert.notEqual(regionalizedOf(pageModel(unread(part), subject))?.actions[0]?.disabled, undefined);
    }
  });
});

describe('the wait for connection strings', () => {
  const waits = (clusters: readonly ReturnType<typeof cluster>[]) => {
    const services = { AWS: [service], AZURE: [], GCP: [] };
    const [endpointId = ''] = service.endpointIds;
    const model = pageModel({ clusters, services }, { ...subject, endpointId });
    return presentWaiting(model).sides.filter(({ id }) => id.startsWith('cluster/'));
  };

  it('says of a cluster whose other region has no endpoint that none comes before it has one', () => {
    const [side] = waits([cluster('Wide', { regions: [nodes('AWS', 'US_EAST_1'), nodes('AWS', 'EU_WEST_1')] })]);
    assert.match(side?.waitingFor ?? '', /^an endpoint in each of its regions/);
  });

  it('says of a paused cluster that it has to be resumed', () => {
    const [side] = waits([cluster('Asleep', { regions: [nodes('AWS', 'US_EAST_1')], paused: true })]);
    assert.equal(side?.waitingFor, 'its being resumed');
  });

  it('promises the string of a cluster that gets one', () => {
    const [side] = waits([cluster('Here', { regions: [nodes('AWS', 'US_EAST_1')] })]);
    assert.match(side?.waitingFor ?? '', /^its connection string, which comes/);
  });
});

describe('roles', () => {
  const [own, other] = ['32b6e34b3d91647abb20e7b8', '32b6e34b3d91647abb20e7b9'];
  const organization = '32b6e34b3d91647abb20e7c0';

  it('count in the project that each is for, and in its organization', () => {
    const all = toRoles(
      {
        apiKey: {
          roles: [
            { groupId: other, roleName: 'GROUP_OWNER' },
            { groupId: own, roleName: 'GROUP_READ_ONLY' },
            { orgId: organization, roleName: 'ORG_MEMBER' },
            { orgId: '32b6e34b3d91647abb20e7c1', roleName: 'ORG_OWNER' },
          ],
        },
      },
      'host',
    );
    assert.deepEqual(rolesIn(all, own, organization), ['GROUP_READ_ONLY', 'ORG_MEMBER']);
    // Not knowing the organization, nobody is told that a role is lacking.
    assert.deepEqual(rolesIn(all, own, undefined), ['GROUP_READ_ONLY', 'ORG_MEMBER', 'ORG_OWNER']);
    assert.equal(rolesIn(undefined, own, organization), undefined);
  });
});
