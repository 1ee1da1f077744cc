import type { EndpointRegistration } from '../../core/endpoint';
import type { Result } from '../../core/problem';
import { failed, ok } from '../../core/problem';
import { complain, hasForm } from '../input-forms';
import type { JsonObject } from '../json-documents';
import { objectsIn, objectsWithOutputs, textIn } from '../json-documents';
import { nothingIn, otherService, registeredBefore, unreadable, unusableState } from '../output-problems';

interface Found {
  readonly id: string;
  readonly serviceName?: string | undefined;
  readonly state?: string | undefined;
  readonly hasSubnets: boolean;
}

const gone = new Set(['deleting', 'deleted', 'failed', 'rejected', 'expired']);

/**
 * Reads `aws ec2 create-vpc-endpoint`, `describe-vpc-endpoints`, `aws cloudformation describe-stacks`,
 * `terraform output -json`, or an id alone. Endpoints that Atlas knows are left out.
 */
export function readAwsOutput(
  text: string,
  documents: readonly unknown[],
  expectation: { readonly serviceName?: string; readonly registeredIds: readonly string[] },
): Result<EndpointRegistration> {
  const isRegistered = ({ id }: Pick<Found, 'id'>): boolean => expectation.registeredIds.includes(id);
  if (hasForm('aws-endpoint-id', text)) {
    return isRegistered({ id: text }) ? failed(registeredBefore(text)) : ok({ provider: 'AWS', id: text });
  }
  // Of `create-vpc-endpoint`, whose error is all that it prints.
  if (documents.length === 0 && /\bIdempotentParameterMismatch\b/u.test(text)) return failed(unreadable('token-spent'));
  const found = documents.flatMap(endpointsIn);
  const { serviceName } = expectation;
  const leading = found.filter(
    (each) => each.serviceName === undefined || serviceName === undefined || each.serviceName === serviceName,
  );
  const unregistered = leading.filter((each) => !isRegistered(each));
  const usable = unregistered.filter((each) => each.state === undefined || !gone.has(each.state.toLowerCase()));
  const [first, ...more] = usable;
  if (first !== undefined) {
    if (more.some(({ id }) => id !== first.id)) {
      return failed(
        unreadable(
          'several-endpoints',
          usable
            .map(({ id }) => id)
            .slice(0, 10)
            .join(', '),
        ),
      );
    }
    const [complaint] = complain('endpointId', 'aws-endpoint-id', first.id);
    if (complaint !== undefined) return failed(complaint);
    return first.hasSubnets ? ok({ provider: 'AWS', id: first.id }) : failed(unreadable('no-subnet', first.id));
  }
  const [unusable] = unregistered;
  if (unusable !== undefined) return failed(unusableState(unusable.id, unusable.state ?? '?'));
  const [registered] = leading;
  if (registered !== undefined) return failed(registeredBefore(registered.id));
  const [other] = found;
  return failed(other === undefined ? nothingIn(documents) : otherService(other.id, serviceName ?? '?'));
}

function endpointsIn(document: unknown): readonly Found[] {
  return objectsWithOutputs(document).flatMap((object) => {
    const stackOutputs = objectsIn(object.Stacks).flatMap((stack) => objectsIn(stack.Outputs));
    const ids = stackOutputs
      .filter((output) => output.OutputKey === 'EndpointId')
      .map((output) => output.OutputValue)
      .filter((id) => typeof id === 'string');
    const described = [object, object.VpcEndpoint, object.VpcEndpoints].flatMap(objectsIn).flatMap(describedEndpoint);
    return [...ids.map((id) => ({ id, hasSubnets: true })), ...fromTerraform(object), ...described];
  });
}

/** The output of one endpoint: others of the folder are of other clouds. */
function fromTerraform(object: JsonObject): readonly Found[] {
  const id = textIn(object, 'endpoint_id');
  if (id?.startsWith('vpce-') !== true) return [];
  return [{ id, serviceName: textIn(object, 'service_name'), state: textIn(object, 'state'), hasSubnets: true }];
}

function describedEndpoint(object: JsonObject): readonly Found[] {
  const id = textIn(object, 'VpcEndpointId');
  if (id === undefined) return [];
  const subnets = object.SubnetIds;
  return [
    {
      id,
      serviceName: textIn(object, 'ServiceName'),
      state: textIn(object, 'State'),
      hasSubnets: !Array.isArray(subnets) || subnets.length > 0,
    },
  ];
}
