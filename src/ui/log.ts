import * as vscode from 'vscode';
import type { Logger } from '../core/logger';

/** The log "Atlas Private Endpoints": redacted where it is written, never opened by itself. */
export interface Log extends Logger {
  dispose(): void;
  show(): void;
  /** The last lines as they were written, for tests and bug reports. */
  lines(): readonly string[];
}

const keptLines = 500;

/** Opens the output channel when the first line is written. */
export function createLog(redact: (text: string) => string): Log {
  let channel: vscode.LogOutputChannel | undefined;
  const kept: string[] = [];
  const open = (): vscode.LogOutputChannel =>
    (channel ??= vscode.window.createOutputChannel('Atlas Private Endpoints', { log: true }));
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string): void => {
      const line = redact(message);
      kept.push(line);
      if (kept.length > keptLines) kept.shift();
      open()[level](line);
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    show: () => open().show(true),
    lines: () => [...kept],
    dispose: () => {
      channel?.dispose();
    },
  };
}
