import { isIP, type Socket } from 'node:net';
import type { X509Certificate } from 'node:crypto';
import {
  checkServerIdentity,
  connect,
  type DetailedPeerCertificate,
  type PeerCertificate,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import type { Clock } from '../../core/clock';
import { deadline } from '../deadline';
import type { Fact } from '../events';
import { facts } from '../facts';
import type { FailureKind } from '../../core/hop';

export type HandshakeResult = { readonly facts: readonly Fact[] } & (
  | { readonly socket: TLSSocket }
  | {
      readonly failure: FailureKind;
      /** Other reasons that the certificate gives by itself. */
      readonly further: readonly FailureKind[];
    }
);

/** OpenSSL's reasons (`man verify`, as Node spells them) that mean: the chain leads to nobody who is trusted. */
const untrusted = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_UNTRUSTED',
  'INVALID_CA',
]);

const longestChain = 6;
const mostNames = 8;

/**
 * TLS over a socket that is connected, with the host's name as SNI and the certificate verified; nothing is ever sent
 * to a peer that is not. Never rejects. Destroys the socket when it fails. The facts tell the certificate chain
 * that was shown, also when it was not accepted.
 */
export async function handshake(
  socket: Socket,
  host: string,
  options: {
    readonly context: SecureContext;
    readonly clock: Clock;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  },
): Promise<HandshakeResult> {
  const limit = deadline(options.clock, options.timeoutMs, options.signal);
  try {
    return await run(socket, host, options.context, limit.signal);
  } finally {
    limit.clear();
  }
}

