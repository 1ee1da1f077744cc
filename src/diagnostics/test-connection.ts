import type { Clock } from '../core/clock';
import type { Logger } from '../core/logger';
import type { NetworkRoute } from '../core/network';
import type { TestEvent, TestReport } from './events';

/** How to sign in at the end of a test. Secrets live here for the duration of one test only. */
export type SignIn =
  | { readonly kind: 'skip' }
  /** User and password that stand in the string itself. */
  | { readonly kind: 'from-string' }
  | { readonly kind: 'password'; readonly username: string; readonly password: string; readonly authSource?: string }
  | {
      readonly kind: 'aws';
      readonly credentials: () => Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken?: string }>;
    }
  | { readonly kind: 'x509'; readonly certificateKeyFile: string; readonly passphrase?: string };

export interface TestRequest {
  readonly connectionString: string;
  readonly signIn: SignIn;
  readonly route: NetworkRoute;
  /** Longest wait for one hop and one subject, in milliseconds. */
  readonly hopTimeoutMs: number;
  readonly where: { readonly hostname: string; readonly kind: string };
}

export interface TestPorts {
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Tests a connection string hop by hop and tells every step to `onEvent`. Resolves with the report, also when a hop
 * failed or `signal` was aborted (outcome `cancelled`); afterwards no socket, timer or file is open.
 */
export declare function testConnection(
  request: TestRequest,
  ports: TestPorts,
  onEvent: (event: TestEvent) => void,
  signal?: AbortSignal,
): Promise<TestReport>;
