import { parseConnectionString } from './parse';
import { isAnglePlaceholder, percentEncode } from './render';
import { isSecretOption, secretAssignment } from './secret-options';

/** Takes secrets out of texts: log lines, reports, messages. */
export interface Redactor {
  /** Tells a secret at its birth; from then on it shows in no text. Very short ones are left to the patterns. */
  readonly register: (secret: string) => void;
  readonly redact: (text: string) => string;
  /**
   * The same for a host, a path, or a word that a table has. Short passwords stay in it: they are words (`test`, `admin`)
   * that stand in names by chance, and whoever sees the gap knows them.
   */
  readonly redactName: (text: string) => string;
}

const mask = '<redacted>';

/** Shorter ones would tear ordinary words apart. */
const shortestSecret = 4;

/** Shorter ones are left in names. */
const shortestInName = 8;

/**
 * Known secrets first, in every spelling that a text may have them in; then what looks like a secret: credentials of
 * connection strings and proxies, options of connection strings that are secrets, PEM keys, bearer and basic tokens.
 */
export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  /** `secrets` in the order in which they are looked for, once somebody has asked since they changed. */
  let ordered: readonly string[] | undefined;
  const redactFrom = (text: string, shortest: number): string => {
    // Longer ones first: a secret may hold another one.
    ordered ??= [...secrets].sort((a, b) => b.length - a.length);
    const unknown = ordered
      .filter(({ length }) => length >= shortest)
      .reduce((result, secret) => result.replaceAll(secret, mask), text)
      .replace(pem, mask)
      .replace(token, `$1 ${mask}`);
    return redactUrls(unknown).replace(secretOption, `$1${mask}`);
  };
  return {
    register: (secret) => {
      if (secret.length < shortestSecret) return;
      for (const spelling of spellings(secret)) secrets.add(spelling);
      ordered = undefined;
    },
    redact: (text) => redactFrom(text, shortestSecret),
    redactName: (text) => redactFrom(text, shortestInName),
  };
}

function spellings(secret: string): readonly string[] {
  const encoded = percentEncode(secret);
  // `encodeURIComponent` leaves these as they are.
  const loose = encoded.replace(/%(?:21|27|28|29|2A)/g, decodeURIComponent);
  return [secret, encoded, loose, JSON.stringify(secret).slice(1, -1)];
}

const pem = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
const token = /\b(Bearer|Basic) [A-Za-z0-9+/=._~-]{8,}/g;
/** Where an option stands by itself: in a sentence, in JSON. In a string {@link redactOptions} has been there before. */
const secretOption = new RegExp(`(${secretAssignment.source})[^&\\s"'\`,]+`, 'gi');

const scheme = /\b(?:mongodb(?:\+srv)?|socks5h?|https?):\/\//gi;

/**
 * Everything between `://` and the last `@` goes, as far as a secret that is not encoded may reach: in a connection
 * string to the end of the quoted text or of the line, in other URLs to white space or a quote. Placeholders in angle
 * brackets stay: they tell a person what to fill in. One pass, each character looked at once.
 */
function redactUrls(text: string): string {
  const pieces: string[] = [];
  let done = 0;
  for (const { 0: start, index } of text.matchAll(scheme)) {
    if (index < done) continue;
    const begin = index + start.length;
    const end = start.toLowerCase().startsWith('mongodb')
      ? endOfString(text, index, begin)
      : indexFrom(text, /[\s"'`]/g, begin);
    const body = text.slice(begin, end);
    const at = body.lastIndexOf('@');
    const isSecret = at >= 0 && !isPlaceholderOnly(body.slice(0, at));
    const kept = isSecret ? mask + redactOptions(body.slice(behindOption(body, at))) : redactOptions(body);
    pieces.push(text.slice(done, begin), kept);
    done = end;
  }
  return pieces.join('') + text.slice(done);
}

/** An option with its value as far as a driver reads it: to the next `&`, whatever else is in it. */
const option = /([?&]([^=&?]{1,200})=)[^&]+/g;

function redactOptions(text: string): string {
  return text.replace(option, (whole, start: string, name: string) => (isSecretOption(name) ? start + mask : whole));
}

/** `index`, or what follows the option there when that one is a secret: an `@` in it ends no credentials. */
function behindOption(text: string, index: number): number {
  for (const { 0: whole, 2: name = '', index: start } of text.matchAll(option)) {
    const end = start + whole.length;
    if (start > index) return index;
    if (end > index) return isSecretOption(name) ? end : index;
  }
  return index;
}

/**
 * Where the quotes close that a connection string begins in, else the end of its line: also when what stands in the
 * quotes is no connection string, because then the quote may be part of the password.
 */
function endOfString(text: string, start: number, begin: number): number {
  const quote = text.charAt(start - 1);
  const lineEnd = indexFrom(text, /[\r\n]/g, begin);
  if (!/^["'`]$/.test(quote)) return lineEnd;
  for (let index = begin; index < lineEnd; index += 1) {
    if (text.charAt(index) === '\\') index += 1;
    else if (text.charAt(index) === quote) {
      return parseConnectionString(text.slice(start, index)).ok ? index : lineEnd;
    }
  }
  return lineEnd;
}

function indexFrom(text: string, pattern: RegExp, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

/** `user:<db_password>`; a user name is no secret. */
function isPlaceholderOnly(credentials: string): boolean {
  const colon = credentials.indexOf(':');
  return /^[\w.~%<>-]+$/.test(credentials.slice(0, colon)) && isAnglePlaceholder(credentials.slice(colon + 1));
}
