import { gunzipSync, gzipSync } from 'node:zlib';

/**
 * A report as lines of text that survive a terminal: copied by hand, wrapped, coloured, with a banner before and a
 * prompt behind. Between the two marks stands the JSON of `reportJson`, compressed, in base64.
 */
const marks = {
  begin: '-----BEGIN PRIVATE ENDPOINT TEST REPORT-----',
  end: '-----END PRIVATE ENDPOINT TEST REPORT-----',
} as const;

const columns = 64;

/** Longest JSON that is unpacked, in bytes: a test of 1,000 nodes has a tenth of it. */
const longestJson = 16 * 1024 * 1024;

export function writeReportBlock(json: string): string {
  const packed = gzipSync(json, { level: 9 }).toString('base64');
  const lines = packed.match(new RegExp(`.{1,${columns}}`, 'g')) ?? [];
  return [marks.begin, ...lines, marks.end, ''].join('\n');
}

/**
 * The JSON in the last block of a text; a text that is JSON itself is taken as it is. Undefined when there is no whole
 * block, or when what is in it cannot be unpacked or is larger than any report.
 */
export function readReportBlock(text: string): string | undefined {
  const plain = text.trim();
  if (plain.startsWith('{')) return plain.length <= longestJson ? plain : undefined;
  const end = text.lastIndexOf(marks.end);
  const begin = end < 0 ? -1 : text.lastIndexOf(marks.begin, end);
  if (begin < 0) return undefined;
  // Escape sequences of the terminal first: they hold letters and digits, too.
  const inner = text.slice(begin + marks.begin.length, end).replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '');
  const packed = inner.replace(/[^A-Za-z0-9+/=]/g, '');
  try {
    return gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: longestJson }).toString('utf8');
  } catch {
    return undefined;
  }
}
