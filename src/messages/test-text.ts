import { t } from '@vscode/l10n';
import { hopIds, type FailureKind, type HopId, type HopOutcome } from '../core/hop';
import type { Problem } from '../core/problem';
import { describeProblem } from './problem-text';

/** A hop in words, for progress and headings. */
export function hopTitle(hop: HopId): string {
  const titles: Readonly<Record<HopId, string>> = {
    string: t('Connection string'),
    srv: t('SRV and TXT records'),
    cname: t('CNAME'),
    addresses: t('Addresses'),
    tcp: t('TCP connection'),
    tls: t('TLS'),
    hello: t('Hello'),
    'sign-in': t('Sign-in'),
    ping: t('Ping'),
  };
  return titles[hop];
}

/** What became of a hop, in a word. */
export function outcomeWord(outcome: HopOutcome): string {
  const words: Readonly<Record<HopOutcome, string>> = {
    passed: t('passed'),
    warned: t('passed with a remark'),
    failed: t('failed'),
    skipped: t('not run'),
  };
  return words[outcome];
}

/** The verdict in one sentence, for a notification. */
export function verdictSentence(
  verdict: {
    readonly outcome: 'connected' | 'reachable-not-signed-in' | 'failed' | 'cancelled';
    readonly failedHop?: HopId;
    readonly headline?: { readonly index: number; readonly hop?: HopId };
    readonly problems: readonly Problem[];
  },
  host: string,
): string {
  switch (verdict.outcome) {
    case 'connected':
      return t('Connected: {0}', host);
    case 'reachable-not-signed-in':
      return t('Reachable, not signed in: {0}', host);
    case 'cancelled':
      return t('The test was cancelled: {0}', host);
    case 'failed': {
      const { failedHop, problems, headline = { index: 0, hop: failedHop } } = verdict;
      const first = problems[headline.index];
      const at = failedHop === undefined ? t('the test') : hopTitle(failedHop);
      if (first === undefined) return t('Failed at {0}: {1}', at, host);
      const { title } = describeProblem(first);
      return headline.hop === undefined ? title : `${hopTitle(headline.hop)}: ${title}`;
    }
  }
}

/** How far a cancelled test came: it has no verdict, and says nothing about what it did not come to. */
export function cancelledText(hops: readonly { readonly hop: HopId; readonly outcome: HopOutcome }[]): string {
  const failed = hopIds.filter((hop) => hops.some((result) => result.hop === hop && result.outcome === 'failed'));
  if (failed.length > 0) {
    return t('What it saw until then stands below. Failed: {0}.', failed.map(hopTitle).join(', '));
  }
  return hops.some(({ outcome }) => outcome !== 'skipped')
    ? t('What it saw until then stands below; nothing had failed.')
    : t('Nothing was seen until then.');
}

/** Why a hop failed, as a value of the fact `failure` says; a value that this version does not know stays as it is. */
export function failureText(kind: string): string {
  const texts: Readonly<Record<FailureKind, string>> = {
    malformed: t('no connection string'),
    'socket-path': t('a Unix domain socket'),
    nxdomain: t('the name does not exist'),
    'no-data': t('the name exists without such records'),
    'dns-timeout': t('no DNS server answered in time'),
    'dns-unreachable': t('no DNS server can be reached'),
    'dns-refused': t('the DNS server refused to answer'),
    'dns-servfail': t('the DNS server failed to find the answer'),
    'dns-garbage': t('the DNS answer cannot be read'),
    'dns-truncated': t('the DNS answer is cut short'),
    'not-found-here': t('programs on this machine do not find it'),
    'foreign-domain': t('hosts outside of the cluster’s domain'),
    'too-many-targets': t('more hosts than Atlas ever has'),
    'srv-invalid': t('an SRV record that leads nowhere'),
    'txt-failed': t('no answer to the question for the TXT record'),
    'txt-invalid': t('a TXT record that drivers do not accept'),
    'cname-loop': t('the CNAME records come to no end'),
    'public-address': t('a public address'),
    'blocked-address': t('an address that leads nowhere'),
    timeout: t('no answer in time'),
    refused: t('connection refused'),
    unreachable: t('no route'),
    'no-ipv6': t('no way to IPv6 addresses from here; the host has IPv4 addresses as well'),
    reset: t('connection reset'),
    'network-error': t('network error'),
    'proxy-unreachable': t('the proxy cannot be reached'),
    'proxy-silent': t('the proxy accepts the connection and says nothing'),
    'proxy-not-socks': t('the answer of the proxy is not SOCKS5'),
    'proxy-sign-in': t('the proxy does not accept user and password'),
    'proxy-not-allowed': t('the proxy’s rules forbid it'),
    'proxy-name-unknown': t('the proxy finds no way to the host'),
    'proxy-failure': t('the proxy failed'),
    closed: t('closed by the other side'),
    'not-tls': t('the answer is not TLS'),
    untrusted: t('the certificate is from an unknown authority'),
    'wrong-name': t('the certificate is for another name'),
    expired: t('the certificate has expired'),
    'not-yet-valid': t('the certificate is not valid yet'),
    certificate: t('the certificate is not accepted'),
    alert: t('TLS was refused'),
    unreadable: t('the answer is not MongoDB’s'),
    'command-failed': t('the node refused'),
    'wrong-set': t('another replica set'),
    'public-hosts': t('public host names'),
    'not-balanced': t('no load balancing'),
    rejected: t('user or password not accepted'),
    mechanism: t('this way to sign in is not known'),
    'aws-credentials': t('no AWS credentials'),
    'certificate-file': t('the certificate file cannot be used'),
    'not-authorized': t('not authorized'),
    'no-server': t('the driver found no server'),
    'driver-error': t('the driver failed'),
  };
  return Object.hasOwn(texts, kind) ? texts[kind as FailureKind] : kind;
}

