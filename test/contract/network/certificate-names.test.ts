import 'reflect-metadata';
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTo, type AddressInfo } from 'node:net';
import { connect, createSecureContext, createServer, type Server } from 'node:tls';
import * as x509 from '@peculiar/x509';
import { systemClock } from '../../../src/core/clock';
import { handshake } from '../../../src/diagnostics/network/handshake';

const host = 'node.sandbox.example';
const day = 24 * 60 * 60 * 1000;

interface Names {
  readonly name: string;
  readonly commonName: string;
  /** Absent: the certificate has none. */
  readonly alternative?: readonly { readonly type: 'dns' | 'ip' | 'email' | 'url'; readonly value: string }[];
}

const certificates: readonly Names[] = [
  { name: 'the host as an alternative name', commonName: 'other', alternative: [{ type: 'dns', value: host }] },
  { name: 'no alternative names, the host as subject', commonName: host },
  { name: 'no alternative names, another subject', commonName: 'other.sandbox.example' },
  {
    name: 'an address as the only alternative name, the host as subject',
    commonName: host,
    alternative: [{ type: 'ip', value: '127.0.0.1' }],
  },
  {
    name: 'a mailbox as the only alternative name, the host as subject',
    commonName: host,
    alternative: [{ type: 'email', value: 'sandbox@sandbox.example' }],
  },
  {
    name: 'a URI as the only alternative name, another subject',
    commonName: 'other.sandbox.example',
    alternative: [{ type: 'url', value: `https://${host}` }],
  },
  {
    name: 'another host as alternative name, the host as subject',
    commonName: host,
    alternative: [{ type: 'dns', value: 'other.sandbox.example' }],
  },
];

/** A server that shows a certificate of its own making, and the certificate, as PEM. */
async function serve({ commonName, alternative }: Names): Promise<{ readonly server: Server; readonly ca: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [commonName] }],
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + day),
    extensions: alternative === undefined ? [] : [new x509.SubjectAlternativeNameExtension([...alternative])],
  });
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  const ca = certificate.toString('pem');
  const server = createServer({ key, cert: ca });
  server.on('tlsClientError', () => undefined);
  server.on('secureConnection', (socket) => socket.on('error', () => undefined));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, ca };
}

describe('the name of a server in its certificate', () => {
  for (const names of certificates) {
    it(`is judged as Node judges it: ${names.name}`, async () => {
      const { server, ca } = await serve(names);
      try {
        const { port } = server.address() as AddressInfo;
        const byNode = await new Promise<string>((resolve) => {
          const socket = connect({ host: '127.0.0.1', port, servername: host, ca });
          socket.once('secureConnect', () => {
            socket.destroy();
            resolve('accepted');
          });
          socket.once('error', ({ code }: NodeJS.ErrnoException) => {
            resolve(code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? 'wrong-name' : String(code));
          });
        });
        const socket = connectTo(port, '127.0.0.1');
        await once(socket, 'connect');
        const result = await handshake(socket, host, {
          context: createSecureContext({ ca }),
          clock: systemClock,
          timeoutMs: 8_000,
          signal: new AbortController().signal,
        });
        if ('socket' in result) result.socket.destroy();
        assert.equal('failure' in result ? result.failure : 'accepted', byNode);
        const isNamed = names.commonName === host && names.alternative?.some(({ type }) => type === 'dns') !== true;
        const expected = isNamed || names.alternative?.some(({ value }) => value === host) === true;
        assert.equal(byNode, expected ? 'accepted' : 'wrong-name');
      } finally {
        server.close();
      }
    });
  }
});
