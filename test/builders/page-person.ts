import { openAwsCloud } from '../../src/cloud/aws/open-aws-cloud';
import type { FieldId, PageState, StepId } from '../../webview/protocol';
import type { PageUnderTest, WindowOptions } from './page-window';

/** What a person does on a page until it is done, whatever was done before: looks what comes next, and does it. */
export type Person = (page: PageUnderTest, aws: WindowOptions['aws']) => Promise<void>;

/** How somebody gets an endpoint in their cloud, and what they enter for Atlas. */
export interface Hands {
  /** Before the first step: what is to be set up. */
  readonly wanted?: Readonly<Partial<Record<FieldId, string | boolean>>>;
  /** `here`: by the page's own button, on AWS. Else: makes it elsewhere, and tells what to enter. */
  readonly cloud: 'here' | ((page: PageUnderTest, aws: WindowOptions['aws']) => Promise<Fields> | Fields);
}

type Fields = Readonly<Partial<Record<FieldId, string>>>;

/** Sets an endpoint up, from wherever the page stands, until its strings are there. */
export function personWhoSetsUp(hands: Hands): Person {
  return async (page, aws) => {
    for (;;) {
      const state = await page.until((now) => now.running === undefined && (isSetUp(now) || turnOf(now) !== undefined));
      const step = turnOf(state);
      if (step === undefined) return;
      if (step === 'service' && hands.wanted !== undefined) await page.set(hands.wanted);
      if (step === 'cloud' && hands.cloud === 'here') await chooseNetwork(page);
      if (step === 'cloud' && hands.cloud !== 'here') {
        await page.set({ ...hands.wanted, ...(await hands.cloud(page, aws)) });
        await page.until(({ currentStep }) => currentStep !== 'cloud');
        continue;
      }
      if (page.state().currentStep !== step) continue;
      await page.controller.receive({ type: 'do', step });
      refuse(page, step);
    }
  };
}

/** Removes the service, or the endpoint that is there, with what is in the AWS account when that is offered. */
export function personWhoRemoves(action: 'remove-service' | 'remove-endpoint'): Person {
  return async (page) => {
    for (;;) {
      // A service whose last endpoint was removed goes by itself.
      const hasTurn = ({ status }: PageState): boolean =>
        status === undefined || action === 'remove-service' || status.endpoints.length > 0;
      const state = await page.until((now) => now.running === undefined && !now.header.loading && hasTurn(now));
      const { status } = state;
      if (status === undefined) return;
      const subject = status.endpoints[0]?.id;
      await page.controller.receive({
        type: 'action',
        action,
        ...(action === 'remove-endpoint' && subject !== undefined ? { subject } : {}),
      });
      // Where nobody has chosen credentials yet, the question offers them.
      if ((page.state().confirmation?.fieldGroups.length ?? 0) > 0) await page.set({ profile: 'chain' });
      await page.confirm();
      refuse(page, undefined);
    }
  };
}

/** Switches regionalized mode, unless it is as wanted. */
export function personWhoSwitches(enabled: boolean): Person {
  return async (page) => {
    const state = await page.until((now) => now.status?.regionalized !== undefined && now.running === undefined);
    if (state.status?.regionalized?.enabled === enabled) return;
    const action = enabled ? 'enable-regionalized' : 'disable-regionalized';
    await page.controller.receive({ type: 'action', action });
    await page.confirm();
    refuse(page, undefined);
    await page.until((now) => now.status?.regionalized?.enabled === enabled);
  };
}

/** Every step is done, and its strings, where there are any, can be used. */
function isSetUp({ steps }: PageState): boolean {
  return steps.some(({ id, status }) => id === 'use' && status === 'current');
}

/** The step at which the page waits for the person. Fails where it says that something stands in the way. */
function turnOf({ steps, currentStep }: PageState): StepId | undefined {
  const step = steps.find(({ id }) => id === currentStep);
  if (step === undefined || step.id === 'use') return undefined;
  if (step.status === 'blocked' || step.status === 'failed') {
    throw new Error(`${step.id} is ${step.status}: ${JSON.stringify([step.problem, step.findings])}`);
  }
  return step.status === 'current' ? step.id : undefined;
}

function refuse(page: PageUnderTest, step: StepId | undefined): void {
  const { steps, notices } = page.state();
  const above = notices.filter(({ id }) => id === 'unfinished').map(({ title }) => title);
  const beside = steps.flatMap(({ problem, fieldGroups, elsewhere }) => [
    problem?.title,
    ...[...fieldGroups.flatMap(({ fields }) => fields), ...(elsewhere?.fields ?? [])].map((field) => field.problem),
  ]);
  const [first] = [...above, ...beside].filter((text) => text !== undefined && text !== '');
  if (first !== undefined && page.announced.some((text) => text.startsWith('It did not work'))) {
    throw new Error(`${step ?? 'the page'}: ${first}`);
  }
  if (page.problems.length > 0) throw page.problems[0] as Error;
}

function options(state: PageState, id: FieldId): readonly string[] {
  const fields = state.steps.flatMap(({ fieldGroups }) => fieldGroups.flatMap(({ fields: all }) => all));
  const field = fields.find((one) => one.id === id);
  if (field === undefined || !('options' in field)) return [];
  return field.options.map(({ value }) => value).filter((value) => value !== '');
}

/** Chooses credentials, a VPC and a subnet, unless the page has found meanwhile that an endpoint is there. */
export async function chooseNetwork(page: PageUnderTest): Promise<void> {
  const offered = async (id: FieldId): Promise<readonly string[]> =>
    options(await page.until((now) => now.currentStep !== 'cloud' || options(now, id).length > 0), id);
  await page.set({ profile: 'chain' });
  const [vpc] = await offered('vpc');
  if (vpc === undefined) return;
  await page.set({ vpc });
  const [subnet] = await offered('subnets');
  if (subnet !== undefined) await page.set({ subnets: [subnet] });
}

/** The interface endpoint that somebody makes with other tools, once. */
export async function interfaceEndpointElsewhere(
  { endpoints, credentials }: WindowOptions['aws'],
  region: string,
  serviceName: string,
): Promise<string> {
  const cloud = openAwsCloud({ region, endpoints, credentials });
  try {
    const vpc = (await cloud.listVpcs()).find(({ isDefault }) => !isDefault);
    const vpcId = vpc?.id ?? '';
    const [subnet] = await cloud.listSubnets(vpcId);
    const group = (await cloud.listSecurityGroups(vpcId)).find(({ name }) => name === 'sandbox-endpoint');
    const { endpoint } = await cloud.ensureEndpoint({
      provider: 'AWS',
      region,
      serviceName,
      vpcId,
      subnets: subnet === undefined ? [] : [{ id: subnet.id, zone: subnet.zone }],
      securityGroup: { kind: 'existing', ids: [group?.id ?? ''] },
      tags: {},
      clientToken: 'made-elsewhere',
      purpose: 'test',
    });
    return endpoint.id;
  } finally {
    cloud.dispose();
  }
}