/** What a fact is about; names without a word here are told as they are. */
export function factTitle(name: string): string {
  const titles: Readonly<Record<string, string>> = {
    address: t('address'),
    answeredBy: t('answered by'),
    authSource: t('authSource'),
    certificateNames: t('certificate for'),
    chain: t('chain'),
    cipher: t('cipher'),
    cname: t('CNAME'),
    code: t('code'),
    directConnection: t('directConnection'),
    dnsAddress: t('address in DNS'),
    unknownTo: t('unknown to'),
    error: t('error'),
    expectedSet: t('expected set'),
    foreignTarget: t('foreign host'),
    form: t('form'),
    invalidTarget: t('leads nowhere'),
    issuer: t('issuer'),
    me: t('calls itself'),
    mechanism: t('mechanism'),
    message: t('message'),
    network: t('network'),
    node: t('node'),
    nodeHost: t('names'),
    options: t('options'),
    over: t('over the connection of'),
    primary: t('primary'),
    protocol: t('protocol'),
    readPreference: t('readPreference'),
    reason: t('reason'),
    replicaSet: t('replica set'),
    resolvedBy: t('resolved by'),
    resolver: t('resolver'),
    role: t('role'),
    scheme: t('scheme'),
    serviceId: t('service id'),
    setName: t('replica set'),
    target: t('host'),
    targets: t('hosts'),
    tls: t('TLS'),
    validFrom: t('valid from'),
    validTo: t('valid to'),
    vpcEndpoint: t('interface endpoint'),
    wireVersion: t('wire version'),
  };
  return Object.hasOwn(titles, name) ? (titles[name] ?? name) : name;
}

/** Headings and labels of a report. */
export function reportWords(): Readonly<
  Record<
    | 'hops'
    | 'hop'
    | 'subject'
    | 'time'
    | 'found'
    | 'whereItRan'
    | 'ranOn'
    | 'connectionString'
    | 'dnsServers'
    | 'systemServers'
    | 'proxy'
    | 'started'
    | 'duration'
    | 'evidence'
    | 'code'
    | 'whatToDo'
    | 'clientAddresses',
    string
  >
> {
  return {
    hops: t('Hops'),
    hop: t('Hop'),
    subject: t('Subject'),
    time: t('Time'),
    found: t('Found'),
    whereItRan: t('Where it ran'),
    ranOn: t('Ran on'),
    connectionString: t('Connection string'),
    dnsServers: t('DNS servers'),
    systemServers: t('those of the system'),
    proxy: t('SOCKS5 proxy'),
    started: t('Started'),
    duration: t('Duration'),
    evidence: t('Evidence'),
    code: t('Code'),
    whatToDo: t('What to do'),
    clientAddresses: t('Addresses of the machine that connects'),
  };
}

/** A kind of place where a test ran, in words; kinds without a word here are told as they are. */
export function placeText(kind: string): string {
  const texts: Readonly<Record<string, string>> = {
    local: t('this machine'),
    'ssh-remote': t('the SSH host of this window'),
    wsl: t('WSL'),
    'dev-container': t('the dev container'),
    'attached-container': t('the container of this window'),
    codespaces: t('the codespace'),
    tunnel: t('the machine behind the tunnel'),
    server: t('the VS Code server of this window'),
    'k8s-container': t('the Kubernetes container of this window'),
    elsewhere: t('another machine'),
    ssh: t('an SSH host'),
    ssm: t('an instance, by AWS Systems Manager'),
    kubernetes: t('a Kubernetes pod'),
    docker: t('a Docker container'),
  };
  return Object.hasOwn(texts, kind) ? (texts[kind] ?? kind) : kind;
}

/** A place with its host name, where that is known: `an SSH host (web-1)`. */
export function placeWithHost({ kind, hostname }: { readonly kind: string; readonly hostname: string }): string {
  return hostname === '' ? placeText(kind) : `${placeText(kind)} (${hostname})`;
}

/** A duration in words. */
export function milliseconds(value: number): string {
  return t('{0} ms', value.toFixed(value < 10 ? 1 : 0));
}
