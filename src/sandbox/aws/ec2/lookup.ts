import type { AwsSecurityGroup, AwsSubnet, AwsVpc } from '../../world/world';
import type { ActionContext } from '../action';
import { AwsRefusal } from '../refusal';

/**
 * EC2 spells the same error in two ways. The actions of VPC endpoints say `InvalidVpcId.…` and `InvalidSubnetId.…`,
 * all others `InvalidVpcID.…` and `InvalidSubnetID.…`.
 */
export type IdSpelling = 'Id' | 'ID';

const shapes = { vpc: 'Vpc', subnet: 'Subnet' } as const;

/** The VPC or subnet was not found. */
export function notFound(kind: keyof typeof shapes, id: string, spelling: IdSpelling = 'ID'): AwsRefusal {
  const what = kind === 'vpc' && spelling === 'Id' ? `The Vpc Id ${id}` : `The ${kind} ID '${id}'`;
  return new AwsRefusal(`Invalid${shapes[kind]}${spelling}.NotFound`, `${what} does not exist`);
}

function checkForm(kind: keyof typeof shapes, id: string): void {
  if (new RegExp(`^${kind}-[0-9a-z]+$`).test(id)) return;
  throw new AwsRefusal(
    `Invalid${shapes[kind]}Id.Malformed`,
    `Invalid ${shapes[kind]} Id: '${id}' (expecting '${kind}-...; the Id may only contain lowercase alphanumeric characters and a single dash')`,
  );
}

export function findVpc({ region }: ActionContext, id: string, spelling: IdSpelling): AwsVpc {
  checkForm('vpc', id);
  const vpc = region.vpcs.get(id);
  if (vpc === undefined) throw notFound('vpc', id, spelling);
  return vpc;
}

export function findSubnet({ region }: ActionContext, id: string, spelling: IdSpelling): AwsSubnet {
  checkForm('subnet', id);
  const subnet = region.subnets.get(id);
  if (subnet === undefined) throw notFound('subnet', id, spelling);
  return subnet;
}

export function groupNotFound(id: string, vpcId?: string): AwsRefusal {
  const where = vpcId === undefined ? '' : ` in VPC '${vpcId}'`;
  return new AwsRefusal('InvalidGroup.NotFound', `The security group '${id}' does not exist${where}`);
}

/** The group with this id; within `vpcId` when that is given. */
export function findGroup({ region }: ActionContext, id: string, vpcId?: string): AwsSecurityGroup {
  if (!/^sg-[0-9a-z]+$/.test(id)) {
    throw new AwsRefusal('InvalidGroupId.Malformed', `Invalid id: "${id}" (expecting "sg-...")`);
  }
  const group = region.securityGroups.get(id);
  if (group === undefined || (vpcId !== undefined && group.vpcId !== vpcId)) throw groupNotFound(id, vpcId);
  return group;
}

/** What is said to an id that no VPC endpoint has: another thing where it is no such id at all (EC2's error codes). */
export function notAnEndpoint(id: string): AwsRefusal {
  if (/^vpce-[0-9a-z]+$/.test(id)) return endpointNotFound(id);
  return new AwsRefusal('InvalidVpcEndpointId.Malformed', `Invalid Id: '${id}' (expecting 'vpce-...')`);
}

export function endpointNotFound(id: string): AwsRefusal {
  return new AwsRefusal('InvalidVpcEndpointId.NotFound', `The Vpc Endpoint Id '${id}' does not exist`);
}
