import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';
import { createSecureContext, rootCertificates, type SecureContext, type SecureContextOptions } from 'node:tls';

/**
 * The authorities that tests trust: Node's own and, where this Node can read them, the system's, and those of `caFile`
 * and `NODE_EXTRA_CA_CERTS`. Undefined when nothing has to be added to Node's default. Rejects when `caFile` cannot
 * be read, or has no certificate in PEM format, or something that is none: Node would trust nothing of it, silently.
 */
export async function trustedAuthorities(caFile: string | undefined): Promise<readonly string[] | undefined> {
  // Since Node 22.15.
  const system = 'getCACertificates' in tls ? tls.getCACertificates('system') : [];
  if (caFile === undefined && system.length === 0) return undefined;
  const extra = process.env.NODE_EXTRA_CA_CERTS;
  const files = [caFile, extra === undefined || extra === '' ? undefined : extra];
  const texts = await Promise.all([
    ...(caFile === undefined ? [] : [readFile(caFile, 'utf8').then(checked)]),
    // As Node does: a file that cannot be read is left out.
    ...(files[1] === undefined ? [] : [readFile(files[1], 'utf8').catch(() => '')]),
  ]);
  return [...texts.filter((text) => text !== ''), ...rootCertificates, ...system];
}

/** A text with certificates in PEM format (RFC 7468), as it is. Throws when it has none, or one that cannot be read. */
function checked(text: string): string {
  const blocks = text.match(/-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[^]*?-----END [^-]*-----/g) ?? [];
  if (blocks.length === 0) throw new Error('no certificate');
  for (const block of blocks) new X509Certificate(block);
  return text;
}

/**
 * One context for all connections of a test. Making it reads over a hundred certificates, so it is kept for the next
 * test with the same authorities.
 */
export function createContextCache(): (authorities: readonly string[] | undefined) => SecureContext {
  let last: { readonly authorities: readonly string[] | undefined; readonly context: SecureContext } | undefined;
  return (authorities) => {
    if (last !== undefined && sameTexts(last.authorities, authorities)) return last.context;
    const options: SecureContextOptions = authorities === undefined ? {} : { ca: [...authorities] };
    last = { authorities, context: createSecureContext(options) };
    return last.context;
  };
}

function sameTexts(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  return one?.length === other?.length && (one ?? []).every((text, index) => text === other?.[index]);
}
