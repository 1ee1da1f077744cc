import { parseArgs } from 'node:util';
import { readDnsServer } from '../core/network';

/** What the command line asks for. Secrets are not in it: they come from the environment or from standard input. */
export interface Arguments {
  /** Absent when it comes from the environment. */
  readonly connectionString?: string;
  readonly stringVariable: string;
  readonly dnsServers: readonly string[];
  readonly proxy?: string;
  readonly caFile?: string;
  readonly username?: string;
  readonly authSource?: string;
  readonly passwordVariable: string;
  /** An option says where the password comes from. */
  readonly passwordGiven: boolean;
  readonly passwordFromStdin: boolean;
  /** Asked at the terminal, without echo. */
  readonly passwordPrompt: boolean;
  readonly aws: boolean;
  readonly certificateFile?: string;
  readonly skipSignIn: boolean;
  readonly timeoutMs: number;
  readonly output: 'text' | 'json' | 'junit';
  /** A file for the report as a block of text that the extension reads; `-` prints it behind everything else. */
  readonly reportFile?: string;
  /** A file for JUnit XML, beside what is printed. */
  readonly junitFile?: string;
  /** What the report calls this machine's kind: `local`, `container`, `kubernetes`, … */
  readonly where: string;
}

export const usage = `Usage: helper.js test [connection string] [options]

Tests a MongoDB Atlas connection string hop by hop, from this machine: SRV, CNAME,
addresses, TCP to every address and port, TLS, hello, sign-in, ping.

  connection string       if left out, the environment variable MONGODB_URI, which
                          keeps it out of the list of processes
  --string-env NAME       another variable for it

  --dns HOST:PORT         ask this DNS server instead of the system's; can be repeated
  --proxy socks5://…      connect through a SOCKS5 proxy; without --dns it resolves names
  --ca FILE               also trust the certificate authorities in this PEM file
  --timeout SECONDS       longest wait for one step, 0.1 to 60; 4 if left out

  --username NAME         sign in as this database user; if left out, as the user in the
                          string, and not at all when there is none
  --password-env NAME     its password is in this variable; MONGODB_PASSWORD if left out
  --password-stdin        its password is the first line of standard input
  --password-prompt       its password is asked for at the terminal, without echo
  --auth-source NAME      database that knows the user; as the string says if left out
  --aws                   sign in with MONGODB-AWS, as a string that says so does:
                          AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN
  --certificate FILE      sign in with X.509: certificate and key in a PEM file; the
                          passphrase, if any, as a password
  --no-sign-in            stop after hello

  --json                  print the report as JSON
  --junit                 print the report as JUnit XML
  --junit FILE            write JUnit XML to a file, beside what is printed
  --report FILE           write the report as a block of text that the editor reads to a
                          file, or with - behind what is printed
  --where KIND            what to call this place in the report; local if left out
  --help

Exit status: 0 all is well, 1 a check failed, 2 wrong usage.
`;

/** Reads the command line: what it asks for, or a sentence that says what is wrong with it; empty for `--help`. */
export function readArguments(list: readonly string[]): Arguments | string {
  let parsed;
  try {
    parsed = parseArgs({
      args: withJunitTarget(list),
      allowPositionals: true,
      options: {
        'string-env': { type: 'string' },
        dns: { type: 'string', multiple: true },
        proxy: { type: 'string' },
        ca: { type: 'string' },
        timeout: { type: 'string', default: '4' },
        username: { type: 'string' },
        'password-env': { type: 'string' },
        'password-stdin': { type: 'boolean', default: false },
        'password-prompt': { type: 'boolean', default: false },
        report: { type: 'string' },
        'auth-source': { type: 'string' },
        aws: { type: 'boolean', default: false },
        certificate: { type: 'string' },
        'no-sign-in': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        junit: { type: 'string' },
        where: { type: 'string', default: 'local' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { values, positionals } = parsed;
  if (values.help) return '';
  const [command, connectionString, ...more] = positionals;
  if (command !== 'test')
    return command === undefined ? 'A command is needed: test.' : 'There is only one command: test.';
  if (more.length > 0) return 'Only one connection string can be tested. Put it in quotes.';
  const timeout = Number(values.timeout);
  if (!(timeout >= 0.1 && timeout <= 60)) return '--timeout takes seconds from 0.1 to 60.';
  const dnsServers: string[] = [];
  for (const server of values.dns ?? []) {
    const whole = readDnsServer(server);
    if (whole === undefined) return '--dns takes HOST:PORT, as in 10.0.0.2:53.';
    dnsServers.push(whole);
  }
  const ways = [values.username !== undefined, values.aws, values.certificate !== undefined, values['no-sign-in']];
  if (ways.filter(Boolean).length > 1) {
    return 'Choose one of --username, --aws, --certificate and --no-sign-in.';
  }
  if (values['password-prompt'] && (values['password-stdin'] || values['password-env'] !== undefined)) {
    return 'Choose one of --password-prompt, --password-stdin and --password-env.';
  }
  if (values.username === '') return '--username takes the name of a database user.';
  if (values.report === '-' && (values.json || values.junit === '-')) {
    return 'With --json or --junit, name a file: --report FILE.';
  }
  if (values.json && values.junit === '-') return 'Choose one of --json and --junit, or name a file: --junit FILE.';
  return {
    ...(connectionString === undefined ? {} : { connectionString }),
    stringVariable: values['string-env'] ?? 'MONGODB_URI',
    dnsServers,
    ...(values.proxy === undefined ? {} : { proxy: values.proxy }),
    ...(values.ca === undefined ? {} : { caFile: values.ca }),
    ...(values.username === undefined ? {} : { username: values.username }),
    ...(values['auth-source'] === undefined ? {} : { authSource: values['auth-source'] }),
    passwordVariable: values['password-env'] ?? 'MONGODB_PASSWORD',
    passwordGiven: values['password-env'] !== undefined || values['password-stdin'] || values['password-prompt'],
    passwordFromStdin: values['password-stdin'],
    passwordPrompt: values['password-prompt'],
    ...(values.report === undefined ? {} : { reportFile: values.report }),
    aws: values.aws,
    ...(values.certificate === undefined ? {} : { certificateFile: values.certificate }),
    skipSignIn: values['no-sign-in'],
    timeoutMs: timeout * 1000,
    output: values.json ? 'json' : values.junit === '-' ? 'junit' : 'text',
    ...(values.junit === undefined || values.junit === '-' ? {} : { junitFile: values.junit }),
    where: values.where,
  };
}

/** `--junit` may stand without a value; then the XML is printed. */
function withJunitTarget(list: readonly string[]): string[] {
  return list.flatMap((argument, index) => {
    const isBare = argument === '--junit' && !isFile(list[index + 1]);
    return isBare ? ['--junit=-'] : [argument];
  });
}

/** What follows `--junit` is its file, unless it is an option, the command, or what shall be tested. */
function isFile(next: string | undefined): boolean {
  return next !== undefined && next !== 'test' && !/^-|^\s*mongodb(?:\+srv)?:/i.test(next);
}
