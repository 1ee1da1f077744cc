import { randomBytes } from 'node:crypto';

/** Bytes of randomness in a generated password. */
const strength = 24;

/** A new password of 32 letters, digits, `-` and `_`: none of them needs encoding in a connection string. */
export function generatePassword(): string {
  return randomBytes(strength).toString('base64url');
}
