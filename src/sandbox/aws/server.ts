import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { World } from '../world/world';

/** Starts the AWS APIs of a world on a random port of the loopback interface; so far they answer `ServiceUnavailable`. */
export async function startAws(world: World): Promise<{ readonly endpoint: string; close(): Promise<void> }> {
  const server = createServer((_request, response) => {
    response.writeHead(503, { 'Content-Type': 'text/xml', Server: `sandbox ${world.scenario}` });
    response.end('<Response><Errors><Error><Code>ServiceUnavailable</Code></Error></Errors></Response>');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
