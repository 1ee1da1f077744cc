import { t } from '@vscode/l10n';
import type { ProblemOf } from '../core/problem';
import type { StaleReason, StringFault, StringProblemCode } from '../core/problem-codes/connection-string';
import type { ProblemText, ProblemTexts } from './problem-text';

type FaultText = Pick<ProblemText, 'detail'> & { readonly fixes: readonly string[] };

/** What is wrong with a text that is no connection string, and what to write instead. */
const faultTexts: Readonly<Record<StringFault, () => FaultText>> = {
  scheme: () => ({
    detail: t('It begins with neither "mongodb://" nor "mongodb+srv://".'),
    fixes: [t('Begin it with "mongodb+srv://", or with "mongodb://" when hosts and ports are listed.')],
  }),
  'credentials-reserved': () => ({
    detail: t('The user name or password holds a character that has a meaning of its own in a connection string.'),
    fixes: [encodeReserved()],
  }),
  'credentials-percent': () => ({
    detail: t('The user name or password holds a "%" that begins no percent-encoded character.'),
    fixes: [t('Write "%" as "%25" in the user name and password.')],
  }),
  'username-empty': () => ({
    detail: t('There is no user name before the "@".'),
    fixes: [t('Add the user name, or take out the "@" and what stands before it.')],
  }),
  character: () => ({
    detail: t('White space or an invisible character stands where none can be.'),
    fixes: [t('Take out the character. Write a space in a user name or password as "%20".')],
  }),
  'host-missing': () => ({
    detail: t('A host name is missing.'),
    fixes: [
      t('Add the host name from Atlas.'),
      t('Percent-encode the path when the host is a Unix domain socket: "/" is "%2F".'),
    ],
  }),
  'host-invalid': () => ({
    detail: t('This cannot be part of a host name.'),
    fixes: [t('Insert the host name as Atlas shows it.'), encodeReserved()],
  }),
  'ipv6-brackets': () => ({
    detail: t('An IPv6 address stands without brackets.'),
    fixes: [t('Put the address into brackets: "[::1]:27017".')],
  }),
  port: () => ({
    detail: t('A port is a number from 1 to 65535.'),
    fixes: [t('Correct the port, or take out the ":".'), encodeReserved()],
  }),
  'srv-several-hosts': () => ({
    detail: t('A "mongodb+srv://" string names one host; DNS knows the others.'),
    fixes: [t('Leave one host name, or begin with "mongodb://".')],
  }),
  'srv-port': () => ({
    detail: t('A "mongodb+srv://" string has no port; DNS knows the ports.'),
    fixes: [t('Take out the port.'), t('Begin with "mongodb://" when the port is meant.')],
  }),
  'srv-no-name': () => ({
    detail: t('A "mongodb+srv://" string needs a host name: an address has no entry in DNS to look up.'),
    fixes: [t('Insert the host name from Atlas, or begin with "mongodb://".')],
  }),
  database: () => ({
    detail: t('A database name cannot hold a slash, backslash, space, double quote or dollar sign.'),
    fixes: [t('Correct the database name.'), encodeReserved()],
  }),
  'option-incomplete': () => ({
    detail: t('An option has no name or no "=".'),
    fixes: [t('Write options as "name=value", joined by "&".'), encodeReserved()],
  }),
  'direct-several-hosts': () => ({
    detail: t('"directConnection=true" goes with one host only.'),
    fixes: [t('Take out "directConnection=true", or leave one host.')],
  }),
  'direct-srv': () => ({
    detail: t('"directConnection=true" does not go with "mongodb+srv://", which may lead to several hosts.'),
    fixes: [t('Take out "directConnection=true".')],
  }),
  'balanced-several-hosts': () => ({
    detail: t('"loadBalanced=true" goes with one host only.'),
    fixes: [t('Leave the host of the load balancer.'), t('Take out "loadBalanced=true".')],
  }),
  'balanced-replica-set': () => ({
    detail: t('"loadBalanced=true" and "replicaSet" exclude each other.'),
    fixes: [t('Take out one of the two.')],
  }),
  'balanced-direct': () => ({
    detail: t('"loadBalanced=true" and "directConnection=true" exclude each other.'),
    fixes: [t('Take out "directConnection=true".')],
  }),
  'srv-option': () => ({
    detail: t('The options that begin with "srv" go with "mongodb+srv://" only.'),
    fixes: [t('Take out the option, or begin with "mongodb+srv://".')],
  }),
  'srv-max-hosts': () => ({
    detail: t('"srvMaxHosts" goes with neither "replicaSet" nor "loadBalanced=true".'),
    fixes: [t('Take out "srvMaxHosts".')],
  }),
  'tls-conflict': () => ({
    detail: t('Two TLS options contradict each other.'),
    fixes: [t('Leave "tls=true" alone. Atlas needs none of the options that weaken TLS.')],
  }),
  'proxy-incomplete': () => ({
    detail: t('Proxy options need "proxyHost", and "proxyUsername" and "proxyPassword" only go together.'),
    fixes: [t('Add the option that is missing.')],
  }),
  'proxy-repeated': () => ({
    detail: t('A proxy option stands twice.'),
    fixes: [t('Take out one of the two.')],
  }),
};

