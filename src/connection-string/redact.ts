/** Takes secrets out of texts: log lines, reports, messages. */
export interface Redactor {
  /** Tells a secret at its birth; from then on it shows in no text. Very short ones are left to the patterns. */
  readonly register: (secret: string) => void;
  readonly redact: (text: string) => string;
}

const mask = '<redacted>';

/** Shorter ones would tear ordinary words apart. */
const shortestSecret = 4;

/**
 * Known secrets first, in every spelling that a text may have them in; then what looks like a secret: credentials of
 * connection strings and proxies, PEM keys, bearer and basic tokens.
 */
export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  return {
    register: (secret) => {
      if (secret.length < shortestSecret) return;
      for (const spelling of spellings(secret)) secrets.add(spelling);
    },
    redact: (text) => {
      // Longer ones first: a secret may hold another one.
      const known = [...secrets].sort((a, b) => b.length - a.length);
      return known
        .reduce((result, secret) => result.replaceAll(secret, mask), text)
        .replace(pem, mask)
        .replace(token, `$1 ${mask}`)
        .replace(url, redactUrl);
    },
  };
}

function spellings(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
}

const pem = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
const token = /\b(Bearer|Basic) [A-Za-z0-9+/=._~-]{8,}/g;
/** Up to white space or a quote: an unencoded password may hold `/`, `?` and `@`. */
const url = /\b(mongodb(?:\+srv)?|socks5h?|https?):\/\/[^\s"'`]*@/gi;

/** Everything between `://` and the last `@` goes. */
function redactUrl(match: string, scheme: string): string {
  return match.startsWith(`${scheme}://`) ? `${scheme}://${mask}@` : match;
}
