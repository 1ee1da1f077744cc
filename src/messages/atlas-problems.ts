import { t } from '@vscode/l10n';
import type { AtlasProblemCode } from '../core/problem-codes/atlas';
import type { Problem } from '../core/problem';
import type { ProblemText, ProblemTexts } from './problem-text';

/** What Atlas said, as the detail of a text. */
function said(problem: Problem): Pick<ProblemText, 'detail'> {
  const detail = problem.parameters.detail ?? problem.parameters.errorCode;
  return detail === undefined ? {} : { detail: t('Atlas says: {0}', detail) };
}

export const atlasProblems = {
  ATLAS_SIGN_IN_REFUSED: (problem) => ({
    title:
      problem.parameters.method === 'serviceAccount'
        ? t('Atlas does not accept the service account: {0}', problem.subject)
        : t('Atlas does not accept the API key: {0}', problem.subject),
    ...said(problem),
    fixes:
      problem.parameters.method === 'serviceAccount'
        ? [
            t('Check the client id and enter the client secret again.'),
            t('In Atlas, look whether the secret has expired or been revoked, and generate a new one.'),
          ]
        : [
            t('Check the public key and enter the private key again.'),
            t('In Atlas, look whether the key has been deleted, and create a new one.'),
          ],
  }),
  ATLAS_CLOCK_SKEW: (problem) => ({
    title: t("This machine's clock differs from that of Atlas by {0} seconds", problem.parameters.difference ?? '?'),
    detail: t('Atlas refused the sign-in, and sign-ins are bound to the time.'),
    fixes: [t("Set this machine's clock, best by switching on time synchronization, and try again.")],
  }),
  ATLAS_FORBIDDEN: (problem) => ({
    title: t('The account has no permission for this in Atlas: {0}', problem.subject),
    ...said(problem),
    fixes: [
      problem.parameters.role === undefined
        ? t('Have a role that may do this assigned to the account.')
        : t('Have the role "{0}" or a higher one assigned to the account.', problem.parameters.role),
      t('Use another account.'),
    ],
  }),
  ATLAS_ACCESS_LIST: (problem) => {
    const address = problem.parameters.address;
    return {
      title: t("This machine's address is not on the API access list: {0}", address ?? problem.subject),
      ...said(problem),
      fixes: [
        address === undefined
          ? t('In Atlas, add the public address of this machine to the API access list of the key or service account.')
          : t('In Atlas, add {0} to the API access list of the key or service account.', address),
        t('Connect to the network or VPN whose address is on the list.'),
      ],
    };
  },
  ATLAS_PAYMENT_REQUIRED: (problem) => ({
    title: t('Atlas wants a payment method first: {0}', problem.subject),
    ...said(problem),
    fixes: [t('In Atlas, add a valid payment method to the organization.')],
  }),
  ATLAS_NOT_FOUND: (problem) => ({
    title: t('Atlas does not find it, or it is not visible to this account: {0}', problem.subject),
    ...said(problem),
    fixes: [
      t('Refresh: it may have been removed in the meantime.'),
      t('Check that the account has a role in this project.'),
    ],
  }),
  ATLAS_CONFLICT: (problem) =>
    problem.parameters.errorCode === 'PRIVATE_ENDPOINT_SERVICE_ALREADY_EXISTS_FOR_REGION'
      ? {
          title: t('There is already a private endpoint service in this region: {0}', problem.subject),
          ...said(problem),
          fixes: [t('Add an endpoint to the existing service: it takes several endpoints.')],
        }
      : {
          title: t('This does not go with the present state in Atlas: {0}', problem.subject),
          ...said(problem),
          fixes: [t('Wait until changes under way are finished, refresh, and try again.')],
        },
  ATLAS_REFUSED: (problem) => ({
    title: t('Atlas refused the request: {0}', problem.subject),
    ...said(problem),
    fixes: [t('Change what Atlas objects to, and try again.')],
  }),
  ATLAS_RATE_LIMITED: (problem) => ({
    title: t('Atlas wants fewer requests at the moment: {0}', problem.subject),
    ...said(problem),
    fixes: [
      problem.parameters.seconds === undefined
        ? t('Try again in a minute.')
        : t('Try again in {0} seconds.', problem.parameters.seconds),
    ],
  }),
  ATLAS_SERVER_ERROR: (problem) => ({
    title: t('Atlas failed with status {0}: {1}', problem.parameters.status ?? '5xx', problem.subject),
    ...said(problem),
    fixes: [t('Try again in a minute.'), t('Look at the status page of MongoDB Cloud if it lasts.')],
  }),
  ATLAS_REPLY_UNREADABLE: (problem) => ({
    title: t('The reply is not one of the Atlas Admin API: {0}', problem.subject),
    detail: unreadableDetail(problem),
    fixes:
      problem.parameters.fault === 'html' ||
      problem.parameters.fault === 'redirect' ||
      problem.parameters.fault === 'proxy'
        ? [
            t('Sign in to the proxy or the network, or allow the Atlas host in the proxy.'),
            t('Check the base URL of the account and the proxy settings of the editor.'),
          ]
        : [t('Try again.'), t('Check the base URL of the account, and update the extension if it lasts.')],
  }),
  ATLAS_LIST_INCOMPLETE: (problem) => ({
    title: t(
      'Elements of a list from Atlas that cannot be read: {0} ({1})',
      problem.parameters.count ?? '?',
      problem.subject,
    ),
    detail: [
      t('The others are shown. What could be one of these is not created anew.'),
      ...(problem.parameters.field === undefined
        ? []
        : [t('The field "{0}" is missing or wrong.', problem.parameters.field)]),
    ].join(' '),
    fixes: [t('Look in Atlas what is there.'), t('Try again, and update the extension if it lasts.')],
  }),
  ATLAS_TIMEOUT: (problem) => ({
    title: t('No reply within {0} seconds: {1}', problem.parameters.seconds ?? '?', problem.subject),
    fixes: [t('Try again.'), t('Check the network, VPN and proxy settings of the editor.')],
  }),
  ATLAS_UNREACHABLE: (problem) => ({
    title: t('Atlas cannot be reached ({0}): {1}', problem.parameters.reason ?? '?', problem.subject),
    fixes: [
      t('Check the network connection, VPN and proxy settings of the editor.'),
      t('If a proxy inspects encrypted traffic, install its certificate authority in the operating system.'),
    ],
  }),
  ATLAS_INPUT_INVALID: (problem) => ({
    title:
      problem.parameters.field === 'baseUrl'
        ? t('This is no base URL for the Atlas Admin API: {0}', problem.subject)
        : t('This cannot be right for {0}: {1}', problem.parameters.field ?? '?', problem.subject),
    fixes: [
      problem.parameters.field === 'baseUrl'
        ? t('Enter an address that begins with https:// and holds no user name, such as https://cloud.mongodb.com.')
        : t('Correct the value and try again.'),
    ],
  }),
  ATLAS_CLI_PROFILE_UNUSABLE: (problem) => ({
    title: t('The Atlas CLI profile cannot be used: {0}', problem.subject),
    detail: profileDetail(problem),
    fixes: profileFixes(problem),
  }),
} satisfies ProblemTexts<AtlasProblemCode>;

