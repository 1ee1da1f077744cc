import type { EndpointRegistration } from '../../core/endpoint';
import type { Result } from '../../core/problem';
import { failed, ok } from '../../core/problem';
import { complain, hasForm } from '../input-forms';
import type { JsonObject } from '../json-documents';
import { objectsIn, terraformOutput, textIn } from '../json-documents';
import { nothingIn, otherService, unreadable, unusableState } from '../output-problems';

interface Found {
  readonly id: string;
  readonly serviceName?: string | undefined;
  readonly state?: string | undefined;
  readonly hasSubnets: boolean;
}

const gone = new Set(['deleting', 'deleted', 'failed', 'rejected', 'expired']);

/**
 * Reads `aws ec2 create-vpc-endpoint`, `describe-vpc-endpoints`, `aws cloudformation describe-stacks`,
 * `terraform output -json`, or an id alone.
 */
export function readAwsOutput(
  text: string,
  documents: readonly unknown[],
  expectation: { readonly serviceName?: string },
): Result<EndpointRegistration> {
  if (hasForm('aws-endpoint-id', text)) return ok({ provider: 'AWS', id: text });
  const found = documents.flatMap(endpointsIn);
  const { serviceName } = expectation;
  const leading = found.filter(
    (each) => each.serviceName === undefined || serviceName === undefined || each.serviceName === serviceName,
  );
  const usable = leading.filter((each) => each.state === undefined || !gone.has(each.state.toLowerCase()));
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
  const [unusable] = leading;
  if (unusable !== undefined) return failed(unusableState(unusable.id, unusable.state ?? '?'));
  const [other] = found;
  return failed(other === undefined ? nothingIn(documents) : otherService(other.id, serviceName ?? '?'));
}

function endpointsIn(document: unknown): readonly Found[] {
  return objectsIn(document).flatMap((object) => {
    const stackOutputs = objectsIn(object.Stacks).flatMap((stack) => objectsIn(stack.Outputs));
    const ids = [
      ...stackOutputs.filter((output) => output.OutputKey === 'EndpointId').map((output) => output.OutputValue),
      terraformOutput(object, 'endpoint_id'),
    ].filter((id) => typeof id === 'string');
    const described = [object, object.VpcEndpoint, object.VpcEndpoints].flatMap(objectsIn).flatMap(describedEndpoint);
    return [...ids.map((id) => ({ id, hasSubnets: true })), ...described];
  });
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
