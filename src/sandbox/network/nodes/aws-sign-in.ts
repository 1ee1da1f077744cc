import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Binary, deserialize, serialize } from 'bson';
import { SignatureV4 } from '@smithy/signature-v4';
import type { World } from '../../world/world';

/** A MONGODB-AWS conversation (driver specification, Authentication): the client signs a request to AWS STS. */
export interface AwsConversation {
  readonly firstReply: Buffer;
  /** The ARN that the signed request proves, or undefined. */
  finish(payload: Buffer): Promise<string | undefined>;
}

const host = 'sts.amazonaws.com';
const body = 'Action=GetCallerIdentity&Version=2011-06-15';

class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data));
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
  reset(): void {
    throw new Error('used once');
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  if (data instanceof ArrayBuffer) return Buffer.from(data);
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

/** Begins a sign-in with the sandbox's AWS account. Answers undefined for a malformed first message. */
export function startAws(world: World, payload: Buffer): AwsConversation | undefined {
  const first = read(payload);
  const clientNonce: unknown = first?.r;
  if (!(clientNonce instanceof Binary) || clientNonce.length() !== 32) return undefined;
  const nonce = Buffer.concat([clientNonce.buffer.subarray(0, 32), randomBytes(32)]);
  return {
    firstReply: Buffer.from(serialize({ s: new Binary(nonce), h: host })),
    async finish(answer) {
      const { a: authorization, d: date } = read(answer) ?? {};
      const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(typeof date === 'string' ? date : '');
      if (match === null || typeof authorization !== 'string') return undefined;
      const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
      const { awsAccessKeyId, awsSecretAccessKey } = world.credentials;
      const signer = new SignatureV4({
        service: 'sts',
        region: 'us-east-1',
        credentials: { accessKeyId: awsAccessKeyId, secretAccessKey: awsSecretAccessKey },
        sha256: Sha256,
        applyChecksum: false,
      });
      const request = {
        method: 'POST',
        protocol: 'https:',
        hostname: host,
        path: '/',
        query: {},
        headers: {
          host,
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': String(body.length),
          'x-mongodb-server-nonce': nonce.toString('base64'),
          'x-mongodb-gs2-cb-flag': 'n',
        },
        body,
      };
      const signingDate = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
      const signed = await signer.sign(request, { signingDate });
      const expected = Buffer.from(signed.headers.authorization ?? '');
      const given = Buffer.from(authorization.replaceAll(/,\s*/g, ', '));
      return given.length === expected.length && timingSafeEqual(given, expected) ? world.aws.userArn : undefined;
    },
  };
}

function read(payload: Buffer): Record<string, unknown> | undefined {
  try {
    return deserialize(payload);
  } catch {
    return undefined;
  }
}
