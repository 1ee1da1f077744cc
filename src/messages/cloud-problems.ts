import { t } from '@vscode/l10n';
import type { CloudProblemCode, InputForm, OutputFault } from '../core/problem-codes/cloud';
import { inputForms, outputFaults } from '../core/problem-codes/cloud';
import type { Problem } from '../core/problem';
import type { ProblemText, ProblemTexts } from './problem-text';

/** What AWS said, as the detail of a text. */
function said(problem: Problem): Pick<ProblemText, 'detail'> {
  const { detail } = problem.parameters;
  return detail === undefined ? {} : { detail: t('AWS says: {0}', detail) };
}

/** The command that signs in to a profile, in words. */
function chooseProfile(): string {
  return t('Choose another profile.');
}

export const cloudProblems = {
  CLOUD_INPUT_INVALID: (problem) => ({
    title: problem.subject === '' ? t('Something is missing.') : t('This cannot be right: {0}', problem.subject),
    fixes: [expectedForm(problem)],
  }),
  CLOUD_OUTPUT_UNREADABLE: (problem) => ({ title: outputTitle(problem), fixes: outputFixes(problem) }),
  CLOUD_OUTPUT_OTHER_SERVICE: (problem) => ({
    title: t('This endpoint leads to another service: {0}', problem.subject),
    detail: t('The service of this region is {0}.', problem.parameters.expected ?? '?'),
    fixes: [t('Paste the output for the endpoint that was made for this service.')],
  }),
  CLOUD_OUTPUT_STATE: (problem) => ({
    title: t('This endpoint cannot be used, its state is {0}: {1}', problem.parameters.state ?? '?', problem.subject),
    fixes: [t('Create the endpoint again and paste the output of that.')],
  }),
  CLOUD_ENDPOINT_REGISTERED: ({ subject }) => ({
    title: t('Atlas knows this endpoint already: {0}', subject),
    fixes: [
      t('Paste the output for the endpoint that was made now, or enter its values.'),
      t('To see this endpoint, open it in the list of endpoints.'),
    ],
  }),
  CLOUD_RULES_UNKNOWN: ({ subject }) => ({
    title: t('Atlas does not tell all forwarding rules of the endpoint group: {0}', subject),
    detail: t('Commands that leave some out would end well, and nothing would lead to these any more.'),
    fixes: [
      t('Refresh, and try again.'),
      t(
        'Delete the forwarding rules that lead to the service attachments of the endpoint service, and their addresses, in Google Cloud; then remove the endpoint here.',
      ),
    ],
  }),

  AWS_CREDENTIALS_NONE: (problem) => ({
    title:
      problem.parameters.profile === undefined
        ? t('No AWS credentials were found in the environment, the configuration files or the machine.')
        : t('The AWS profile has no credentials: {0}', problem.parameters.profile),
    fixes: [
      chooseProfile(),
      t('Run "aws configure" or "aws configure sso" in a terminal, and try again.'),
      t('Use the commands instead, where you have credentials.'),
    ],
  }),
  AWS_PROFILE_UNUSABLE: (problem) => ({
    title: t('The AWS profile cannot be used: {0}', problem.subject),
    ...(problem.evidence === undefined ? {} : { detail: problem.evidence }),
    fixes: [t('Correct the profile in the AWS configuration files.'), chooseProfile()],
  }),
  AWS_SSO_SIGN_IN_NEEDED: (problem) => ({
    title: t('The single sign-on session of the AWS profile is over: {0}', problem.subject),
    fixes: [
      t('Run "{0}" in a terminal, and try again.', problem.parameters.command ?? 'aws sso login'),
      chooseProfile(),
    ],
  }),
  AWS_TOKEN_EXPIRED: (problem) => ({
    title: t('The AWS session has expired: {0}', problem.subject),
    ...said(problem),
    fixes: [t('Get new credentials for the profile, and try again.'), chooseProfile()],
  }),
  AWS_CREDENTIALS_REFUSED: (problem) => ({
    title: t('AWS does not accept the credentials: {0}', problem.subject),
    ...said(problem),
    fixes: [t('Look whether the access key has been deleted or deactivated, and enter the new one.'), chooseProfile()],
  }),
  AWS_MFA_REFUSED: (problem) => ({
    title: t('AWS did not accept the code of the MFA device: {0}', problem.subject),
    ...said(problem),
    fixes: [t('Wait for the next code of the device, and enter that.'), chooseProfile()],
  }),
  AWS_CLOCK_SKEW: (problem) => ({
    title: t("AWS refused the request because of this machine's clock: {0}", problem.subject),
    ...said(problem),
    fixes: [t("Set this machine's clock, best by switching on time synchronization, and try again.")],
  }),
  AWS_NOT_PERMITTED: (problem) => ({
    title: t('The AWS credentials lack a permission: {0}', problem.parameters.permissions ?? problem.subject),
    ...said(problem),
    fixes: [
      t('Have the smallest policy that would do attached to the user or role.'),
      chooseProfile(),
      t('Use the commands instead, and have somebody run them who may.'),
    ],
    ...policyOf(problem),
  }),
  AWS_REGION_DISABLED: (problem) => ({
    title: t('The region is not switched on in this AWS account: {0}', problem.subject),
    ...said(problem),
    fixes: [t('Have the region enabled in the account settings of AWS.'), t('Choose another account.')],
  }),
  AWS_NOT_FOUND: (problem) => ({
    title: t('AWS does not find it in this account and region: {0}', problem.subject),
    ...said(problem),
    fixes: [t('Choose another one.'), t('Check the account and the region.')],
  }),
  AWS_SERVICE_NAME_UNKNOWN: (problem) => ({
    title: t('AWS does not know the endpoint service in {0}: {1}', problem.parameters.region ?? '?', problem.subject),
    ...said(problem),
    fixes: [
      t('Wait until Atlas says that the service is available, and try again.'),
      t('Create the endpoint in the region of the service.'),
      t('For another region, add it to the remote regions of the service first.'),
    ],
  }),
  AWS_SUBNETS_IN_ONE_ZONE: (problem) => ({
    title: t('Two of the subnets are in the same availability zone: {0}', problem.subject),
    ...said(problem),
    fixes: [t('Choose one subnet for each availability zone.')],
  }),
  AWS_ZONE_NOT_OFFERED: (problem) => ({
    title: t('The endpoint service is not in the availability zone of a subnet: {0}', problem.subject),
    ...said(problem),
    fixes: [t('Choose subnets in other availability zones.')],
  }),
  AWS_QUOTA_USED_UP: (problem) => ({
    title: t('A quota of the AWS account is used up: {0}', problem.parameters.quota ?? problem.subject),
    ...said(problem),
    fixes: [t('Have the quota raised in AWS.'), t('Delete what is no longer needed.')],
  }),
  AWS_GROUP_NAME_TAKEN: (problem) => ({
    title: t('There is already a security group of this name in the VPC: {0}', problem.subject),
    ...said(problem),
    fixes: [t('Choose another name.'), t('Choose the existing group.')],
  }),
  AWS_IN_USE: (problem) => ({
    title: t('It is still in use: {0}', problem.subject),
    ...said(problem),
    fixes: [t('Wait until what uses it is deleted, and try again.')],
  }),
  AWS_TOKEN_REUSED: (problem) => ({
    title: t('An earlier attempt was made with other choices: {0}', problem.subject),
    ...said(problem),
    fixes: [
      t('If the endpoint of that attempt was deleted, try again: another one is made then.'),
      t('If it is still there, go back to the former choices, or enter its ID.'),
    ],
  }),
  AWS_REFUSED: (problem) => ({
    title: t('AWS refused the request: {0}', problem.subject),
    ...said(problem),
    fixes: [t('Change what AWS objects to, and try again.')],
  }),
  AWS_RATE_LIMITED: (problem) => ({
    title: t('AWS wants fewer requests at the moment: {0}', problem.subject),
    ...said(problem),
    fixes: [t('Try again in a minute.')],
  }),
  AWS_REPLY_UNREADABLE: (problem) => ({
    title: t('The reply is not one of AWS: {0}', problem.subject),
    fixes: [t('Try again.'), t('Sign in to the proxy or the network, or allow AWS in the proxy.')],
  }),
  AWS_SERVER_ERROR: (problem) => ({
    title: t('AWS failed: {0}', problem.subject),
    ...said(problem),
    fixes: [t('Try again in a minute.')],
  }),
  AWS_UNREACHABLE: (problem) => ({
    title: t('AWS cannot be reached ({0}): {1}', problem.parameters.reason ?? '?', problem.subject),
    fixes: [
      t('Check the network connection and VPN.'),
      t('If there is a proxy, set HTTPS_PROXY in the environment of the editor.'),
      t('If a proxy inspects encrypted traffic, name its certificate authority in NODE_EXTRA_CA_CERTS.'),
    ],
  }),
  AWS_PROXY_UNUSABLE: (problem) => ({
    title: t('The proxy in {0} cannot be used: {1}', problem.parameters.variable ?? 'HTTPS_PROXY', problem.subject),
    fixes: [t('Write it as http://host:port.')],
  }),
} satisfies ProblemTexts<CloudProblemCode>;

