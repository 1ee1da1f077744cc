import { createHash, createHmac } from 'node:crypto';
import type { World } from '../world/world';

/** Temporary credentials of an assumed role. */
export interface AwsSession {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** `arn:aws:sts::<account>:assumed-role/<role>/<session>`. */
  readonly arn: string;
  readonly userId: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

interface Claims {
  readonly arn: string;
  readonly userId: string;
  readonly expires: number;
}

/**
 * Makes temporary credentials. Everything is in the token and derived from the world's secret, so that nobody has to
 * remember which ones were given out.
 */
export function issueSession(world: World, claims: Claims): AwsSession {
  return toSession(world, Buffer.from(JSON.stringify(claims)).toString('base64'), claims);
}

/** The credentials that belong to a token of this world, expired or not; undefined for any other text. */
export function sessionOf(world: World, token: string): AwsSession | undefined {
  const [payload = '', seal] = token.split('.');
  if (seal !== derive(world, 'token', payload)) return undefined;
  // Sealed by this world, hence what was put in.
  return toSession(world, payload, JSON.parse(Buffer.from(payload, 'base64').toString()) as Claims);
}

function toSession(world: World, payload: string, { arn, userId, expires }: Claims): AwsSession {
  const label = createHash('sha256').update(payload).digest('hex').toUpperCase().slice(0, 16);
  return {
    accessKeyId: `ASIA${label}`,
    secretAccessKey: derive(world, 'secret', payload),
    sessionToken: `${payload}.${derive(world, 'token', payload)}`,
    arn,
    userId,
    expires,
  };
}

function derive(world: World, purpose: string, payload: string): string {
  return createHmac('sha256', world.credentials.awsSecretAccessKey).update(`${purpose}:${payload}`).digest('base64');
}
