import { Binary, type Document } from 'bson';
import { faultOn } from '../faults';
import { startAws } from './aws-sign-in';
import { findDatabaseUser, passwordOf } from './database-users';
import { failure, type Handler, type NodeConnection } from './node-connection';
import { isScramMechanism, startScram, type ScramMechanism } from './scram';

/** What Atlas says for every sign-in that fails, whatever the reason. */
const badAuth = (): Document => failure(8000, 'AtlasError', 'bad auth : authentication failed');

const conversationId = 1;

function step(payload: Buffer | string, done: boolean): Document {
  return { conversationId, done, payload: new Binary(Buffer.from(payload)), ok: 1 };
}

/** Takes the user over, if there is one of that name and nothing forbids it. */
function accept(connection: NodeConnection, database: string, username: string): boolean {
  const identity = connection.identity();
  const user = findDatabaseUser(connection.world, identity, database, username);
  if (user === undefined || faultOn(connection.world, 'auth-fails', ...identity.subjects)) return false;
  connection.user = { user, database };
  return true;
}

export const saslStart: Handler = (connection, command, database) => {
  delete connection.signIn;
  const mechanism: unknown = command.mechanism;
  const payload = bytesOf(command.payload);
  if (isScramMechanism(mechanism)) {
    const options: unknown = command.options;
    const skip = typeof options === 'object' && options !== null && 'skipEmptyExchange' in options;
    return beginScram(connection, mechanism, payload, database, skip && options.skipEmptyExchange === true);
  }
  if (mechanism === 'MONGODB-AWS') return beginAws(connection, payload);
  const message = `Received authentication for mechanism ${String(mechanism)} which is unknown or not enabled`;
  return failure(334, 'MechanismUnavailable', message);
};

function beginScram(
  connection: NodeConnection,
  mechanism: ScramMechanism,
  payload: Buffer,
  database: string,
  skipEmptyExchange: boolean,
): Document {
  const { world } = connection;
  const identity = connection.identity();
  const scram = startScram(mechanism, payload.toString(), (username) =>
    passwordOf(world, identity, database, username),
  );
  if (scram === undefined) return badAuth();
  connection.signIn = async (answer) => {
    const signature = await scram.finish(answer.toString());
    if (signature === undefined) return badAuth();
    const finish = (last: string): Document =>
      accept(connection, database, scram.username) ? step(last, true) : badAuth();
    if (skipEmptyExchange) return finish(signature);
    if (faultOn(world, 'auth-fails', ...connection.identity().subjects)) return badAuth();
    connection.signIn = () => Promise.resolve(finish(''));
    return step(signature, false);
  };
  return step(scram.firstReply, false);
}

function beginAws(connection: NodeConnection, payload: Buffer): Document {
  const aws = startAws(connection.world, payload);
  if (aws === undefined) return badAuth();
  connection.signIn = async (answer) => {
    const arn = await aws.finish(answer);
    return arn !== undefined && accept(connection, '$external', arn) ? step('', true) : badAuth();
  };
  return step(aws.firstReply, false);
}

export const saslContinue: Handler = async (connection, command) => {
  const { signIn } = connection;
  delete connection.signIn;
  if (signIn === undefined || command.conversationId !== conversationId) {
    return failure(17, 'ProtocolError', 'No SASL session state found');
  }
  return signIn(bytesOf(command.payload));
};

/** `authenticate` with MONGODB-X509: the user is the subject of the client's certificate. */
export const authenticate: Handler = (connection, command) => {
  const subject = connection.clientSubject();
  if (command.mechanism !== 'MONGODB-X509' || subject === undefined) return badAuth();
  if (command.user !== undefined && command.user !== subject) return badAuth();
  return accept(connection, '$external', subject) ? { dbname: '$external', user: subject, ok: 1 } : badAuth();
};

/** The part of hello that saves a round trip: begins a sign-in, or leaves it to the client to ask step by step. */
export async function speculate(
  connection: NodeConnection,
  speculative: Document,
  database: string,
): Promise<Document | undefined> {
  const from: unknown = speculative.db;
  const handler = 'saslStart' in speculative ? saslStart : authenticate;
  const begun = await handler(connection, speculative, typeof from === 'string' ? from : database);
  return begun.ok === 1 ? begun : undefined;
}

function bytesOf(payload: unknown): Buffer {
  if (payload instanceof Binary) return Buffer.from(payload.buffer.subarray(0, payload.position));
  if (payload instanceof Uint8Array) return Buffer.from(payload);
  return Buffer.from(typeof payload === 'string' ? payload : '');
}
