import type { EndpointRegistration } from '../core/endpoint';
import type { Problem } from '../core/problem';
import { checkGcpRegistration } from './gcp/read-output';
import { complain, isPrivateAddress } from './input-forms';
import type { OutputExpectation } from './read-output';

/**
 * What is wrong with values that were typed, each problem with the `field` it belongs to. Addresses have to be private
 * ones here; a network that uses public ones inside can paste the cloud's own output instead, which is evidence.
 */
export function checkRegistration(
  registration: EndpointRegistration,
  expectation: OutputExpectation,
): readonly Problem[] {
  switch (registration.provider) {
    case 'AWS':
      return complain('endpointId', 'aws-endpoint-id', registration.id);
    case 'AZURE':
      return [
        ...complain('endpointId', 'azure-endpoint-id', registration.id),
        ...complain('ipAddress', 'private-address', registration.ipAddress),
      ];
    case 'GCP': {
      const form = expectation.provider === 'GCP' ? expectation : { serviceAttachments: [], portMapped: false };
      return checkGcpRegistration(registration, form, isPrivateAddress);
    }
  }
}
