import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a person types in tests and nothing may keep in clear. */
export const typedSecrets = {
  /** The password of a connection test. */
  password: 'canary-S1ngs-4lways',
  /** The password of a database user that is remembered: in the secret storage only. */
  remembered: 'canary-remembered',
  /** A client secret that Atlas refuses. */
  refused: 'canary-wrong-secret',
} as const;

/** How a text may stand in a file or a message: as it is, as VS Code's own UTF-16, in the middle of Base64. */
function formsOf(secret: string): readonly Buffer[] {
  const bytes = Buffer.from(secret);
  const inBase64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    // Only the characters that no neighbour has a part in.
    return Buffer.from(text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6)));
  });
  return [bytes, Buffer.from(secret, 'utf16le'), ...inBase64];
}

/** The secrets that are in `content`, whatever it is. */
export function secretsIn(content: Buffer | string, secrets: readonly string[]): readonly string[] {
  const bytes = Buffer.from(content);
  return secrets.filter((secret) => formsOf(secret).some((form) => bytes.includes(form)));
}

/** The files below a folder, each read as it is on the disk, that hold one of the secrets. */
export function filesWithSecrets(folder: string, secrets: readonly string[]): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => secretsIn(readFileSync(file), secrets).length > 0);
}
