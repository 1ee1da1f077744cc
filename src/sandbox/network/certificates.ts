import 'reflect-metadata';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, type SecureContext } from 'node:tls';
import { webcrypto, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** What is wrong with a server certificate. `sound` is none of it. */
export type CertificateFlaw = 'sound' | 'expired' | 'not-yet-valid' | 'wrong-name' | 'unknown-issuer';

export interface CertificateAuthority {
  /** Absolute path of the root certificate as PEM, readable for this user only. */
  readonly caFile: string;
  /** A server certificate that covers `host`, made at the first request and kept. */
  contextFor(host: string, flaw: CertificateFlaw): Promise<SecureContext>;
  /** A client certificate with its key in one PEM file, for MONGODB-X509; answers the file's absolute path. */
  issueClientFile(commonName: string): Promise<string>;
  /** The subject (RFC 2253) of a certificate that {@link issueClientFile} made and that is valid now. */
  subjectOf(certificate: X509Certificate | undefined): string | undefined;
  /** Removes the files. */
  close(): Promise<void>;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const day = 24 * 60 * 60 * 1000;

interface Issuer {
  readonly certificate: x509.X509Certificate;
  readonly keys: CryptoKeyPair;
}
type CryptoKeyPair = webcrypto.CryptoKeyPair;

async function generateKeys(): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

async function privateKeyPem(keys: CryptoKeyPair): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
}

async function issueAuthority(name: string, now: number, issuer?: Issuer): Promise<Issuer> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${name}, O=Sandbox`,
    issuer: issuer?.certificate.subject ?? `CN=${name}, O=Sandbox`,
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    signingAlgorithm: algorithm,
    notBefore: new Date(now - day),
    notAfter: new Date(now + 365 * day),
    extensions: [
      new x509.BasicConstraintsExtension(true, issuer === undefined ? 1 : 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create((issuer?.keys ?? keys).publicKey),
    ],
  });
  return { certificate, keys };
}

/** The names of a server certificate: the host's siblings by wildcard, as Atlas's certificates have them. */
export function namesFor(host: string): readonly string[] {
  const parent = host.split('.').slice(1);
  return parent.length < 2 ? [host] : [`*.${parent.join('.')}`, host];
}

/** An address stands in brackets where a port follows, and never in a certificate. */
function alternativeName(name: string): { readonly type: 'dns' | 'ip'; readonly value: string } {
  const value = name.replace(/^\[(.*)\]$/, '$1');
  return { type: isIP(value) === 0 ? 'dns' : 'ip', value };
}

/**
 * An authority of the sandbox's own, fresh at each start: root and intermediate, EC P-256. Validity counts from the
 * machine's real time, since that is what TLS clients compare with, not from the world's clock.
 */
export async function createCertificateAuthority(): Promise<CertificateAuthority> {
  const now = Date.now();
  const root = await issueAuthority('Sandbox Root CA', now);
  const intermediate = await issueAuthority('Sandbox Issuing CA', now, root);
  const folder = await mkdtemp(join(tmpdir(), 'atlas-sandbox-'));
  const caFile = join(folder, 'sandbox-root-ca.pem');
  await writeFile(caFile, root.certificate.toString('pem'), { mode: 0o600 });
  let stranger: Promise<Issuer> | undefined;
  const contexts = new Map<string, Promise<SecureContext>>();

  async function issue(host: string, flaw: CertificateFlaw): Promise<SecureContext> {
    const keys = await generateKeys();
    const unknown = flaw === 'unknown-issuer';
    if (unknown) stranger ??= issueAuthority('Sandbox Inspection CA', now);
    const issuer = stranger !== undefined && unknown ? await stranger : intermediate;
    const names = flaw === 'wrong-name' ? ['other.sandbox.example'] : namesFor(host);
    const [from, to] =
      flaw === 'expired' ? [-30, -1] : flaw === 'not-yet-valid' ? [30, 60] : /* within the authority's */ [-1, 90];
    const certificate = await x509.X509CertificateGenerator.create({
      subject: [{ CN: [names[0] ?? host] }, { O: ['Sandbox'] }],
      issuer: issuer.certificate.subject,
      publicKey: keys.publicKey,
      signingKey: issuer.keys.privateKey,
      signingAlgorithm: algorithm,
      notBefore: new Date(now + from * day),
      notAfter: new Date(now + to * day),
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(names.map(alternativeName)),
        await x509.AuthorityKeyIdentifierExtension.create(issuer.keys.publicKey),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    const key = await privateKeyPem(keys);
    const chain = [certificate, issuer.certificate].map((each) => each.toString('pem')).join('\n');
    return createSecureContext({ key, cert: chain, minVersion: 'TLSv1.2' });
  }

  const clientIssuer = new X509Certificate(intermediate.certificate.toString('pem'));

  return {
    caFile,
    async issueClientFile(commonName) {
      const keys = await generateKeys();
      const certificate = await x509.X509CertificateGenerator.create({
        subject: [{ CN: [commonName] }],
        issuer: intermediate.certificate.subject,
        publicKey: keys.publicKey,
        signingKey: intermediate.keys.privateKey,
        signingAlgorithm: algorithm,
        notBefore: new Date(now - day),
        notAfter: new Date(now + 90 * day),
        extensions: [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])],
      });
      const file = join(folder, `client-${certificate.serialNumber}.pem`);
      await writeFile(file, `${certificate.toString('pem')}\n${await privateKeyPem(keys)}\n`, { mode: 0o600 });
      return file;
    },
    subjectOf(certificate) {
      if (certificate?.verify(clientIssuer.publicKey) !== true) return undefined;
      const today = Date.now();
      if (Date.parse(certificate.validFrom) > today || Date.parse(certificate.validTo) < today) return undefined;
      return certificate.subject.split('\n').reverse().join(',');
    },
    contextFor(host, flaw) {
      const name = host.toLowerCase();
      const id = `${flaw} ${name}`;
      const known = contexts.get(id);
      if (known !== undefined) return known;
      // Names come from clients: only so many are kept.
      if (contexts.size >= 1000) contexts.clear();
      const made = issue(name, flaw);
      contexts.set(id, made);
      return made;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
