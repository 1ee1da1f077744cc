import type { ActionId, FieldId, Shell, StepId, ToExtension } from '../../../webview/protocol';

/**
 * Longest texts that the page may send, in UTF-16 units. What a cloud's own command line prints may be pasted whole,
 * fifty Google Cloud addresses with everything around them included.
 */
export const limits = { pasted: 400_000, text: 4_000, id: 2_000, list: 500, error: 2_000 } as const;

type Fields = Readonly<Record<string, unknown>>;

/**
 * What the page sent, when it is exactly one of the messages that the protocol knows; undefined for everything else.
 * The page's script is ours, but it shows names that come from elsewhere: nothing it sends is taken on trust. Returns
 * a fresh object with the known properties only.
 */
export function readMessage(data: unknown): ToExtension | undefined {
  if (!isRecord(data)) return undefined;
  switch (data.type) {
    case 'ready':
    case 'cancel':
      return { type: data.type };
    case 'set': {
      const field = oneOf(fieldIds, data.field);
      const value = field === undefined ? undefined : valueOf(field, data.value);
      return field === undefined || value === undefined ? undefined : { type: 'set', field, value };
    }
    case 'do':
    case 'submit-elsewhere': {
      const step = oneOf(stepIds, data.step);
      return step === undefined ? undefined : { type: data.type, step };
    }
    case 'show-commands':
    case 'show-elsewhere': {
      const step = oneOf(stepIds, data.step);
      if (step === undefined || typeof data.open !== 'boolean') return undefined;
      return { type: data.type, step, open: data.open };
    }
    case 'choose-shell': {
      const shell = oneOf(shells, data.shell);
      return shell === undefined ? undefined : { type: 'choose-shell', shell };
    }
    case 'action':
      return actionOf(data);
    case 'copy': {
      const what = oneOf(copies, data.what);
      const id = textOf(data.id, limits.id);
      return what === undefined || id === undefined ? undefined : { type: 'copy', what, id };
    }
    case 'open-command': {
      const id = textOf(data.id, limits.id);
      return id === undefined ? undefined : { type: 'open-command', id };
    }
    case 'insert':
    case 'test': {
      const string = textOf(data.string, limits.id);
      return string === undefined ? undefined : { type: data.type, string };
    }
    case 'confirm':
      return confirmOf(data);
    case 'dismiss': {
      const confirmation = textOf(data.confirmation, limits.id);
      return confirmation === undefined ? undefined : { type: 'dismiss', confirmation };
    }
    case 'page-error':
      return typeof data.message === 'string'
        ? { type: 'page-error', message: data.message.slice(0, limits.error) }
        : undefined;
    default:
      return undefined;
  }
}

function actionOf(data: Fields): ToExtension | undefined {
  const action = oneOf(actionIds, data.action);
  if (action === undefined) return undefined;
  if (data.subject === undefined) return { type: 'action', action };
  const subject = textOf(data.subject, limits.id);
  return subject === undefined ? undefined : { type: 'action', action, subject };
}

function confirmOf(data: Fields): ToExtension | undefined {
  const confirmation = textOf(data.confirmation, limits.id);
  const typed = textOf(data.typed, limits.text);
  const options = listOf(data.options);
  if (confirmation === undefined || typed === undefined || options === undefined) return undefined;
  return { type: 'confirm', confirmation, typed, options };
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valueOf(field: FieldId, value: unknown): string | boolean | readonly string[] | undefined {
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) return listOf(value);
  return textOf(value, field === 'pasted' || field === 'endpointAddresses' ? limits.pasted : limits.text);
}

function textOf(value: unknown, longest: number): string | undefined {
  return typeof value === 'string' && value.length <= longest ? value : undefined;
}

function listOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length > limits.list) return undefined;
  // Not map: it leaves out the holes of a sparse list.
  const texts = Array.from(value, (item: unknown) => textOf(item, limits.id));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function oneOf<T extends string>(table: Readonly<Record<T, true>>, value: unknown): T | undefined {
  return typeof value === 'string' && Object.hasOwn(table, value) ? (value as T) : undefined;
}

// Objects rather than lists: the compiler then insists that every member of the union is there.
const stepIds: Readonly<Record<StepId, true>> = {
  check: true,
  service: true,
  cloud: true,
  register: true,
  wait: true,
  use: true,
};

const shells: Readonly<Record<Shell, true>> = { posix: true, powershell: true };

const copies: Readonly<Record<'detail' | 'command' | 'string', true>> = { detail: true, command: true, string: true };

const fieldIds: Readonly<Record<FieldId, true>> = {
  provider: true,
  region: true,
  portMapping: true,
  remoteRegions: true,
  profile: true,
  cloudRegion: true,
  vpc: true,
  subnets: true,
  securityGroupMode: true,
  securityGroups: true,
  newGroupName: true,
  newGroupSources: true,
  tags: true,
  azureSubscription: true,
  azureResourceGroup: true,
  azureLocation: true,
  azureVirtualNetwork: true,
  azureNetworkGroup: true,
  azureServiceId: true,
  azureSubnet: true,
  azureEndpointName: true,
  gcpProject: true,
  gcpNetwork: true,
  gcpNetworkProject: true,
  gcpSubnet: true,
  gcpGroupName: true,
  gcpGlobalAccess: true,
  pasted: true,
  endpointId: true,
  endpointAddress: true,
  endpointGroup: true,
  endpointProject: true,
  endpointAddresses: true,
  comment: true,
  dnsName: true,
  federationProvider: true,
  federationRegion: true,
  serverlessEndpoint: true,
  endpoint: true,
};

const actionIds: Readonly<Record<ActionId, true>> = {
  do: true,
  'submit-elsewhere': true,
  refresh: true,
  'open-in-atlas': true,
  'show-removal-commands': true,
  'add-endpoint': true,
  'remove-endpoint': true,
  'remove-service': true,
  'edit-comment': true,
  'edit-remote-regions': true,
  'enable-regionalized': true,
  'disable-regionalized': true,
  'export-terraform': true,
  'show-atlas-cli': true,
  'create-database-user': true,
  'show-report': true,
  'copy-report': true,
  'open-page': true,
  'open-documentation': true,
  'sign-in': true,
  'use-service': true,
  retry: true,
  'start-over': true,
  close: true,
};
