/** A machine inside the network of the endpoint, and the tool that leads to it. */
export type Machine =
  /** A destination as `ssh` takes it: `[user@]host`, or a name of the SSH configuration. */
  | { readonly kind: 'ssh'; readonly destination: string }
  /** AWS Systems Manager: an instance with its agent. */
  | { readonly kind: 'ssm'; readonly instanceId: string; readonly region: string; readonly profile?: string }
  | { readonly kind: 'kubernetes'; readonly pod: string; readonly namespace?: string; readonly container?: string }
  | { readonly kind: 'docker'; readonly container: string };

export type MachineKind = Machine['kind'];

/** The program that leads to a machine. */
export const machineTools: Readonly<Record<MachineKind, string>> = {
  ssh: 'ssh',
  ssm: 'aws ssm start-session',
  kubernetes: 'kubectl',
  docker: 'docker',
};

/** The machine in a few words, for titles. */
export function nameOfMachine(machine: Machine): string {
  switch (machine.kind) {
    case 'ssh':
      return machine.destination;
    case 'ssm':
      return machine.instanceId;
    case 'kubernetes':
      return machine.pod;
    case 'docker':
      return machine.container;
  }
}

/**
 * What each name may be made of. Nothing that a tool could take for one of its options passes, and nothing that a shell
 * could misread, although all of it is quoted as well.
 */
export const namePatterns = {
  /** `user@host`, `host`, or an alias of the SSH configuration. */
  destination: /^[A-Za-z0-9_][\w.%+-]*(?:@[A-Za-z0-9[][\w.:%[\]-]*)?$/,
  instanceId: /^m?i-[0-9a-f]{8,17}$/,
  region: /^[a-z]{2}(?:-[a-z]+)+-\d$/,
  profile: /^[A-Za-z0-9_][\w.@+=/ -]*$/,
  /** A pod, or `deployment/name` and the like. */
  pod: /^(?:[a-z]+(?:\.[a-z]+)*\/)?[a-z0-9][a-z0-9.-]*$/,
  namespace: /^[a-z0-9][a-z0-9-]*$/,
  container: /^[A-Za-z0-9][\w.-]*$/,
} as const;
