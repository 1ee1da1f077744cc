import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolEnvironment } from './debian-tools';

/** The network of this process, which nobody else is in. */
export interface Namespace {
  /** Gives this machine addresses; IPv6 as well. */
  addAddresses(addresses: readonly string[]): void;
  /** Sets the packet filter: these rules for what arrives, all else passes. (The sender would be told at once.) */
  filter(...rules: readonly string[]): void;
  /** The DNS servers in `resolv.conf`, for processes that start from now on. */
  setResolvers(addresses: readonly string[]): void;
  /** What the operating system alone knows, by its `hosts` file: names with their addresses. */
  setHosts(hosts: readonly (readonly [name: string, address: string])[]): void;
  close(): void;
}

/**
 * Takes over the namespace that the tests were started in. Throws outside of one: it would change this machine's own
 * network.
 */
export function takeNamespace(): Namespace {
  assert.deepEqual(networkInterfaces(), {}, 'run these tests with npm run test:namespaces');
  const folder = mkdtempSync(join(tmpdir(), 'namespace-'));
  const mountFile = (target: string, content: string): string => {
    const file = join(folder, target.replaceAll('/', '-'));
    writeFileSync(file, content);
    run('mount', ['--bind', file, target]);
    return file;
  };
  // Names come from the DNS servers of the tests, whatever this machine has beside them.
  mountFile('/etc/nsswitch.conf', 'passwd: files\ngroup: files\nhosts: files dns\n');
  const localhost = '127.0.0.1 localhost\n::1 localhost\n';
  const hostsFile = mountFile('/etc/hosts', localhost);
  const resolvConf = mountFile('/etc/resolv.conf', '');
  run('ip', ['link', 'set', 'lo', 'up']);
  return {
    addAddresses(addresses) {
      for (const address of addresses) {
        const host = address.includes(':') ? [`${address}/128`, 'nodad'] : [`${address}/32`];
        run('ip', ['address', 'add', ...host, 'dev', 'lo']);
      }
    },
    filter(...rules) {
      const chain = ['type filter hook input priority 0', 'policy accept', ...rules];
      run('nft', ['-f', '-'], `flush ruleset\ntable inet tests {\nchain arriving {\n${chain.join('\n')}\n}\n}\n`);
    },
    setResolvers(addresses) {
      // In place: the file is mounted.
      writeFileSync(resolvConf, addresses.map((address) => `nameserver ${address}\n`).join(''));
    },
    setHosts(hosts) {
      writeFileSync(hostsFile, localhost + hosts.map(([name, address]) => `${address} ${name}\n`).join(''));
    },
    close() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function run(program: string, args: readonly string[], input = ''): void {
  const { status, stderr, error } = spawnSync(program, args, { input, encoding: 'utf8', env: toolEnvironment() });
  assert.equal(status, 0, `${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
}
