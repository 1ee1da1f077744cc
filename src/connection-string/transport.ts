import { optionOf, type ConnectionString } from './parse';

/** A SOCKS5 proxy that a connection string names for itself (SOCKS5 specification of the drivers). */
export interface StringProxy {
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
}

/** The proxy that drivers connect through because the string says so. */
export function proxyIn(string: ConnectionString): StringProxy | undefined {
  const host = optionOf(string, 'proxyHost');
  if (host === undefined) return undefined;
  const username = optionOf(string, 'proxyUsername');
  const password = optionOf(string, 'proxyPassword');
  return {
    host,
    port: Number(optionOf(string, 'proxyPort') ?? 1080),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  };
}

/** Whether connections are encrypted: what the string says, else only those of a seedlist. */
export function usesTls(string: ConnectionString): boolean {
  const value = optionOf(string, 'tls') ?? optionOf(string, 'ssl');
  return value === undefined ? string.scheme === 'mongodb+srv' : value === 'true';
}
