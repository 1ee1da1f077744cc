import assert from 'node:assert/strict';
import type { AwsVpcEndpoint } from '../../../src/core/cloud';
import type { Endpoint, EndpointService } from '../../../src/core/endpoint';
import { planSetUpExport } from '../../../src/ui/page/set-up-export';
import { serviceWith } from '../core/project-facts';
import { pageModel } from './page-model';

/** Ends strings, opens interpolations and directives, and breaks lines, where it is not quoted. */
export const hostile = 'a "quoted" ${path.root} %{ if true } \\ back\nline';

export const foundInAws: AwsVpcEndpoint = {
  id: 'endpoint-0',
  vpcId: 'vpc-0a',
  serviceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-0a',
  state: 'available',
  subnetIds: ['subnet-0a', 'subnet-0b'],
  securityGroupIds: ['sg-0a'],
  networkInterfaceIds: [],
  dnsNames: [],
  privateDnsEnabled: false,
  tags: { Name: hostile },
};

/** The file that a service and what is known of its endpoints become. */
export function exported(service: EndpointService, known: readonly Endpoint[] = [], found?: readonly AwsVpcEndpoint[]) {
  const { provider, region } = service;
  const subject = { kind: 'service', provider, region, service, known } as const;
  const aws = found === undefined ? {} : { aws: { found: { value: found, loading: false } } };
  return planSetUpExport(pageModel({}, subject, aws))?.file?.text ?? assert.fail('nothing is exported');
}

const fields = { serviceId: 'service', projectId: 'project', status: 'AVAILABLE', deleteRequested: false };

/** A file of each kind, with hostile values where there can be any. */
export const exportedFiles: Readonly<Record<string, () => string>> = {
  'AWS, with what is in the account': () => exported(serviceWith('AWS', 'US_EAST_1', 2), [], [foundInAws]),
  'AWS, at Atlas only': () => exported(serviceWith('AWS', 'us-gov-west-1', 1)),
  Azure: () =>
    exported({ ...serviceWith('AZURE', 'US_EAST_2', 0), endpointIds: [hostile] }, [
      { ...fields, provider: 'AZURE', id: hostile, ipAddress: '10.0.0.4' },
    ]),
  'Google Cloud': () =>
    exported(serviceWith('GCP', 'CENTRAL_US', 1), [
      {
        ...fields,
        provider: 'GCP',
        id: 'endpoint-0',
        gcpProjectId: hostile,
        addresses: [
          { name: 'rule-0', ipAddress: '10.0.0.5' },
          { name: 'rule-1', ipAddress: '10.0.0.6' },
        ],
        portMappingEnabled: false,
      },
    ]),
};
