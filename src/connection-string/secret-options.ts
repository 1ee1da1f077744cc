/**
 * Options of connection strings whose values are secrets, under every name that an official driver reads them by, in
 * lower case.
 */
const secretOptions: ReadonlySet<string> = new Set([
  // SOCKS5 specification of the drivers.
  'proxypassword',
  // URI options specification.
  'tlscertificatekeyfilepassword',
  // What it was called before there were `tls…` options: the C and Go drivers, PyMongo 3, the Node.js driver 3.
  'sslclientcertificatekeypassword',
  'ssl_pem_passphrase',
  'sslpass',
  'sslkeypassword',
  // Node.js driver: an option of `tls.connect` that it takes from a string, too.
  'passphrase',
]);

/** A property of `authMechanismProperties` that is a secret (authentication specification, MONGODB-AWS). */
const secretProperty = 'AWS_SESSION_TOKEN';

/** True for the name of an option that holds nothing but a secret; `name` as it is written, percent-encoded or not. */
export function isSecretOption(name: string): boolean {
  return secretOptions.has(lenient(name).toLowerCase());
}

/** True for an option that holds a secret among other things: a session token of AWS. */
export function holdsSecret(name: string): boolean {
  return isSecretOption(name) || lenient(name).toLowerCase() === 'authmechanismproperties';
}

/** What stands before the value of a secret, in any text: `proxyPassword=`, `AWS_SESSION_TOKEN:`; global, any case. */
export const secretAssignment = new RegExp(
  String.raw`\b(?:(?:${[...secretOptions].join('|')})(?:=|%3D)|${secretProperty}(?::|%3A))`,
  'gi',
);

function lenient(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
