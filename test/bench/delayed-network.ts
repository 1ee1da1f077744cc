// node --import tsx test/bench/delayed-network.ts PORT MILLISECONDS
//
// A network that is some way off: takes connections on a port of its own, which it prints, and hands every byte on to
// PORT of this machine, and back, after so many milliseconds. A process of its own, as it shall cost others nothing.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

const loopback = '127.0.0.1';
const [port, delay] = process.argv.slice(2).map(Number);
if (port === undefined || delay === undefined) throw new Error('PORT and MILLISECONDS are missing.');

/** Timers of the same length go off in the order in which they were set: no byte overtakes another. */
function handOn(from: Socket, to: Socket): void {
  const later = (work: () => void): void => {
    setTimeout(work, delay);
  };
  from.on('data', (bytes) => later(() => to.write(bytes)));
  from.on('end', () => later(() => to.end()));
  from.on('error', () => later(() => to.destroy()));
  from.on('close', () => later(() => to.destroy()));
}

const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
  const far = connect({ host: loopback, port, allowHalfOpen: true, noDelay: true });
  handOn(near, far);
  handOn(far, near);
});
server.listen(0, loopback, () => {
  console.log(String((server.address() as AddressInfo).port));
});
