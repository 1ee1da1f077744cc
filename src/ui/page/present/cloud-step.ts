import { t } from '@vscode/l10n';
import type { ActionButton, Detail, Finding, StepStatus } from '../../../../webview/protocol';
import { providerNames } from '../../../core/provider';
import { textIn } from '../../../setup/draft';
import { enteredLists, listProblem } from '../aws-lists';
import { targetOf, type CloudTarget } from '../cloud-target';
import { foundEndpoints, otherEndpoints, overEndpoints } from '../facts';
import type { FoundEndpoint, PageModel } from '../model';
import { cloudFields, federationFields } from './cloud-fields';
import { cloudPlans, commandSection } from './commands';
import { elsewhereSection } from './register-step';
import { empty, firstResolve, type StepBody } from './step-body';
import { button, detail, plainFinding, present } from './views';

/** The step that makes the endpoint in the person's own cloud. */
export function cloudBody(model: PageModel, status: StepStatus): StepBody {
  const target = targetOf(model.subject, model.draft);
  const { cloud } = providerNames[target.provider];
  const found = foundEndpoints(model);
  const isDocumentedOnly = model.subject.kind === 'federation' && target.provider !== 'AWS';
  const isOpen = status === 'current' || status === 'blocked' || (status === 'done' && found.length > 0);
  return {
    ...empty,
    title: target.provider === 'AWS' ? t('Interface endpoint in your VPC') : t('Private endpoint in your network'),
    summary: cloudSummary(target, status, found.length),
    findings: status === 'current' || status === 'blocked' ? notLookedFor(model) : [],
    details: [...(isOpen && isDocumentedOnly ? documented() : []), ...cloudDetails(model, isOpen)],
    // A region that Data Federation has no service in blocks: it can be chosen anew all the same.
    fieldGroups: isOpen ? cloudFields(model) : status === 'todo' ? federationFields(model) : [],
    ...(status === 'current' || status === 'blocked'
      ? {
          ...(target.provider === 'AWS'
            ? {
                doIt: button('do', t('Create Interface Endpoint'), 'primary', {
                  ...notWithCredentials(model),
                  ...firstResolve(status === 'blocked'),
                }),
              }
            : {
                whyNotHere: t(
                  'The extension does not sign in to {0}. Choose, run the commands where you are signed in, and paste what they print.',
                  cloud,
                ),
              }),
          commands: commandSection(
            model,
            'cloud',
            () => cloudPlans(model),
            t(
              'Run them where you are signed in to {0}: this is in your own account, so the Atlas CLI has no command for it. They are complete for the choices above.',
              cloud,
            ),
          ),
          elsewhere: elsewhereSection(model, target, 'cloud'),
        }
      : {}),
  };
}

/** What is entered because the account's lists are not there is for the commands. */
function notWithCredentials({ draft, aws }: PageModel): Pick<ActionButton, 'disabled'> {
  if (textIn(draft, 'profile') === '') return { disabled: t('Choose credentials first, or use the commands.') };
  if (enteredLists(draft, aws).length === 0) return {};
  return listProblem(draft, aws) === undefined
    ? { disabled: t('These credentials give nothing to choose from. Choose others, or use the commands.') }
    : { disabled: t('See what is said beside the credentials, or use the commands.') };
}

/** Where nobody may look, there may be one already. */
function notLookedFor({ aws }: PageModel): readonly Finding[] {
  const { unseen = [] } = aws ?? {};
  if (unseen.length === 0) return [];
  const text = t('Whether an endpoint leads to the service already could not be looked for in {0}.', unseen.join(', '));
  return [plainFinding('unseen', 'advice', text)];
}

/** Schema `PrivateNetworkEndpointIdEntry`, field `endpointId`: its external documentation. */
function documented(): readonly Detail[] {
  const address = 'https://www.mongodb.com/docs/atlas/data-federation/tutorial/config-private-endpoint/';
  return present([detail('documentation', t('Atlas documentation with the resource of each region'), address)]);
}

function cloudSummary(target: CloudTarget, status: StepStatus, found: number): string {
  if (found > 0 && status === 'done') {
    return t('An endpoint that leads to the service is there. It is not registered at Atlas yet.');
  }
  switch (status) {
    case 'done':
      return t('The endpoint on your side is there.');
    case 'todo':
      return t('Comes when the endpoint service is available.');
    default:
      return target.provider === 'GCP' && !target.portMapped
        ? t(
            'Addresses and forwarding rules in your VPC network, one for each of {0} service attachments.',
            target.attachments.length,
          )
        : t('An endpoint in your own network, with private addresses that lead to the endpoint service.');
  }
}

/** What exists in the cloud already. */
function cloudDetails(model: PageModel, isOpen: boolean): readonly Detail[] {
  const { aws, subject, draft } = model;
  const isElsewhere = targetOf(subject, draft).remoteRegions.length > 0;
  const vpcName = new Map((aws?.vpcs?.value ?? []).map(({ id, name }) => [id, name]));
  const placeOf = ({ vpcId, region, state }: FoundEndpoint): string =>
    [isElsewhere ? region : undefined, vpcName.get(vpcId), vpcId, state]
      .filter((part) => part !== undefined)
      .join(', ');
  return present([
    ...foundEndpoints(model).map((one) =>
      detail(`found/${one.id}`, t('Found in the AWS account, not registered yet ({0})', placeOf(one)), one.id),
    ),
    ...overEndpoints(model).map((one) =>
      detail(
        `over/${one.id}`,
        one.lastError === undefined
          ? t('Cannot be used any more, and is still in the AWS account ({0})', placeOf(one))
          : t('Cannot be used any more, and is still in the AWS account ({0}): {1}', placeOf(one), one.lastError),
        one.id,
      ),
    ),
    ...(isOpen ? otherEndpoints(model) : []).map((one) =>
      detail(
        `other/${one.id}`,
        t(
          'Leads to the same service already ({0}). To use it for this project too, enter its ID at "I did it elsewhere".',
          placeOf(one),
        ),
        one.id,
      ),
    ),
  ]);
}
