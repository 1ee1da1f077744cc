import { t } from '@vscode/l10n';
import { withCredentials } from '../../connection-string/credentials';
import { toAtlasRegion } from '../../core/region';
import {
  describeForm,
  describeTarget,
  hasPrivateString,
  stringTargets,
  whyNoPrivateString,
  type StringForm,
  type StringTarget,
} from '../strings/string-targets';
import { findDeployment, findPlace } from './find-place';
import { accountData, type Found, type ToolAnswer, type ToolPorts } from './tool-answer';

export interface StringInput {
  readonly project: string;
  readonly cluster: string;
  /** Which endpoint; needed only where there are several. */
  readonly endpointId?: string;
  /** Which region, in Atlas's spelling or the cloud's. */
  readonly region?: string;
  /** `private-endpoint` unless told otherwise. */
  readonly network?: StringTarget['network'];
  /** The recommended one unless told otherwise. */
  readonly form?: StringForm;
  readonly username?: string;
}

/** A string as it was chosen by a model: a placeholder stands for the password. */
export interface FoundString {
  readonly text: string;
  readonly cluster: string;
  readonly target: StringTarget;
  readonly form: StringForm;
  readonly account: ReturnType<typeof accountData>;
}

/** Gives the connection string of a cluster, with a placeholder for the password. Throws problems of Atlas. */
export async function getConnectionString(ports: ToolPorts, input: StringInput): Promise<ToolAnswer> {
  const result = await findConnectionString(ports, input);
  if (result.found === undefined) return result.answer;
  const { text, target, form, account, cluster } = result.found;
  const { label, detail } = describeTarget(target);
  return {
    sentence: t('Connection string of {0}, {1}. The password is a placeholder.', cluster, label),
    data: {
      ...account,
      connectionString: text,
      form,
      about: describeForm(form, target.strings[0]?.form === form).detail,
      network: target.network,
      usableFrom: detail,
      ...(target.endpoints.length === 0 ? {} : { endpoints: target.endpoints }),
      otherForms: target.strings.map((one) => one.form).filter((one) => one !== form),
      password: t('Replace <db_password> by the percent-encoded password, outside of source control.'),
    },
  };
}

/** The string that an input asks for, or what there is to choose from. Throws problems of Atlas. */
export async function findConnectionString(ports: ToolPorts, input: StringInput): Promise<Found<FoundString>> {
  const place = await findPlace(ports, input.project);
  if (place.found === undefined) return place;
  const deployment = findDeployment(place.found, input.cluster);
  if (deployment.found === undefined) return deployment;
  const network = input.network ?? 'private-endpoint';
  const all = stringTargets(deployment.found);
  const matching = all.filter((target) => target.network === network && suits(target, input));
  const [target] = matching;
  if (target === undefined || matching.length > 1) {
    const isNone = network === 'private-endpoint' && !hasPrivateString(deployment.found);
    return {
      answer: {
        sentence: isNone
          ? whyNoPrivateString(deployment.found)
          : target === undefined
            ? t('{0} has no such connection string.', deployment.found.name)
            : t('{0} has several endpoints. Say which one by endpointId or region.', deployment.found.name),
        data: { choices: all.map(choiceData) },
      },
    };
  }
  const chosen = input.form === undefined ? target.strings[0] : target.strings.find(({ form }) => form === input.form);
  if (chosen === undefined) {
    const sentence = t('{0} has no connection string of this form through it.', deployment.found.name);
    return { answer: { sentence, data: { choices: [choiceData(target)] } } };
  }
  return {
    found: {
      text: withCredentials(chosen.text, input.username),
      cluster: deployment.found.name,
      target,
      form: chosen.form,
      account: accountData(place.found.account),
    },
  };
}

function suits({ endpoints }: StringTarget, { endpointId, region }: StringInput): boolean {
  const byId =
    endpointId === undefined ||
    endpoints.some((one) => one.endpointId === endpointId || isLastPart(one.endpointId, endpointId));
  const byRegion = region === undefined || endpoints.some((one) => one.region === toAtlasRegion(one.provider, region));
  return byId && byRegion;
}

/** Azure's ids are paths; people and models name their last part. */
function isLastPart(id: string, wanted: string): boolean {
  return id.split('/').at(-1) === wanted;
}

function choiceData({ network, endpoints, strings }: StringTarget): Readonly<Record<string, unknown>> {
  return {
    network,
    ...(endpoints.length === 0 ? {} : { endpoints }),
    forms: strings.map(({ form }) => form),
  };
}