function unreadableDetail(problem: Problem): string {
  const { fault, contentType, field } = problem.parameters;
  switch (fault) {
    case 'html':
      return t('Something other than Atlas answered: a web page came, as proxies and sign-in pages send it.');
    case 'proxy':
      return t('Something other than Atlas answered: a proxy that wants its own sign-in.');
    case 'redirect':
      return t('The reply leads to another host. Credentials are not sent there.');
    case 'truncated':
      return t('The reply ends in the middle.');
    case 'too-large':
      return t('The reply is larger than any that Atlas sends.');
    case 'endless':
      return t('The pages of the list do not end.');
    case 'shape':
      return field === undefined ? t('The reply has another shape.') : t('The field "{0}" is missing or wrong.', field);
    default:
      return t('The content type is "{0}".', contentType ?? '');
  }
}

function profileDetail(problem: Problem): string {
  switch (problem.parameters.reason) {
    case 'keyring':
      return t("The profile's secret is kept in the system keyring, which only the Atlas CLI reads.");
    case 'user-account':
      return t('The profile belongs to a person signed in through the browser; it has no API key or service account.');
    case 'syntax':
      return t('The configuration file is not valid TOML.');
    case 'service':
      return t('The profile is for a service other than Atlas.');
    case 'unreadable':
      return t('The configuration file cannot be read.');
    default:
      return t('The profile has no API key and no service account.');
  }
}

function profileFixes(problem: Problem): readonly string[] {
  switch (problem.parameters.reason) {
    case 'keyring':
      return [
        t('Add the account with its API key or service account and enter the secret here.'),
        t('Set MONGODB_ATLAS_PRIVATE_API_KEY or MONGODB_ATLAS_CLIENT_SECRET before starting the editor.'),
      ];
    case 'syntax':
    case 'unreadable':
      return [t('Repair the file, or run "atlas config init" to write it anew.')];
    default:
      return [t('Choose another profile, or add the account with an API key or service account.')];
  }
}
