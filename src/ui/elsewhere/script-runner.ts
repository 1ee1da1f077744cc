import * as vscode from 'vscode';
import type { Shell } from '../../core/command-plan';

/** Runs scripts where the person sees them and can type; tests replace its function. */
export interface ScriptRunner {
  /**
   * Runs a script in a terminal and resolves with its exit status when it has ended; undefined when it was closed or
   * could not start.
   */
  run: (title: string, file: string, shell: Shell) => Promise<number | undefined>;
}

/** The shell that scripts are written for on this machine. */
export const localShell: Shell = process.platform === 'win32' ? 'powershell' : 'posix';

/** As a task: it has a terminal of its own, takes input, stays readable when it has ended, and leaves no history. */
export const terminalScripts: ScriptRunner = {
  run: async (title, file, shell) => {
    const execution =
      shell === 'posix'
        ? new vscode.ProcessExecution('sh', [file])
        : new vscode.ProcessExecution('powershell.exe', ['-NoProfile', '-ExecutionPolicy', 'Bypass', '-File', file]);
    const definition = { type: 'atlasPrivateEndpoints.test', file };
    const task = new vscode.Task(
      definition,
      vscode.TaskScope.Workspace,
      title,
      vscode.l10n.t('Private Endpoints'),
      execution,
      [],
    );
    task.presentationOptions = {
      reveal: vscode.TaskRevealKind.Always,
      focus: true,
      panel: vscode.TaskPanelKind.New,
      clear: false,
    };
    const isOurs = (other: vscode.Task): boolean => other.definition.file === file;
    return await new Promise((resolve, reject) => {
      const watches = [
        vscode.tasks.onDidEndTaskProcess(({ execution: ended, exitCode }) => {
          if (isOurs(ended.task)) finish(exitCode);
        }),
        // A task whose process never started has only this end; where both come, the other one comes first.
        vscode.tasks.onDidEndTask(({ execution: ended }) => {
          if (isOurs(ended.task)) setTimeout(() => finish(undefined), 1000);
        }),
      ];
      const stop = (): void => {
        for (const watch of watches) watch.dispose();
      };
      const finish = (status: number | undefined): void => {
        stop();
        resolve(status);
      };
      vscode.tasks.executeTask(task).then(undefined, (error: unknown) => {
        stop();
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
  },
};
