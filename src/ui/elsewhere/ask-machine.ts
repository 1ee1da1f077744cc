import * as vscode from 'vscode';
import { askInSeries, back, type Answer, type Prompts, type Step } from '../prompts/prompts';
import { lastFirst, type RecentChoices } from '../prompts/recent-choices';
import { namePatterns, type Machine, type MachineKind } from './machine';

interface AskPorts {
  readonly prompts: Prompts;
  readonly recent: RecentChoices;
}

interface Names {
  readonly kind?: MachineKind;
  readonly first?: string;
  readonly second?: string;
  readonly third?: string;
}

interface Question {
  readonly prompt: string;
  readonly placeholder: string;
  readonly pattern: RegExp;
  /** May be left empty. */
  readonly optional?: boolean;
  readonly value?: string;
}

/** Asks which machine, and how it is reached. Undefined when the person gave up. */
export async function askMachine(
  { prompts, recent }: AskPorts,
  title: string,
  region: string | undefined,
): Promise<Machine | undefined> {
  const { t } = vscode.l10n;
  const questions = questionsOf(region);
  const ask =
    (index: 0 | 1 | 2) =>
    async (state: Names, at: Omit<Step, 'title'>): Promise<Answer<Names>> => {
      const { kind } = state;
      const question = kind === undefined ? undefined : questions[kind][index];
      if (kind === undefined || question === undefined) return state;
      const key = `machine.${kind}.${String(index)}`;
      const answer = await prompts.input({
        title,
        ...at,
        prompt: question.prompt,
        placeholder: question.placeholder,
        value: question.value ?? recent.last(key) ?? '',
        validate: (text) => {
          if (text.trim() === '' && question.optional === true) return undefined;
          return question.pattern.test(text.trim()) ? undefined : t('Write it as {0}.', question.placeholder);
        },
      });
      if (answer === undefined || answer === back) return answer;
      const name = answer.trim();
      recent.remember(key, name);
      return { ...state, [(['first', 'second', 'third'] as const)[index]]: name };
    };
  const names = await askInSeries<Names>({}, [
    async (state, at) => {
      const last = recent.last('machine');
      const kind = await prompts.pick<MachineKind>({
        title,
        ...at,
        placeholder: t('How is the machine inside the network reached?'),
        choices: lastFirst(kinds(), ({ value }) => value === last),
      });
      if (kind === undefined || kind === back) return kind;
      recent.remember('machine', kind);
      return { ...state, kind };
    },
    ask(0),
    ask(1),
    ask(2),
  ]);
  return names === undefined ? undefined : machineOf(names);
}

function kinds(): readonly { label: string; detail: string; value: MachineKind }[] {
  const { t } = vscode.l10n;
  return [
    { label: t('SSH'), detail: t('A host that "ssh" reaches from here'), value: 'ssh' },
    {
      label: t('AWS Systems Manager'),
      detail: t('An instance, with the AWS CLI and its Session Manager plugin'),
      value: 'ssm',
    },
    { label: t('Kubernetes'), detail: t('A container of a pod, with "kubectl exec"'), value: 'kubernetes' },
    { label: t('Docker'), detail: t('A container, with "docker exec"'), value: 'docker' },
  ];
}

function questionsOf(region: string | undefined): Readonly<Record<MachineKind, readonly Question[]>> {
  const { t } = vscode.l10n;
  const { destination, instanceId, profile, pod, namespace, container } = namePatterns;
  return {
    ssh: [{ prompt: t('SSH destination'), placeholder: 'user@host', pattern: destination }],
    ssm: [
      { prompt: t('Instance ID'), placeholder: 'i-0123456789abcdef0', pattern: instanceId },
      {
        prompt: t('Region of the instance'),
        placeholder: 'us-east-1',
        pattern: namePatterns.region,
        ...(region === undefined ? {} : { value: region }),
      },
      {
        prompt: t('AWS profile. Leave it empty for the usual chain.'),
        placeholder: 'default',
        pattern: profile,
        optional: true,
      },
    ],
    kubernetes: [
      { prompt: t('Pod, or "deployment/…" for one of its pods'), placeholder: 'deployment/orders', pattern: pod },
      {
        prompt: t('Namespace. Leave it empty for the current one.'),
        placeholder: 'default',
        pattern: namespace,
        optional: true,
      },
      {
        prompt: t('Container. Leave it empty for the first one of the pod.'),
        placeholder: 'app',
        pattern: container,
        optional: true,
      },
    ],
    docker: [{ prompt: t('Name or ID of the container'), placeholder: 'orders', pattern: container }],
  };
}

function machineOf({ kind, first = '', second = '', third = '' }: Names): Machine | undefined {
  if (kind === undefined) return undefined;
  switch (kind) {
    case 'ssh':
      return { kind, destination: first };
    case 'ssm':
      return { kind, instanceId: first, region: second, ...(third === '' ? {} : { profile: third }) };
    case 'kubernetes':
      return {
        kind,
        pod: first,
        ...(second === '' ? {} : { namespace: second }),
        ...(third === '' ? {} : { container: third }),
      };
    case 'docker':
      return { kind, container: first };
  }
}
