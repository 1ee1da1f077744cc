import type { GcpEndpointChoices } from '../../core/cloud-choices';

/** A forwarding rule and the address of the same name, with the service attachment that it leads to. */
export interface GcpRule {
  readonly name: string;
  readonly attachment: string;
}

/**
 * The rules of a group: in the port-mapped form one that has the group's name, as Atlas takes the rule's name for the
 * group's there; in the older form one for each service attachment, numbered in Atlas's order.
 */
export function rulesOf(
  choices: Pick<GcpEndpointChoices, 'portMapped' | 'groupName' | 'serviceAttachments'>,
): readonly GcpRule[] {
  return choices.serviceAttachments.map((attachment, index) => ({
    name: choices.portMapped ? choices.groupName : `${choices.groupName}-${index}`,
    attachment,
  }));
}

/** `projects/…/global/networks/…`, also of a shared VPC. */
export function networkPath(choices: GcpEndpointChoices): string {
  return `projects/${choices.networkProjectId ?? choices.projectId}/global/networks/${choices.network}`;
}

/** `projects/…/regions/…/subnetworks/…`, also of a shared VPC. */
export function subnetPath(choices: GcpEndpointChoices): string {
  return `projects/${choices.networkProjectId ?? choices.projectId}/regions/${choices.region}/subnetworks/${choices.subnet}`;
}