function encodeReserved(): string {
  return t(
    'Percent-encode these characters in the user name and password: @ is %40, : is %3A, / is %2F, ? is %3F, # is %23, [ is %5B, ] is %5D, % is %25.',
  );
}

const staleTexts: Readonly<Record<StaleReason, () => string>> = {
  'endpoint-gone': () => t('The endpoint that it leads through is gone.'),
  'endpoint-failing': () => t('The endpoint that it leads through has failed or is being removed.'),
  'cluster-gone': () => t('The project that its domain belongs to has no cluster of this name.'),
  changed: () =>
    t('Atlas gives other strings now. They change with regionalized mode and when endpoints are added or removed.'),
};

/** Why Atlas needs an option, and the value that it has where the problem does not say. */
const optionTexts = {
  tls: () => ({
    detail: t('Atlas closes connections without TLS. Only "mongodb+srv://" strings switch it on by themselves.'),
    value: 'true',
  }),
  authSource: () => ({
    detail: t('Database users of Atlas are kept in "admin"; without "authSource=admin" the sign-in looks elsewhere.'),
    value: 'admin',
  }),
  replicaSet: () => ({
    detail: t('Without the name of the replica set some drivers talk to one node only, which may refuse to write.'),
    value: '…',
  }),
};

/** A parameter that comes from a table, or undefined when the table does not have it. */
function known<T>(table: Readonly<Record<string, T>>, key: string | undefined): T | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

export const stringProblems = {
  STRING_MALFORMED: ({ parameters }) => {
    const { detail, fixes } = known(faultTexts, parameters.reason)?.() ?? { fixes: [encodeReserved()] };
    const place = Number(parameters.position);
    return {
      title: Number.isInteger(place)
        ? t('Drivers do not accept this connection string, because of character {0}', place + 1)
        : t('Drivers do not accept this connection string.'),
      ...(detail === undefined ? {} : { detail }),
      fixes,
    };
  },
  STRING_ENCODING: () => ({
    title: t('The user name or password holds characters that not every driver accepts.'),
    fixes: [t('Percent-encode them: all but letters, digits and "-", ".", "_", "~".')],
  }),
  STRING_PUBLIC: ({ subject, parameters }) => ({
    title: t('This string does not lead through a private endpoint: {0}', parameters.cluster ?? subject),
    detail: t('It is the public string, which works from addresses on the IP access list only.'),
    fixes: [t('Switch to the string of a private endpoint.')],
  }),
  STRING_PEERING: ({ subject, parameters }) => ({
    title: t('This string leads over network peering: {0}', parameters.cluster ?? subject),
    detail: t('It works from a network that is peered with Atlas, and not through a private endpoint.'),
    fixes: [t('Switch to the string of a private endpoint, unless peering is meant.')],
  }),
  STRING_PORTS_PINNED: ({ subject, parameters }) => ({
    title:
      parameters.now === undefined
        ? t('This string names ports, and Atlas may change them: {0}', parameters.ports ?? subject)
        : t('This string names ports that have changed. They are now {0}', parameters.now),
    detail: t('Ports of a private endpoint change with the cluster. The DNS seedlist string follows by itself.'),
    fixes: [t('Switch to the DNS seedlist string, which begins with "mongodb+srv://".')],
  }),
  STRING_STALE: ({ subject, parameters }) =>
    parameters.reason === 'endpoint-failing'
      ? {
          title: t('The private endpoint of this string does not work: {0}', parameters.endpoint ?? subject),
          detail: staleTexts['endpoint-failing'](),
          fixes: [
            t('See on the status page of the endpoint what Atlas says about it.'),
            t('Switch to the string of another endpoint when there is one.'),
          ],
        }
      : {
          title: t('Atlas no longer gives this string: {0}', parameters.cluster ?? subject),
          detail: (known(staleTexts, parameters.reason) ?? staleTexts.changed)(),
          fixes: [t('Insert the current string of the cluster.')],
        },
  STRING_OPTION_MISSING: ({ parameters }) => {
    const { option = 'tls', value } = parameters;
    const { detail, value: usual } = (known(optionTexts, option) ?? optionTexts.tls)();
    return {
      title: t('Atlas needs an option that this string lacks: {0}', option),
      detail,
      fixes: [t('Add "{0}".', `${option}=${value ?? usual}`)],
    };
  },
  STRING_PASSWORD_IN_FILE: ({ subject, parameters }) => ({
    title: t('A password stands in a file under version control: {0}', parameters.file ?? subject),
    fixes: [
      t('Put the string into a file that is ignored, or into a secret store, and read it from the environment.'),
      t('Change the password if the file has been shared.'),
    ],
  }),
} satisfies ProblemTexts<StringProblemCode>;

/** As `describeProblem`, for those who have to do with strings alone: the texts of all rooms are long to load. */
export function describeStringProblem(problem: ProblemOf<StringProblemCode>): ProblemText {
  return stringProblems[problem.code](problem);
}
