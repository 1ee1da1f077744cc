import type { EndpointRegistration } from '../../core/endpoint';
import type { Result } from '../../core/problem';
import { failed, ok } from '../../core/problem';
import { complain, invalidInput, isUnicastAddress } from '../input-forms';
import type { JsonObject } from '../json-documents';
import { isObject, objectsIn, objectsWithOutputs, textIn } from '../json-documents';
import { nothingIn, otherService, registeredBefore, unreadable, unusableState } from '../output-problems';

/** What one document tells of a private endpoint: itself, or its network interface. */
interface Found {
  readonly id: string;
  readonly address?: string | undefined;
  readonly serviceId?: string | undefined;
  readonly state?: string | undefined;
}

/**
 * Reads `az network nic show` of the endpoint's interface, `az network private-endpoint create` and `show` (several
 * pasted one after the other are put together), and `terraform output -json`. Endpoints that Atlas knows are left out.
 */
export function readAzureOutput(
  documents: readonly unknown[],
  expectation: { readonly privateLinkServiceResourceId?: string; readonly registeredIds: readonly string[] },
): Result<EndpointRegistration> {
  const found = documents.flatMap((document) => objectsWithOutputs(document).flatMap(endpointIn));
  const service = expectation.privateLinkServiceResourceId?.toLowerCase();
  const others = new Set(
    found
      .filter(
        ({ serviceId }) => service !== undefined && serviceId !== undefined && serviceId.toLowerCase() !== service,
      )
      .map(key),
  );
  const registered = new Set(expectation.registeredIds.map((id) => id.toLowerCase()));
  const toService = found.filter((each) => !others.has(key(each)));
  const leading = toService.filter((each) => !registered.has(key(each)));
  const [first] = leading;
  if (first === undefined) {
    const [known] = toService;
    if (known !== undefined) return failed(registeredBefore(known.id));
    const [other] = found;
    return failed(
      other === undefined
        ? nothingIn(documents)
        : otherService(other.id, expectation.privateLinkServiceResourceId ?? '?'),
    );
  }
  const ids = [...new Map(leading.map((each) => [key(each), each.id])).values()];
  if (ids.length > 1) return failed(unreadable('several-endpoints', ids.slice(0, 5).join(', ')));
  const [complaint] = complain('endpointId', 'azure-endpoint-id', first.id);
  if (complaint !== undefined) return failed(complaint);
  const state = leading.map((each) => each.state).find((each) => each === 'Rejected' || each === 'Disconnected');
  if (state !== undefined) return failed(unusableState(first.id, state));
  const address = leading.map((each) => each.address).find((each) => each !== undefined);
  if (address === undefined) return failed(unreadable('no-address', first.id));
  if (!isUnicastAddress(address)) return failed(invalidInput('ipAddress', 'private-address', address));
  return ok({ provider: 'AZURE', id: first.id, ipAddress: address });
}

/** Azure's resource ids are the same in any case. */
function key({ id }: Found): string {
  return id.toLowerCase();
}

function isPrivateEndpoint(id: string): boolean {
  return /\/privateEndpoints\//iu.test(id);
}

function endpointIn(object: JsonObject): readonly Found[] {
  const fromTerraform = textIn(object, 'endpoint_id');
  if (fromTerraform !== undefined) {
    // The other outputs of the folder may be of other clouds.
    if (!isPrivateEndpoint(fromTerraform)) return [];
    return [{ id: fromTerraform, address: textIn(object, 'ip_address'), serviceId: textIn(object, 'service_id') }];
  }
  const address = objectsIn(object.ipConfigurations)
    .map((each) => textIn(each, 'privateIPAddress', 'privateIpAddress'))
    .find((each) => each !== undefined);
  const owner = isObject(object.privateEndpoint) ? textIn(object.privateEndpoint, 'id') : undefined;
  if (owner !== undefined) return [{ id: owner, address }];
  const id = textIn(object, 'id');
  const connections = [object.manualPrivateLinkServiceConnections, object.privateLinkServiceConnections].flatMap(
    objectsIn,
  );
  if (id === undefined || !isPrivateEndpoint(id)) return [];
  const [connection] = connections;
  const state = connection?.privateLinkServiceConnectionState;
  return [
    {
      id,
      address,
      serviceId: connection === undefined ? undefined : textIn(connection, 'privateLinkServiceId'),
      state: isObject(state) ? textIn(state, 'status') : undefined,
    },
  ];
}
