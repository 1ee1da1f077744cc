import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ToExtension } from '../../../webview/protocol';
import { limits, readMessage } from '../../../src/ui/page/read-message';

/** One of each type. */
const good: readonly ToExtension[] = [
  { type: 'ready' },
  { type: 'cancel' },
  { type: 'set', field: 'vpc', value: 'vpc-1' },
  { type: 'set', field: 'portMapping', value: true },
  { type: 'set', field: 'subnets', value: ['subnet-1', 'subnet-2'] },
  { type: 'do', step: 'cloud' },
  { type: 'submit-elsewhere', step: 'register' },
  { type: 'show-commands', step: 'cloud', open: true },
  { type: 'show-elsewhere', step: 'register', open: false },
  { type: 'choose-shell', shell: 'powershell' },
  { type: 'action', action: 'refresh' },
  { type: 'action', action: 'remove-endpoint', subject: 'vpce-1' },
  { type: 'copy', what: 'string', id: 'a/b' },
  { type: 'open-command', id: '1' },
  { type: 'insert', string: 's' },
  { type: 'test', string: 's' },
  { type: 'confirm', confirmation: 'c', typed: 'us-east-1', options: ['cloud'] },
  { type: 'dismiss', confirmation: 'c' },
  { type: 'page-error', message: 'x' },
];

describe('messages from the page', () => {
  it('are taken as they are when they are right', () => {
    for (const message of good) assert.deepEqual(readMessage(structuredClone(message)), message);
  });

  it('lose every property that the protocol does not know', () => {
    const read = readMessage(JSON.parse('{"type":"do","step":"cloud","extra":1,"__proto__":{"admin":true}}'));
    assert.deepEqual(read, { type: 'do', step: 'cloud' });
    assert.equal(Object.getPrototypeOf(read), Object.prototype);
  });

  const hostile: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['a text', 'ready'],
    ['a list', [{ type: 'ready' }]],
    ['no type', {}],
    ['an unknown type', { type: 'evaluate', script: 'x' }],
    ['a type from the prototype', { type: 'toString' }],
    ['a type that is an object', { type: { toString: () => 'ready' } }],
    ['a step from the prototype', { type: 'do', step: 'constructor' }],
    ['a step that is a list', { type: 'do', step: ['cloud'] }],
    ['no step', { type: 'do' }],
    ['an unknown field', { type: 'set', field: 'password', value: 'x' }],
    ['a field from the prototype', { type: 'set', field: '__proto__', value: 'x' }],
    ['a number for a value', { type: 'set', field: 'vpc', value: 1 }],
    ['an object for a value', { type: 'set', field: 'vpc', value: { length: 1 } }],
    ['a list with an object in it', { type: 'set', field: 'subnets', value: ['a', {}] }],
    ['a list with a hole in it', { type: 'set', field: 'subnets', value: new Array(3) }],
    ['a list that is too long', { type: 'set', field: 'subnets', value: Array(limits.list + 1).fill('a') }],
    ['a text that is too long', { type: 'set', field: 'vpc', value: 'a'.repeat(limits.text + 1) }],
    ['a paste that is too long', { type: 'set', field: 'pasted', value: 'a'.repeat(limits.pasted + 1) }],
    ['an unknown action', { type: 'action', action: 'delete-everything' }],
    ['an action with an object', { type: 'action', action: 'refresh', subject: {} }],
    ['text to copy', { type: 'copy', what: 'text', id: 'x' }],
    ['a copy without id', { type: 'copy', what: 'string' }],
    ['an unknown shell', { type: 'choose-shell', shell: 'cmd' }],
    ['open that is no boolean', { type: 'show-commands', step: 'cloud', open: 'true' }],
    ['a confirmation without what was typed', { type: 'confirm', confirmation: 'c', options: [] }],
    ['a confirmation with options that are no list', { type: 'confirm', confirmation: 'c', typed: '', options: 'all' }],
  ];
  for (const [name, message] of hostile) {
    it(`are refused: ${name}`, () => {
      assert.equal(readMessage(message), undefined);
    });
  }

  it('may be pasted long where that is what the field is for', () => {
    const value = 'a'.repeat(limits.pasted);
    assert.deepEqual(readMessage({ type: 'set', field: 'pasted', value }), { type: 'set', field: 'pasted', value });
  });

  it('keep only the beginning of an error', () => {
    const read = readMessage({ type: 'page-error', message: 'a'.repeat(100_000) });
    assert.equal(read?.type === 'page-error' && read.message.length, limits.error);
  });

  it('never throw and never let through what is not a message, whatever comes', () => {
    const types = new Set(good.map(({ type }) => type as string));
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: true, withBigInt: true }),
        fc.constantFrom(...types),
        (rest, type) => {
          const read = readMessage(typeof rest === 'object' && rest !== null ? { ...rest, type } : rest);
          assert.ok(read === undefined || types.has(read.type));
        },
      ),
    );
  });
});
