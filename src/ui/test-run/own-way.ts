import { t } from '@vscode/l10n';
import { networkOfHost } from '../../connection-string/classify';
import { parseConnectionString } from '../../connection-string/parse';
import { proxyIn, usesTls } from '../../connection-string/transport';
import type { NetworkRoute } from '../../core/network';

/**
 * The SOCKS proxy, `host:port`, that a string has its test go through by itself: where the route names one, that one
 * counts. Whoever wrote the string chose it, and its hosts do not show it: it is named before a test begins. Undefined
 * for a text that does not parse, as nothing is connected to then.
 */
export function proxyOfString(connectionString: string, { socksProxy }: NetworkRoute): string | undefined {
  const parsed = parseConnectionString(connectionString);
  const proxy = parsed.ok && socksProxy === undefined ? proxyIn(parsed.value) : undefined;
  if (proxy === undefined) return undefined;
  // What a name cannot hold stays encoded: a line of a question must not begin in it.
  const host = proxy.host.replace(/[^\w.:-]/gu, encodeURIComponent);
  return `${host.includes(':') ? `[${host}]` : host}:${proxy.port}`;
}

/** True for a string that has a test speak to hosts of Atlas without TLS: Atlas takes no such connection. */
export function isPlainAtAtlas(connectionString: string): boolean {
  const parsed = parseConnectionString(connectionString);
  if (!parsed.ok || usesTls(parsed.value)) return false;
  return parsed.value.hosts.some(({ host }) => networkOfHost(host.toLowerCase()) !== 'not-atlas');
}

/** The proxy of a string, in words for a question. */
export function proxySentence(proxy: string): string {
  return t('The connection goes through the SOCKS proxy {0}, which the connection string names.', proxy);
}
