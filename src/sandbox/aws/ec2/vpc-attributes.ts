import { faultOn } from '../../network/faults';
import type { AwsAction } from '../action';
import { requiredText } from '../query';
import { invalidValue } from '../refusal';
import type { Xml } from '../xml';
import { findVpc } from './lookup';

/** Attributes of a VPC, one a request; the sandbox's VPCs resolve names and give them, unless a fault is on. */
export const vpcAttributeActions: readonly AwsAction[] = [
  {
    name: 'DescribeVpcAttribute',
    parameters: ['Attribute', 'VpcId'],
    prepare: (context) => {
      const { query } = context;
      const attribute = requiredText(query, 'Attribute');
      const vpc = findVpc(context, requiredText(query, 'VpcId'), 'ID');
      const values: Readonly<Record<string, Xml>> = {
        enableDnsSupport: { value: !faultOn(context.world, 'vpc-dns-off', vpc.id) },
        enableDnsHostnames: { value: true },
        enableNetworkAddressUsageMetrics: { value: false },
      };
      const value = Object.hasOwn(values, attribute) ? values[attribute] : undefined;
      if (value === undefined) throw invalidValue('attribute', attribute, 'There is no such attribute.');
      return () => ({ vpcId: vpc.id, [attribute]: value });
    },
  },
];
