import { t } from '@vscode/l10n';
import type { ElsewhereSection, Field, FieldId, StepStatus } from '../../../../webview/protocol';
import type { Problem } from '../../../core/problem';
import { textIn } from '../../../setup/draft';
import type { SetUpFacts } from '../../../setup/steps';
import { fieldOfCloud } from '../choices';
import { targetOf, type CloudTarget } from '../cloud-target';
import { registrationProblems } from '../entered-registration';
import { draftWithFound } from '../facts';
import type { PageModel } from '../model';
import { registerCommands } from './atlas-commands';
import { atlasCliSection } from './commands';
import { createFields, type Fields } from './fields';
import { empty, firstResolve, type StepBody } from './step-body';
import { button, detail, endpointWord, present } from './views';

/** The step that tells Atlas of the endpoint. */
export function registerBody(model: PageModel, facts: SetUpFacts, status: StepStatus): StepBody {
  const { subject, draft } = model;
  const target = targetOf(subject, draft);
  const isOpen = status === 'current' || status === 'blocked';
  const withFound: PageModel = { ...model, draft: draftWithFound(model) };
  const fields = createFields(withFound, registrationComplaints(model, target));
  return {
    ...empty,
    title: t('Register at Atlas'),
    summary: registerSummary(facts, status),
    details: registeredDetails(model),
    fieldGroups: isOpen
      ? [
          {
            id: 'registration',
            legend: endpointWord(target.provider),
            fields: [
              ...entered(fields, withFound, target),
              ...(subject.kind === 'federation'
                ? [
                    fields.text('comment', t('Comment'), textIn(draft, 'comment'), { required: false, code: false }),
                    fields.text('dnsName', t('DNS name of the endpoint'), textIn(withFound.draft, 'dnsName'), {
                      required: false,
                    }),
                  ]
                : []),
            ],
          },
        ]
      : [],
    ...(isOpen
      ? {
          doIt: button('do', t('Register'), 'primary', firstResolve(status === 'blocked')),
          ...atlasCliSection(model, 'register', () => registerCommands(model)),
          elsewhere: elsewhereSection(model, target, 'register'),
        }
      : {}),
  };
}

function registerSummary({ registration }: SetUpFacts, status: StepStatus): string {
  if (registration !== 'none') return t('Atlas knows the endpoint.');
  return status === 'todo'
    ? t('Comes when the endpoint on your side is there.')
    : t('Atlas has to know the endpoint before it accepts its connection.');
}

function registeredDetails({ subject }: PageModel) {
  switch (subject.kind) {
    case 'service':
      return present([detail('registered', endpointWord(subject.provider), subject.endpointId)]);
    case 'serverless':
      return present([detail('registered', t('Endpoint ID at the cloud'), subject.endpoint?.cloudProviderEndpointId)]);
    case 'federation':
      return present([detail('registered', t('Endpoint ID'), subject.endpoint?.id)]);
  }
}

/** *I did it elsewhere*: what the cloud printed, or its values by themselves. */
export function elsewhereSection(model: PageModel, target: CloudTarget, step: 'cloud' | 'register'): ElsewhereSection {
  const fields = createFields(model, registrationComplaints(model, target));
  return {
    open: model.ui.openElsewhere.has(step),
    intro: t('Paste what the last command printed, whole. Or enter the values: they are checked at once.'),
    fields: [
      fields.text('pasted', t('Output of the cloud’s command line'), textIn(model.draft, 'pasted'), {
        required: false,
        rows: 5,
        placeholder: '{ … }',
      }),
      ...entered(fields, model, target),
    ],
    submit: button('submit-elsewhere', step === 'cloud' ? t('Take Over') : t('Register'), 'primary'),
  };
}

/** What is wrong with the values that were entered for the registration, by field of the page. */
function registrationComplaints(model: PageModel, target: CloudTarget): ReadonlyMap<FieldId, Problem> {
  const found = new Map<FieldId, Problem>();
  for (const problem of registrationProblems(target, draftWithFound(model))) {
    const { field = '' } = problem.parameters;
    const id = Object.hasOwn(fieldOfCloud, field) ? fieldOfCloud[field as keyof typeof fieldOfCloud] : undefined;
    if (id !== undefined && !found.has(id)) found.set(id, problem);
  }
  return found;
}

/** Fields to enter what was created elsewhere, checked at once. */
function entered(fields: Fields, model: PageModel, target: CloudTarget): readonly Field[] {
  const { draft } = model;
  const text = (id: FieldId): string => textIn(draft, id);
  switch (target.provider) {
    case 'AWS':
      return [fields.text('endpointId', t('Interface endpoint ID'), text('endpointId'), { placeholder: 'vpce-…' })];
    case 'AZURE':
      return [
        fields.text('endpointId', t('Resource ID of the private endpoint'), text('endpointId'), {
          placeholder: '/subscriptions/…/providers/Microsoft.Network/privateEndpoints/…',
        }),
        fields.text('endpointAddress', t('Private IP address'), text('endpointAddress'), { placeholder: '10.0.0.4' }),
      ];
    case 'GCP':
      return [
        fields.text('endpointGroup', t('Endpoint group'), text('endpointGroup')),
        fields.text('endpointProject', t('Google Cloud project ID'), text('endpointProject')),
        fields.text('endpointAddresses', t('Forwarding rules and addresses'), text('endpointAddresses'), {
          rows: target.portMapped ? 2 : 6,
          placeholder: 'name@10.0.0.4',
          hint: target.portMapped
            ? t('The one forwarding rule, as name@address.')
            : t(
                'All {0} of them, each as name@address, in the order of the service attachments.',
                target.attachments.length,
              ),
        }),
      ];
  }
}
