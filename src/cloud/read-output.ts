import type { EndpointRegistration } from '../core/endpoint';
import type { Result } from '../core/problem';
import { failed } from '../core/problem';
import { readAwsOutput } from './aws/read-output';
import { readAzureOutput } from './azure/read-output';
import { readGcpOutput } from './gcp/read-output';
import { maximumOutput, readJsonDocuments } from './json-documents';
import { unreadable } from './output-problems';

/** The service that an endpoint has to lead to, as Atlas names it, and what the person has said of the endpoint. */
export type OutputExpectation = {
  /** Endpoints that Atlas knows: the one that is wanted is none of them. */
  readonly registeredIds: readonly string[];
} & (
  | {
      readonly provider: 'AWS';
      /** Absent where it is not known: nothing is compared then. */
      readonly serviceName?: string;
    }
  | { readonly provider: 'AZURE'; readonly privateLinkServiceResourceId?: string }
  | {
      readonly provider: 'GCP';
      readonly serviceAttachments: readonly string[];
      readonly portMapped: boolean;
      /** Absent: taken from the names of the rules. */
      readonly groupName?: string;
      /** Absent: taken from the rules, where the output says it. */
      readonly gcpProjectId?: string;
    }
);

/**
 * What registers the endpoint at Atlas, from what the cloud's own CLI or Terraform printed, pasted whole: the last
 * command of any plan of `planEndpoint` or `planDescription`, and the outputs that Atlas's own instructions lead to.
 * An id alone will do for AWS. A failure names what is missing, that the endpoint leads to another service, or that Atlas
 * knows it already.
 */
export function readCloudOutput(text: string, expectation: OutputExpectation): Result<EndpointRegistration> {
  if (text.length > maximumOutput) return failed(unreadable('too-large'));
  const trimmed = text.trim();
  const documents = readJsonDocuments(trimmed);
  switch (expectation.provider) {
    case 'AWS':
      return readAwsOutput(trimmed, documents, expectation);
    case 'AZURE':
      return readAzureOutput(documents, expectation);
    case 'GCP':
      return readGcpOutput(documents, expectation);
  }
}
