import assert from 'node:assert/strict';
import { readArguments, type Arguments } from '../../../src/helper/arguments';

function accepted(...list: string[]): Arguments {
  const read = readArguments(list);
  if (typeof read === 'string') assert.fail(read);
  return read;
}

describe('the command line of the helper', () => {
  const wrong: readonly [list: readonly string[], message: RegExp][] = [
    [[], /A command is needed/],
    [['ping'], /only one command/],
    [['test', 'mongodb://a', '--frobnicate'], /frobnicate/],
    [['test', 'mongodb://a', '--dns', 'a:b:c'], /--dns takes HOST:PORT/],
    [['test', 'mongodb://a', '--dns', '10.0.0.2:70000'], /--dns takes HOST:PORT/],
    [['test', 'mongodb://a', '--timeout', '0'], /--timeout/],
    [['test', 'mongodb://a', '--timeout', 'soon'], /--timeout/],
    [['test', 'mongodb://a', 'mongodb://b'], /Only one connection string/],
    [['test', 'mongodb://a', '--username', 'me', '--aws'], /Choose one/],
    [['test', 'mongodb://a', '--json', '--junit'], /Choose one/],
  ];
  for (const [list, message] of wrong) {
    it(`refuses: ${list.join(' ')}`, () => {
      const read = readArguments(list);
      assert.ok(typeof read === 'string');
      assert.match(read, message);
    });
  }

  it('has no option that takes a password', () => {
    assert.equal(typeof readArguments(['test', 'mongodb://a', '--password', 'secret']), 'string');
  });

  it('completes DNS servers with the port, in both families', () => {
    const { dnsServers } = accepted('test', '--dns', '10.0.0.2', '--dns', '[fd00::2]:5353', '--dns', 'fd00::3');
    assert.deepEqual(dnsServers, ['10.0.0.2:53', '[fd00::2]:5353', '[fd00::3]:53']);
  });

  it('prints JUnit when no file is named, wherever the option stands', () => {
    assert.equal(accepted('--junit', 'test', 'mongodb://a').output, 'junit');
    assert.equal(accepted('test', 'mongodb://a', '--junit').output, 'junit');
    const both = accepted('test', 'mongodb://a', '--junit', 'report.xml', '--json');
    assert.equal(both.output, 'json');
    assert.equal(both.junitFile, 'report.xml');
  });

  it('takes no connection string behind --junit for its file', () => {
    for (const string of ['mongodb+srv://app:canary@c.example.net', 'mongodb://a', 'MONGODB://a', ' mongodb://a']) {
      const read = accepted('test', '--junit', string);
      assert.deepEqual([read.connectionString, read.output, read.junitFile], [string, 'junit', undefined]);
    }
    assert.equal(accepted('test', 'mongodb://a', '--junit', 'mongodb-report.xml').junitFile, 'mongodb-report.xml');
  });

  it('leaves everything else to the environment', () => {
    const plain = accepted('test');
    assert.deepEqual(plain.connectionString, undefined);
    assert.equal(plain.stringVariable, 'MONGODB_URI');
    assert.equal(plain.passwordVariable, 'MONGODB_PASSWORD');
    assert.equal(plain.timeoutMs, 4000);
  });
});
