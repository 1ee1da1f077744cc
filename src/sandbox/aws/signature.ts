import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { World } from '../world/world';
import { AwsRefusal } from './refusal';
import { sessionOf } from './session';

/** A request as it arrived, for what a signature covers. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query string as sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Who signed, and for what. */
export interface Caller {
  readonly arn: string;
  readonly userId: string;
  readonly region: string;
  readonly service: AwsService;
}

export type AwsService = 'ec2' | 'sts';

const algorithm = 'AWS4-HMAC-SHA256';
/** How far the clocks of client and service may lie apart (AWS: "Signature Version 4", request timestamps). */
const tolerance = 5 * 60_000;

interface Authorization {
  readonly keyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** The service that a request says it is for; EC2 unless it says STS. Says nothing about whether it may. */
export function claimedService(headers: IncomingHttpHeaders): AwsService {
  return readAuthorization(headers.authorization)?.service === 'sts' ? 'sts' : 'ec2';
}

/** The region that a request says it is for; empty when it says none. */
export function claimedRegion(headers: IncomingHttpHeaders): string {
  return readAuthorization(headers.authorization)?.region ?? '';
}

/**
 * Checks Signature Version 4 in the `Authorization` header against the world's one key, or temporary credentials that
 * were derived from it. `now` is the time of whoever checks: signatures are bound to real time, not the world's.
 * Throws an {@link AwsRefusal} with the code that the service uses.
 */
export function checkSignature(world: World, request: SignedRequest, now: number): Caller {
  const { headers } = request;
  if (headers.authorization === undefined) {
    throw new AwsRefusal('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
  }
  const given = readAuthorization(headers.authorization);
  const time = headers['x-amz-date'];
  if (given === undefined || typeof time !== 'string' || !given.signedHeaders.includes('host')) {
    throw new AwsRefusal(
      'IncompleteSignature',
      'Authorization header requires Credential, Signature and SignedHeaders with host, and a X-Amz-Date header.',
    );
  }
  const service: AwsService = given.service === 'sts' ? 'sts' : 'ec2';
  const mismatch = (why: string): AwsRefusal => new AwsRefusal('SignatureDoesNotMatch', why, 403);

  const token = headers['x-amz-security-token'];
  const owner = ownerOf(world, given.keyId, typeof token === 'string' ? token : undefined);
  if (owner === undefined) throw unknownKey(service);
  if (given.service !== service) throw mismatch('Credential should be scoped to a known service: ec2, sts.');
  if (!world.aws.regions.has(given.region)) throw mismatch('Credential should be scoped to a valid region.');
  const signedAt = readTime(time);
  if (signedAt === undefined || !time.startsWith(given.date)) {
    throw mismatch('Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP');
  }
  if (!equal(signatureOf(request, given, time, owner.secret), given.signature)) {
    throw mismatch(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    );
  }
  if (Math.abs(now - signedAt) > tolerance) {
    if (service === 'ec2') throw new AwsRefusal('RequestExpired', 'Request has expired.');
    throw mismatch(`Signature expired: ${time} is too far from the time of the service.`);
  }
  if (owner.expires !== undefined && owner.expires <= world.clock.now()) {
    throw service === 'ec2'
      ? new AwsRefusal('RequestExpired', 'Request has expired.')
      : new AwsRefusal('ExpiredToken', 'The security token included in the request is expired', 403);
  }
  return { arn: owner.arn, userId: owner.userId, region: given.region, service };
}

/** What a service says to a key that it does not know. */
export function unknownKey(service: AwsService): AwsRefusal {
  return service === 'sts'
    ? new AwsRefusal('InvalidClientTokenId', 'The security token included in the request is invalid.', 403)
    : new AwsRefusal('AuthFailure', 'AWS was not able to validate the provided access credentials', 401);
}

interface KeyOwner {
  readonly secret: string;
  readonly arn: string;
  readonly userId: string;
  readonly expires?: number;
}

function ownerOf(world: World, keyId: string, token: string | undefined): KeyOwner | undefined {
  if (token !== undefined) {
    const session = sessionOf(world, token);
    return session?.accessKeyId === keyId ? { ...session, secret: session.secretAccessKey } : undefined;
  }
  if (keyId !== world.credentials.awsAccessKeyId) return undefined;
  return { secret: world.credentials.awsSecretAccessKey, arn: world.aws.userArn, userId: 'AIDASANDBOXSANDBOX000' };
}

function readAuthorization(header: string | undefined): Authorization | undefined {
  if (header?.startsWith(`${algorithm} `) !== true) return undefined;
  const fields = new Map(
    header
      .slice(algorithm.length + 1)
      .split(',')
      .map((field): [string, string] => {
        const [name = '', ...value] = field.trim().split('=');
        return [name, value.join('=')];
      }),
  );
  const [keyId, date, region, service, end, ...more] = fields.get('Credential')?.split('/') ?? [];
  const signedHeaders = fields.get('SignedHeaders')?.split(';');
  const signature = fields.get('Signature');
  if (keyId === undefined || date === undefined || region === undefined || service === undefined) return undefined;
  if (end !== 'aws4_request' || more.length > 0 || signedHeaders === undefined || signature === undefined) {
    return undefined;
  }
  return { keyId, date, region, service, signedHeaders, signature };
}

/** Milliseconds of `20261124T161500Z`. */
function readTime(text: string): number | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  const time = Date.parse(`${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`);
  return Number.isNaN(time) ? undefined : time;
}

function signatureOf(request: SignedRequest, given: Authorization, time: string, secret: string): string {
  const [path = '/', search = ''] = request.target.split('?', 2);
  const canonicalQuery = [...new URLSearchParams(search)]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const headerLines = given.signedHeaders.map((name) => {
    const value = request.headers[name];
    const text = Array.isArray(value) ? value.join(',') : (value ?? '');
    return `${name}:${text.trim().replaceAll(/ +/g, ' ')}\n`;
  });
  const canonical = [
    request.method,
    path,
    canonicalQuery,
    headerLines.join(''),
    given.signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n');
  const scope = [given.date, given.region, given.service, 'aws4_request'];
  const key = scope.reduce<Buffer>((previous, part) => hmac(previous, part), Buffer.from(`AWS4${secret}`));
  return hmac(key, [algorithm, time, scope.join('/'), sha256(canonical)].join('\n')).toString('hex');
}

/** Percent-encoding as Signature Version 4 wants it (RFC 3986). */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
