import * as vscode from 'vscode';
import { back, type Answer, type Choice, type Prompts, type Step } from './prompts';

type Item<T> = vscode.QuickPickItem & { readonly choice: Choice<T> };

/** Prompts by the editor's own quick picks, input boxes and modal messages. */
export const editorPrompts: Prompts = {
  pick: async <T>(
    question: Step & {
      placeholder: string;
      choices: readonly Choice<T>[] | Promise<readonly Choice<T>[]>;
      active?: (value: T) => boolean;
    },
  ): Promise<Answer<T>> => {
    const picker = vscode.window.createQuickPick<Item<T>>();
    arrange(picker, question);
    picker.placeholder = question.placeholder;
    picker.matchOnDescription = true;
    picker.matchOnDetail = true;
    picker.busy = true;
    return await new Promise<Answer<T>>((resolve, reject) => {
      const finish = finisher(picker, resolve);
      picker.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) finish(back);
      });
      picker.onDidAccept(() => {
        const choice = picker.selectedItems[0]?.choice;
        if (choice !== undefined && choice.unavailable !== true) finish(choice.value);
      });
      picker.onDidHide(() => finish(undefined));
      picker.show();
      Promise.resolve(question.choices).then(
        (choices) => {
          picker.items = choices.map(toItem);
          const active = picker.items.find(
            ({ choice }) => choice.unavailable !== true && question.active?.(choice.value) === true,
          );
          if (active !== undefined) picker.activeItems = [active];
          picker.busy = false;
        },
        (error: unknown) => {
          // First: disposing hides it, which counts as dismissed by the person.
          reject(error instanceof Error ? error : new Error(String(error)));
          picker.dispose();
        },
      );
    });
  },

  input: async (question) => {
    const box = vscode.window.createInputBox();
    arrange(box, question);
    box.prompt = question.prompt;
    box.password = question.password ?? false;
    box.value = question.value ?? '';
    if (question.placeholder !== undefined) box.placeholder = question.placeholder;
    return await new Promise<Answer<string>>((resolve) => {
      const finish = finisher(box, resolve);
      box.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) finish(back);
      });
      box.onDidChangeValue(() => {
        box.validationMessage = undefined;
      });
      box.onDidAccept(() => {
        const complaint = question.validate?.(box.value);
        if (complaint === undefined) finish(box.value);
        else box.validationMessage = complaint;
      });
      box.onDidHide(() => finish(undefined));
      box.show();
    });
  },

  confirm: async ({ message, detail, action }) => {
    const options = { modal: true, ...(detail === undefined ? {} : { detail }) };
    return (await vscode.window.showWarningMessage(message, options, action)) === action;
  },

  file: async ({ title, extensions }) => {
    const [chosen] =
      (await vscode.window.showOpenDialog({
        title,
        canSelectMany: false,
        filters: { [vscode.l10n.t('Certificate and key')]: [...extensions], [vscode.l10n.t('All files')]: ['*'] },
      })) ?? [];
    return chosen?.fsPath;
  },
};

function arrange(input: vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[] }, question: Step): void {
  input.title = question.title;
  input.step = question.step;
  input.totalSteps = question.totalSteps;
  // A password manager or another window takes the focus for a moment: what was typed shall not be lost.
  input.ignoreFocusOut = true;
  input.buttons = question.canGoBack === true ? [vscode.QuickInputButtons.Back] : [];
}

/** Answers once, and frees the input. */
function finisher<T>(input: vscode.QuickInput, resolve: (answer: T) => void): (answer: T) => void {
  let done = false;
  return (answer) => {
    if (done) return;
    done = true;
    input.dispose();
    resolve(answer);
  };
}

function toItem<T>(choice: Choice<T>): Item<T> {
  return {
    label: choice.label,
    ...(choice.description === undefined ? {} : { description: choice.description }),
    ...(choice.detail === undefined ? {} : { detail: choice.detail }),
    ...(choice.separator === true ? { kind: vscode.QuickPickItemKind.Separator } : {}),
    choice,
  };
}
