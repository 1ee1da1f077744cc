import { createRedactor } from '../../src/connection-string/redact';
import { timed, type Bench } from './figure';

const lines = [
  'debug GET /api/atlas/v2/groups/32b6e34b3d91647abb20e7b8/clusters: 200',
  'info hop srv passed: _mongodb._tcp.cluster0-pl-0.ab1cd.mongodb.net answered 3 records in 14 ms',
  'info mongodb+srv://app:s3cr3t-p%40ss@cluster0-pl-0.ab1cd.mongodb.net/shop?retryWrites=true failed at tls',
  'debug authorization: Bearer 0123456789abcdef0123456789abcdef',
];

/** Log lines with secrets in every fourth, as far as they are this long. */
function logOf(bytes: number): string {
  const block = `${lines.join('\n')}\n`;
  return block.repeat(Math.ceil(bytes / block.length)).slice(0, bytes);
}

/** Everything that is shown, logged or saved goes through the redactor. */
export const bench: Bench = {
  title: 'Redaction',
  run: async () => {
    const { register, redact } = createRedactor();
    for (let index = 0; index < 20; index += 1) register(`secret-number-${String(index)}-@/"`);
    const line = lines[2] ?? '';
    const small = logOf(100_000);
    const large = logOf(1_000_000);
    const [perLine, perSmall, perLarge] = [
      await timed(() => {
        for (let count = 0; count < 1000; count += 1) redact(line);
      }),
      await timed(() => redact(small)),
      await timed(() => redact(large)),
    ];
    return [
      { name: 'one log line, 20 known secrets', value: perLine / 1000, unit: 'ms', limit: 1 },
      { name: 'a report of 100 kB', value: perSmall, unit: 'ms', limit: 50 },
      { name: '1 MB for 100 kB', value: perLarge / perSmall, unit: 'times', limit: 20, note: 'grows with the text' },
    ];
  },
};
