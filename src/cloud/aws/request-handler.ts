import { Transform, type Readable } from 'node:stream';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { problem, ProblemError } from '../../core/problem';

/** Milliseconds. */
export const awsTimeouts = { connection: 10_000, request: 30_000 } as const;

/** Beyond anything that EC2 answers on one page. */
const maximumReply = 20_000_000;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Sends requests to AWS: in bounded time, with replies of bounded size, through the proxy of the environment
 * (`HTTPS_PROXY`, `NO_PROXY`) where there is one. Within the editor its own proxy settings apply as well, since it
 * stands behind `node:https`. Throws a `ProblemError` with `AWS_PROXY_UNUSABLE`.
 */
export function createRequestHandler(
  environment: Environment,
  timeouts: { readonly connection: number; readonly request: number } = awsTimeouts,
): NodeHttpHandler {
  const proxy = proxyOf(environment);
  const bypassed = bypassList(environment);
  return new AwsRequestHandler(timeouts, proxy === undefined ? undefined : new HttpsProxyAgent(proxy), bypassed);
}

class AwsRequestHandler extends NodeHttpHandler {
  private readonly proxied: NodeHttpHandler | undefined;

  constructor(
    timeouts: { readonly connection: number; readonly request: number },
    agent: HttpsProxyAgent<string> | undefined,
    private readonly bypassed: readonly string[],
  ) {
    const options = {
      connectionTimeout: timeouts.connection,
      requestTimeout: timeouts.request,
      throwOnRequestTimeout: true,
    };
    super(options);
    this.proxied = agent === undefined ? undefined : new NodeHttpHandler({ ...options, httpsAgent: agent });
  }

  override async handle(
    ...[request, options]: Parameters<NodeHttpHandler['handle']>
  ): ReturnType<NodeHttpHandler['handle']> {
    const goesDirectly = this.proxied === undefined || isBypassed(request.hostname, this.bypassed);
    const { response } = goesDirectly
      ? await super.handle(request, options)
      : await this.proxied.handle(request, options);
    response.body = bounded(response.body as Readable);
    return { response };
  }

  override destroy(): void {
    super.destroy();
    this.proxied?.destroy();
  }
}

function bounded(body: Readable): Readable {
  let size = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      done(size > maximumReply ? new SyntaxError('The reply is larger than any of AWS') : null, chunk);
    },
  });
  body.once('error', (error) => limit.destroy(error));
  body.once('close', () => {
    // Cut off in the middle, without an error of its own.
    if (!body.readableEnded) limit.destroy(new SyntaxError('The reply was aborted'));
  });
  limit.once('close', () => body.destroy());
  return body.pipe(limit);
}

function proxyOf(environment: Environment): string | undefined {
  for (const variable of ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']) {
    const value = environment[variable]?.trim();
    if (value === undefined || value === '') continue;
    const address = value.includes('://') ? value : `http://${value}`;
    if (/^https?:\/\//iu.test(address) && URL.canParse(address)) return address;
    // A password may be in it.
    const shown = address.replace(/\/\/.*@/su, '//…@');
    throw new ProblemError(problem('AWS_PROXY_UNUSABLE', shown, { variable }));
  }
  return undefined;
}

function bypassList(environment: Environment): readonly string[] {
  const list = environment.NO_PROXY ?? environment.no_proxy ?? '';
  return list
    .split(/[\s,]+/u)
    .map((entry) =>
      entry
        .toLowerCase()
        .replace(/^\*?\./u, '')
        .replace(/:\d+$/u, ''),
    )
    .filter((entry) => entry !== '');
}

/** Addresses of this machine, and of the machine's own metadata service, never go through a proxy. */
const localHosts = ['localhost', '127.0.0.1', '::1', '[::1]', '169.254.169.254', '169.254.170.2'];

function isBypassed(host: string, bypassed: readonly string[]): boolean {
  const name = host.toLowerCase();
  return (
    localHosts.includes(name) || bypassed.some((entry) => entry === '*' || name === entry || name.endsWith(`.${entry}`))
  );
}
