import * as vscode from 'vscode';
import { originOfBaseUrl } from '../core/base-url';
import { problem, ProblemError } from '../core/problem';
import { readDnsServer, type NetworkRoute } from '../core/network';

const section = 'atlasPrivateEndpoints';

/** Without a scope the settings of a folder do not count where several folders are open. */
function read(name: string, scope?: vscode.ConfigurationScope): unknown {
  return vscode.workspace.getConfiguration(section, scope).get<unknown>(name);
}

function text(name: string, scope?: vscode.ConfigurationScope): string {
  const value = read(name, scope);
  return typeof value === 'string' ? value.trim() : '';
}

function invalid(name: string, value: string, expected: string): ProblemError {
  return new ProblemError(problem('SETTING_INVALID', value, { setting: `${section}.${name}`, expected }));
}

/**
 * A base URL that is neither of Atlas's own: undefined when not set. Throws `SETTING_INVALID` unless it is `https:`,
 * or `http:` to this machine.
 */
export function customBaseUrl(): string | undefined {
  const value = text('atlas.baseUrl');
  if (value === '') return undefined;
  const origin = originOfBaseUrl(value);
  if (origin === undefined) {
    // Without what may stand before the host: a password.
    const shown = URL.canParse(value) ? new URL(value).host : value;
    throw invalid('atlas.baseUrl', shown, 'https://host[:port]');
  }
  return origin.origin;
}

/** How tests reach the network of the endpoint, by the settings. Throws `SETTING_INVALID`. */
export function routeFromSettings(): NetworkRoute {
  const servers = read('test.dnsServers');
  const dnsServers = Array.isArray(servers) ? servers.filter((one): one is string => typeof one === 'string') : [];
  const socksProxy = text('test.socksProxy');
  if (socksProxy !== '' && !/^socks5h?:\/\/\S+$/.test(socksProxy)) {
    // The value stays out of the message: it may hold a password.
    throw invalid('test.socksProxy', '…', 'socks5://host:port');
  }
  const caFile = text('test.caFile');
  return {
    dnsServers: dnsServers.map((server) => dnsServer(server.trim())),
    ...(socksProxy === '' ? {} : { socksProxy }),
    ...(caFile === '' ? {} : { caFile }),
  };
}

function dnsServer(text: string): string {
  const server = readDnsServer(text);
  if (server === undefined) throw invalid('test.dnsServers', text, 'host:port');
  return server;
}

/** Longest wait for one hop, in milliseconds. */
export function hopTimeoutMs(): number {
  const seconds = read('test.hopTimeoutSeconds');
  return (typeof seconds === 'number' && seconds >= 1 && seconds <= 60 ? seconds : 4) * 1000;
}

/** Name of the variable that a new entry in the dotenv file of a folder gets. Throws `SETTING_INVALID`. */
export function dotenvVariable(folder: vscode.Uri): string {
  const name = text('dotenv.variable', folder);
  if (name === '') return 'MONGODB_URI';
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw invalid('dotenv.variable', name, 'MONGODB_URI');
  return name;
}

/** Path of the dotenv file, relative to the workspace folder. Throws `SETTING_INVALID` when it leads outside. */
export function dotenvFile(folder: vscode.Uri): string {
  const path = text('dotenv.file', folder);
  if (path === '') return '.env';
  if (/^([/\\]|[A-Za-z]:)/.test(path) || path.split(/[/\\]/).includes('..')) {
    throw invalid('dotenv.file', path, '.env');
  }
  return path;
}

/** Whether lines of information stand above connection strings. */
export function isCodeLensOn(scope: vscode.ConfigurationScope): boolean {
  return vscode.workspace.getConfiguration(section, scope).get<unknown>('strings.codeLens') !== false;
}

/** Whether what is wrong with connection strings is shown as problems. */
export function areDiagnosticsOn(scope: vscode.ConfigurationScope): boolean {
  return vscode.workspace.getConfiguration(section, scope).get<unknown>('strings.diagnostics') !== false;
}