function expectedForm(problem: Problem): string {
  const form = inputForms.find((each) => each === problem.parameters.form);
  return formTexts[form ?? 'plain-text']();
}

const awsId = (kind: string, prefix: string): string =>
  t('Give the id of a {0}: {1} and 17 (older ones 8) of the characters 0–9 and a–f.', kind, prefix);

const formTexts: Readonly<Record<InputForm, () => string>> = {
  'aws-region': () => t('Give a region as AWS writes it, such as us-east-1.'),
  'aws-service-name': () =>
    t('Give the endpoint service name that Atlas shows: com.amazonaws.vpce.<region>.vpce-svc-….'),
  'aws-vpc-id': () => awsId('VPC', 'vpc-'),
  'aws-subnet-id': () => awsId('subnet', 'subnet-'),
  'aws-subnets-some': () => t('Choose at least one subnet; two in different availability zones are better.'),
  'aws-subnets-one-per-zone': () => t('Choose one subnet for each availability zone.'),
  'aws-group-id': () => awsId('security group', 'sg-'),
  'aws-groups-some': () => t('Choose at least one security group.'),
  'aws-group-name': () =>
    t(
      'Give a name of at most 255 letters, digits, spaces, dots, dashes and underscores that does not begin with sg- and is not “default”.',
    ),
  'aws-sources-some': () => t('Say which address blocks or security groups may connect.'),
  'aws-profile': () => t('Give the name of a profile without quotes, brackets and dollar signs.'),
  'aws-tags-count': () => t('Give at most 49 tags.'),
  'aws-tag-key': () =>
    t(
      'Give a key of at most 128 letters, digits, spaces and _ . : / = + - @ that does not begin with aws: and is not taken.',
    ),
  'aws-tag-value': () => t('Give a value of at most 256 letters, digits, spaces and _ . : / = + - @.'),
  'aws-client-token': () => t('Give a token of at most 64 letters, digits and dashes.'),
  'aws-endpoint-id': () => awsId('VPC endpoint', 'vpce-'),
  'address-block': () => t('Give an address block such as 10.0.0.0/16, by its first address.'),
  'azure-subscription-id': () => t('Give the id of the subscription: 32 digits in groups of 8, 4, 4, 4 and 12.'),
  'azure-resource-group': () => t('Give the name of a resource group: at most 90 letters, digits and - _ . ( ).'),
  'azure-location': () => t('Give a region as Azure writes it, such as eastus2.'),
  'azure-name': () =>
    t('Give a name of at most 80 letters, digits, dots, dashes and underscores that ends with none of dot and dash.'),
  'azure-private-endpoint-name': () =>
    t(
      'Give a name of 2 to 64 letters, digits, dots, dashes and underscores that begins with a letter or digit and ends with none of dot and dash.',
    ),
  'azure-service-id': () =>
    t('Give the resource id of the private link service, as Atlas or its documentation shows it: /subscriptions/….'),
  'azure-endpoint-id': () =>
    t('Give the resource id of the private endpoint: /subscriptions/…/providers/Microsoft.Network/privateEndpoints/….'),
  'azure-tag': () =>
    t(
      'Give tags of at most 256 characters without quotes and < > % & \\ ?; keys also without = and /, and without a dash at the beginning.',
    ),
  'unregistered-name': () =>
    t('Give another name: an endpoint of this name is registered at Atlas, and the commands would change that one.'),
  'private-address': () => t('Give the private IPv4 address of the endpoint, such as 10.0.0.4.'),
  'gcp-project-id': () => t('Give the id of the Google Cloud project: 6 to 30 small letters, digits and dashes.'),
  'gcp-name': () => t('Give a name of at most 63 small letters, digits and dashes that begins with a letter.'),
  'gcp-region': () => t('Give a region as Google Cloud writes it, such as us-central1.'),
  'gcp-group-name': () => t('Give a name of at most 59 small letters, digits and dashes that begins with a letter.'),
  'gcp-attachment': () => t('Give the service attachments that Atlas shows: projects/…/serviceAttachments/….'),
  'gcp-attachments-one': () => t('The port-mapped form has exactly one service attachment.'),
  'gcp-attachments-some': () => t('Wait until Atlas shows the service attachments.'),
  'gcp-addresses': () => t('Give each forwarding rule as name@address, with commas between them.'),
  'gcp-addresses-all': () => t('Give one forwarding rule for each service attachment, none less and none more.'),
  'gcp-addresses-one': () => t('The port-mapped form has exactly one forwarding rule.'),
  'gcp-addresses-twice': () => t('Give each name and each address once.'),
  'plain-text': () => t('Leave out line breaks and control characters.'),
};

