import type { ReadStream } from 'node:tty';

/**
 * Asks at the terminal, without echo. Undefined when the person gave up, by Ctrl+C or by an empty line. The question
 * goes to standard error: what is printed may be piped on.
 */
export async function askPassword(question: string, input: ReadStream = process.stdin): Promise<string | undefined> {
  process.stderr.write(question);
  input.setEncoding('utf8');
  input.setRawMode(true);
  input.resume();
  try {
    return await new Promise((resolve) => {
      let text = '';
      const onData = (data: string): void => {
        for (const character of data) {
          if (character === '\r' || character === '\n' || character === '\u0004') {
            finish(text === '' ? undefined : text);
            return;
          }
          if (character === '\u0003') {
            finish(undefined);
            return;
          }
          if (character === '\u007f' || character === '\b') text = text.replace(/.$/su, '');
          else if (character >= ' ') text += character;
        }
      };
      const onEnd = (): void => finish(undefined);
      const finish = (answer: string | undefined): void => {
        input.off('data', onData);
        input.off('end', onEnd);
        resolve(answer);
      };
      input.on('data', onData);
      input.on('end', onEnd);
    });
  } finally {
    input.setRawMode(false);
    input.pause();
    process.stderr.write('\n');
  }
}
