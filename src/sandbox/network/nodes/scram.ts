import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { saslprep } from '@mongodb-js/saslprep';

/** SCRAM as MongoDB's servers offer it (RFC 5802, RFC 7677; iteration counts are the server's own defaults). */
export const scramMechanisms = {
  'SCRAM-SHA-256': { hash: 'sha256', length: 32, iterations: 15_000 },
  'SCRAM-SHA-1': { hash: 'sha1', length: 20, iterations: 10_000 },
} as const;

export type ScramMechanism = keyof typeof scramMechanisms;

export function isScramMechanism(value: unknown): value is ScramMechanism {
  return typeof value === 'string' && Object.hasOwn(scramMechanisms, value);
}

/** A sign-in under way: the user who asks, the server's first message, and the check of the client's last one. */
export interface ScramConversation {
  readonly username: string;
  readonly firstReply: string;
  /** The server's signature, or undefined when the client did not prove that it knows the password. */
  finish(clientFinal: string): Promise<string | undefined>;
}

const derive = promisify(pbkdf2);
/** So that a user's salt stays the same between sign-ins, and is there for users who do not exist. */
const saltSecret = randomBytes(32);

/**
 * Begins a sign-in. `passwordOf` gives the password of a user, or undefined: then the conversation goes on and fails
 * at its end, so that nobody learns which users exist. Answers undefined for a malformed first message.
 */
export function startScram(
  mechanism: ScramMechanism,
  clientFirst: string,
  passwordOf: (username: string) => string | undefined,
): ScramConversation | undefined {
  const { hash, length, iterations } = scramMechanisms[mechanism];
  const match = /^n,(?:a=[^,]*)?,(n=([^,]*),r=([\x21-\x2b\x2d-\x7e]+)(?:,.*)?)$/su.exec(clientFirst);
  const [, bare, encodedName, clientNonce] = match ?? [];
  if (bare === undefined || encodedName === undefined || clientNonce === undefined) return undefined;
  const username = encodedName.replaceAll('=2C', ',').replaceAll('=3D', '=');
  const nonce = clientNonce + randomBytes(24).toString('base64');
  const salt = createHmac(hash, saltSecret)
    .update(username)
    .digest()
    .subarray(0, length - 4);
  const firstReply = `r=${nonce},s=${salt.toString('base64')},i=${iterations}`;

  return {
    username,
    firstReply,
    async finish(clientFinal) {
      const proofAt = clientFinal.lastIndexOf(',p=');
      const withoutProof = clientFinal.slice(0, Math.max(proofAt, 0));
      const fields = new Map(withoutProof.split(',').map((field) => [field.slice(0, 1), field.slice(2)]));
      const binding = clientFirst.slice(0, clientFirst.length - bare.length);
      if (fields.get('r') !== nonce || fields.get('c') !== Buffer.from(binding).toString('base64')) return undefined;
      const password = passwordOf(username);
      const prepared = prepare(mechanism, username, password ?? randomBytes(16).toString('hex'));
      const salted = await derive(prepared, salt, iterations, length, hash);
      const hmac = (key: Buffer, text: string): Buffer => createHmac(hash, key).update(text).digest();
      const clientKey = hmac(salted, 'Client Key');
      const storedKey = createHash(hash).update(clientKey).digest();
      const message = `${bare},${firstReply},${withoutProof}`;
      const signature = hmac(storedKey, message);
      const expected = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)));
      const proof = Buffer.from(clientFinal.slice(proofAt + 3), 'base64');
      const proven = proof.length === expected.length && timingSafeEqual(proof, expected);
      if (!proven || password === undefined) return undefined;
      return `v=${hmac(hmac(salted, 'Server Key'), message).toString('base64')}`;
    },
  };
}

function prepare(mechanism: ScramMechanism, username: string, password: string): string {
  // MongoDB's SCRAM-SHA-1 hashes the older MD5 digest of the password, its SCRAM-SHA-256 the prepared password.
  if (mechanism === 'SCRAM-SHA-1') return createHash('md5').update(`${username}:mongo:${password}`).digest('hex');
  return saslprep(password, { allowUnassigned: true });
}