function run(socket: Socket, host: string, context: SecureContext, signal: AbortSignal): Promise<HandshakeResult> {
  return new Promise((resolve) => {
    // An address is not sent as SNI (RFC 6066), and compared all the same.
    const name = isIP(host) === 0 ? { servername: host } : { host };
    const secured = connect({ socket, ...name, secureContext: context });
    const read = readCertificateOnce(secured);
    // Node ends the connection when the chain is not trusted, and with it goes what was shown: read it before.
    const destroy = secured.destroy.bind(secured);
    secured.destroy = (error) => {
      if (error !== undefined) read();
      return destroy(error);
    };
    let settled = false;
    const end = (result: HandshakeResult): void => {
      if (settled) return;
      settled = true;
      signal.removeEventListener('abort', onAbort);
      if (!('socket' in result)) {
        secured.destroy();
        socket.destroy();
      }
      resolve(result);
    };
    const fail = (failure: FailureKind, code?: string): void => {
      end({
        failure,
        further: flawsOf(host, read()).filter((each) => each !== failure),
        facts: [...facts(['code', code]), ...certificateFacts(read())],
      });
    };
    const onAbort = (): void => fail('timeout');
    secured.once('secureConnect', () => {
      end({ socket: secured, facts: [...cipherFacts(secured), ...certificateFacts(read())] });
    });
    secured.on('error', (error: Error) => {
      const code = 'code' in error && typeof error.code === 'string' ? error.code : error.message;
      fail(failureOfTls(code, error.message), code);
    });
    secured.once('close', () => fail('closed'));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

/**
 * Takes the certificate once at most out of a connection, with the chain behind it; also when its handshake has still to
 * come. Node reads every field of every certificate of the chain for its check of the name, which costs as much as half
 * the handshake: here that check goes by the names alone.
 */
export function readCertificateOnce(secured: TLSSocket): () => X509Certificate | undefined {
  const take = secured.getPeerX509Certificate.bind(secured);
  let shown: X509Certificate | undefined;
  const read = (): X509Certificate | undefined => (shown ??= take());
  secured.getPeerX509Certificate = read;
  secured.getPeerCertificate = () => namesOf(read()) as DetailedPeerCertificate;
  return read;
}

/** The facts of a connection that somebody else has secured; nothing when its certificate was not verified for this host. */
export function factsOfSecured(secured: TLSSocket, host: string): readonly Fact[] | undefined {
  const certificate = secured.getPeerX509Certificate();
  if (!secured.authorized || certificate === undefined) return undefined;
  if (checkServerIdentity(host, namesOf(certificate)) !== undefined) return undefined;
  return [...cipherFacts(secured), ...certificateFacts(certificate)];
}

function cipherFacts(secured: TLSSocket): readonly Fact[] {
  return facts(['protocol', secured.getProtocol() ?? undefined], ['cipher', secured.getCipher().standardName]);
}

function failureOfTls(code: string, message: string): FailureKind {
  if (untrusted.has(code)) return 'untrusted';
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return 'expired';
    case 'CERT_NOT_YET_VALID':
      return 'not-yet-valid';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return 'wrong-name';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'reset';
  }
  // OpenSSL's words for bytes that are no TLS record.
  if (/wrong version number|packet length too long|unknown protocol|http request|unexpected message/i.test(message)) {
    return 'not-tls';
  }
  if (/alert/i.test(message) || code.startsWith('ERR_SSL')) return 'alert';
  return code.startsWith('CERT_') || code.startsWith('ERR_TLS_CERT') ? 'certificate' : 'alert';
}

function flawsOf(host: string, certificate: X509Certificate | undefined): readonly FailureKind[] {
  if (certificate === undefined) return [];
  const now = Date.now();
  return [
    ...(Date.parse(certificate.validTo) < now ? (['expired'] as const) : []),
    ...(Date.parse(certificate.validFrom) > now ? (['not-yet-valid'] as const) : []),
    ...(checkServerIdentity(host, namesOf(certificate)) === undefined ? [] : (['wrong-name'] as const)),
  ];
}

/** The part of a certificate that Node's check of the server's name looks at. */
function namesOf(certificate: X509Certificate | undefined): PeerCertificate {
  const names = certificate?.subjectAltName;
  // Without a DNS name among the alternative names the check falls back on the subject.
  if (certificate !== undefined && names?.includes('DNS:') !== true) return certificate.toLegacyObject();
  return { subject: {}, subjectaltname: names } as PeerCertificate;
}

function certificateFacts(certificate: X509Certificate | undefined): readonly Fact[] {
  if (certificate === undefined) return [];
  const names = (certificate.subjectAltName ?? '').split(', ').filter((name) => name !== '');
  const shownNames = names.slice(0, mostNames).map((name) => name.replace(/^DNS:/, ''));
  const more = names.length > mostNames ? [`+${names.length - mostNames}`] : [];
  return facts(
    ['certificateNames', [...shownNames, ...more].join(' ')],
    ['issuer', distinguishedName(certificate.issuer)],
    ['validFrom', isoOf(certificate.validFrom)],
    ['validTo', isoOf(certificate.validTo)],
    ['chain', chainOf(certificate).join(' ← ')],
  );
}

function isoOf(date: string): string {
  const time = Date.parse(date);
  return Number.isNaN(time) ? date : new Date(time).toISOString();
}

/** Subjects of the certificates that were shown, and behind them whom the last one names as its issuer. */
function chainOf(certificate: X509Certificate): readonly string[] {
  const names: string[] = [];
  let current: X509Certificate | undefined = certificate;
  while (current !== undefined && names.length < longestChain) {
    names.push(distinguishedName(current.subject));
    const { issuerCertificate: next, issuer, subject }: X509Certificate = current;
    // The root names itself.
    if (next === undefined && issuer !== subject && names.length < longestChain) names.push(distinguishedName(issuer));
    current = next;
  }
  return names;
}

/** Out of Node's form: one attribute in each line. */
function distinguishedName(name: string): string {
  const lines = name.split('\n');
  return ['CN', 'O']
    .map((key) => lines.filter((line) => line.startsWith(`${key}=`)).map((line) => line.slice(key.length + 1)))
    .flatMap((values, index) => (values.length === 0 ? [] : [`${index === 0 ? 'CN' : 'O'}=${values.join('+')}`]))
    .join(', ');
}
