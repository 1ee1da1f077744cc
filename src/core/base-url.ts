/**
 * The origin in a base URL of an Atlas, with whatever path behind it ignored; undefined unless it is `https`, or `http`
 * on this machine, without credentials in it.
 */
export function originOfBaseUrl(baseUrl: string): URL | undefined {
  if (!URL.canParse(baseUrl)) return undefined;
  const { protocol, hostname, username, password, origin } = new URL(baseUrl);
  const isHere = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u.test(hostname);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isHere);
  return isSafe && username === '' && password === '' ? new URL(origin) : undefined;
}
