import type { CloudEndpointRef, GcpEndpointChoices } from '../../core/cloud-choices';
import { flag } from '../flag';
import type { CommandPlan } from '../../core/command-plan';
import type { Statement, Word } from '../shell';
import { renderStatements } from '../shell';
import { networkPath, rulesOf, subnetPath } from './rule-names';

const name: Word = { variable: 'name' };

/**
 * Addresses and forwarding rules by gcloud, in either form. It can be run again: each is looked for by name first. The
 * list at the end has all that Atlas needs.
 */
export function planGcloud(choices: GcpEndpointChoices): CommandPlan {
  const place = [...flag('project', choices.projectId), ...flag('region', choices.region)];
  const rules = rulesOf(choices);
  return {
    tool: 'gcloud',
    title: 'create-endpoint',
    shells: renderStatements([
      {
        kind: 'each',
        name: 'connect',
        parameters: ['name', 'attachment'],
        rows: rules.map((rule) => [rule.name, rule.attachment]),
        body: [
          {
            kind: 'unless',
            check: [...gcloud('addresses', 'describe'), name, ...place],
            words: [...gcloud('addresses', 'create'), name, ...place, ...flag('subnet', subnetPath(choices))],
          },
          {
            kind: 'unless',
            check: [...gcloud('forwarding-rules', 'describe'), name, ...place],
            words: [
              ...gcloud('forwarding-rules', 'create'),
              name,
              ...place,
              ...flag('network', networkPath(choices)),
              '--address',
              name,
              '--target-service-attachment',
              { variable: 'attachment' },
              ...(choices.globalAccess ? ['--allow-psc-global-access'] : []),
            ],
          },
        ],
      },
      listRules(
        choices.projectId,
        choices.region,
        rules.map((rule) => rule.name),
      ),
    ]),
    printsRegistration: true,
  };
}

/** Lists the rules of an endpoint group, in the form that can be pasted. */
export function planGcloudDescribe(ref: CloudEndpointRef): CommandPlan {
  return {
    tool: 'gcloud',
    title: 'describe-endpoint',
    shells: renderStatements([listRules(ref.projectId, ref.region, ref.ruleNames ?? [ref.endpointId])]),
    printsRegistration: true,
  };
}

/** Deletes forwarding rules, then their addresses; what is gone already is left alone. */
export function removeByGcloud(ref: CloudEndpointRef): readonly Statement[] {
  const place = [...(ref.projectId === undefined ? [] : flag('project', ref.projectId)), ...flag('region', ref.region)];
  const remove = (kind: 'forwarding-rules' | 'addresses'): Statement => ({
    kind: 'tolerate',
    error: 'was not found',
    words: [...gcloud(kind, 'delete'), name, ...place, '--quiet'],
  });
  return [
    {
      kind: 'each',
      name: 'disconnect',
      parameters: ['name'],
      rows: (ref.ruleNames ?? [ref.endpointId]).map((rule) => [rule]),
      body: [remove('forwarding-rules'), remove('addresses')],
    },
  ];
}

function listRules(projectId: string | undefined, region: string, names: readonly string[]): Statement {
  return {
    kind: 'run',
    words: [
      ...gcloud('forwarding-rules', 'list'),
      ...(projectId === undefined ? [] : flag('project', projectId)),
      ...flag('regions', region),
      ...flag('filter', names.length === 1 ? `name=${names.join('')}` : `name=(${names.join(' ')})`),
      ...flag('format', 'json'),
    ],
  };
}

function gcloud(...command: readonly string[]): readonly string[] {
  return ['gcloud', 'compute', ...command];
}
