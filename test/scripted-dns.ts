import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { decode, encode, type Answer, type OptAnswer, type Question } from 'dns-packet';

/** What a question is answered with: records, a response code (RFC 1035, section 4.1.1), bytes, or nothing. */
export type Script = (
  question: Question,
  edns: boolean,
) => { readonly rcode?: number; readonly answers?: readonly Answer[] } | Buffer | 'silence';

export interface ScriptedDns {
  readonly address: string;
  /** `TYPE name` of every question, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** A DNS server on the loopback interface, over UDP, that says what the script says. */
export async function scriptedDns(script: Script, host = '127.0.0.1'): Promise<ScriptedDns> {
  const asked: string[] = [];
  const server = createSocket('udp4');
  server.on('message', (bytes, { port, address }) => {
    const { id = 0, questions: [question] = [], additionals = [] } = decode(bytes);
    if (question === undefined) return;
    asked.push(`${question.type} ${question.name}`);
    const edns = additionals.some((each): each is OptAnswer => each.type === 'OPT');
    const said = script(question, edns);
    if (said === 'silence') return;
    const { type, name } = question;
    const message = Buffer.isBuffer(said)
      ? Buffer.concat([bytes.subarray(0, 2), said])
      : encode({
          ...{ type: 'response', id, flags: 0x180 | (said.rcode ?? 0) },
          ...{ questions: [{ type, name }], answers: [...(said.answers ?? [])] },
        });
    server.send(message, port, address, () => undefined);
  });
  // A port that is nobody's for TCP either: whoever falls back to it is refused.
  const probe = createServer().listen(0, host);
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  server.bind(port, host);
  await once(server, 'listening');
  return {
    address: `${host}:${String(port)}`,
    asked,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export const records = {
  a: (name: string, data: string): Answer => ({ type: 'A', name, ttl: 1, data }),
  cname: (name: string, data: string): Answer => ({ type: 'CNAME', name, ttl: 1, data }),
  txt: (name: string, data: string): Answer => ({ type: 'TXT', name, ttl: 1, data: [data] }),
  srv: (name: string, target: string, port: number): Answer => ({
    ...{ type: 'SRV', name, ttl: 1 },
    data: { priority: 0, weight: 0, target, port },
  }),
};
