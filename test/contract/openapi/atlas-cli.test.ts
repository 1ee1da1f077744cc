import assert from 'node:assert/strict';
import { planAtlasCli } from '../../../src/cloud/plan-atlas-cli';
import { operations, projectId } from '../../unit/cloud/atlas-operations';
import { recordInput } from '../../unit/cloud/recorded-commands';
import { loadDescription, type Description } from './description';
import { createValidator, type Validator } from './validate';

const mediaType = 'application/vnd.atlas.2023-01-01+json';
const description = loadDescription();

if ('absent' in description) it(`operations that the Atlas CLI is told to call are not checked: ${description.absent}`);
else {
  describe('operations that the Atlas CLI is told to call', () => {
    const validator = createValidator(description);
    for (const [action, command, body] of operations) {
      it(`are described with their tags, parameters and requests: ${command} ${JSON.stringify(body ?? '')}`, () => {
        assert.deepEqual(faultsOf(description, validator, planAtlasCli(projectId, [action]).shells.posix), []);
      });
    }

    it('would be found out otherwise', () => {
      const [action] = operations[0] ?? assert.fail();
      const { posix } = planAtlasCli(projectId, [action]).shells;
      for (const [part, wrong] of [
        ['createPrivateEndpointService', 'createPrivateEndpointServices'],
        ['privateEndpointServices', 'dataFederation'],
        ['--groupId', '--projectId'],
        ['portMappingEnabled', 'portMapping'],
      ] as const) {
        assert.notDeepEqual(faultsOf(description, validator, posix.replaceAll(part, wrong)), [], part);
      }
    });
  });
}

function faultsOf(of: Description, validator: Validator, script: string): readonly string[] {
  const [[, tag, name, ...rest], body] = recordInput(script);
  const operation = of.operations.find((one) => one.cliName === name);
  if (operation === undefined) return [`no operation is called ${name ?? ''}`];
  const flags = new Map<string, string>();
  for (let index = 0; index < rest.length; index += 2) flags.set(rest[index] ?? '', rest[index + 1] ?? '');
  flags.delete('--version');
  const path = operation.template.replaceAll(/\{(\w+)\}/gu, (_, parameter: string) => {
    const value = flags.get(`--${parameter}`) ?? '';
    flags.delete(`--${parameter}`);
    return encodeURIComponent(value);
  });
  const headers = { accept: mediaType, ...(body === '' ? {} : { 'content-type': mediaType }) };
  return [
    ...(operation.tags.map(toLowerCamel).includes(tag ?? '') ? [] : [`the tag is ${operation.tags.join()}`]),
    ...[...flags.keys()].map((flag) => `${flag} is no parameter`),
    ...validator.validateRequest({ method: operation.method, path, headers, body }),
  ];
}

/** As the Atlas CLI makes the name of a command of a tag. */
function toLowerCamel(words: string): string {
  const joined = words.replaceAll(/\s+(\w)/gu, (_, letter: string) => letter.toUpperCase());
  return joined.charAt(0).toLowerCase() + joined.slice(1);
}