function outputTitle(problem: Problem): string {
  const fault = outputFaults.find((each) => each === problem.parameters.fault) ?? 'not-json';
  const titles: Readonly<Record<OutputFault, () => string>> = {
    'too-large': () => t('This is too long to be the output of one command.'),
    'not-json': () => t('This is not the whole JSON that the command printed.'),
    'no-endpoint': () => t('There is no endpoint in this output.'),
    'several-endpoints': () => t('There are several endpoints in this output: {0}', problem.subject),
    'no-subnet': () =>
      t('The endpoint has no subnet, so it has no addresses and Atlas cannot use it: {0}', problem.subject),
    'no-project': () => t('The output does not say which Google Cloud project it is of.'),
    'token-spent': () => t('AWS has had this request before, with other choices.'),
    'no-address': () => t('There is no private address in this output: {0}', problem.subject),
  };
  return titles[fault]();
}

function outputFixes(problem: Problem): readonly string[] {
  switch (problem.parameters.fault) {
    case 'several-endpoints':
      return [t('Describe only the endpoint that was made for this service, and paste that.')];
    case 'no-subnet':
      return [
        t('Add a subnet: aws ec2 modify-vpc-endpoint --vpc-endpoint-id {0} --add-subnet-ids …', problem.subject),
        t('Create the endpoint again with at least one subnet.'),
      ];
    case 'token-spent':
      return [
        t(
          'If the endpoint of that time is still there, paste what describes it. If it was deleted, run the commands again as they are now: they make another one.',
        ),
      ];
    case 'no-project':
      return [t('Enter the id of the project and paste the output again.')];
    case 'no-address':
      return [
        t('Run "az network nic show" for the network interface of the private endpoint, and paste its output.'),
        t('Enter id and address by hand.'),
      ];
    default:
      return [t('Run the last command again and paste all that it prints.'), t('Enter the values by hand.')];
  }
}

/** The policy that {@link problem} names, on lines for people. */
function policyOf({ parameters: { policy } }: Problem): Pick<ProblemText, 'attachment'> {
  if (policy === undefined) return {};
  const text = JSON.stringify(JSON.parse(policy), null, 2);
  return { attachment: { title: t('Policy for the AWS user or role'), language: 'json', text } };
}
