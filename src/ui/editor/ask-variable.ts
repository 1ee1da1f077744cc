import * as vscode from 'vscode';
import { variableNamesFor } from '../../workspace/variable-names';
import { back, type Prompts } from '../prompts/prompts';
import { lastFirst, type RecentChoices } from '../prompts/recent-choices';
import { dotenvVariable } from '../settings';
import { stringVariables } from './dotenv-file';

/** How a string gets to where the cursor is. */
export type InsertionWay = 'literal' | 'variable';

/**
 * Asks whether the string itself or a variable that holds it is inserted. Without an example there is no way to read a
 * variable, and the question says why. Undefined when dismissed.
 */
export async function askWay(
  { prompts, recent }: { readonly prompts: Prompts; readonly recent: RecentChoices },
  title: string,
  languageId: string,
  example: string | undefined,
): Promise<InsertionWay | undefined> {
  const question = `way of ${languageId}`;
  const last = recent.last(question);
  const answer = await prompts.pick<InsertionWay>({
    title,
    placeholder: vscode.l10n.t('Insert as what?'),
    choices: [
      {
        label: vscode.l10n.t('Connection string'),
        detail: vscode.l10n.t('As a literal; a placeholder stands for the password'),
        value: 'literal',
      },
      {
        label: vscode.l10n.t('Environment variable'),
        ...(example === undefined
          ? {
              detail: vscode.l10n.t('Not here: the language wants a value that is known when the program is compiled'),
              unavailable: true,
            }
          : { description: example, detail: vscode.l10n.t('Read here, set in the dotenv file') }),
        value: 'variable',
      },
    ],
    active: (way) => way === last,
  });
  if (answer === undefined || answer === back) return undefined;
  // Where there is one way only, it says nothing of the next time.
  if (example !== undefined) recent.remember(question, answer);
  return answer;
}

/** Files that tell which names a project's frameworks read. */
const evidence =
  '**/{application.properties,application.yml,application.yaml,appsettings.json,*.csproj,schema.prisma,doctrine_mongodb.yaml,payload.config.ts,payload.config.js,release}';

/** Asks for the name of the variable, by convention or another. Undefined when dismissed. */
export async function askVariableName(
  { prompts, recent }: { readonly prompts: Prompts; readonly recent: RecentChoices },
  title: string,
  folder: vscode.WorkspaceFolder,
  file: vscode.Uri,
): Promise<string | undefined> {
  const question = `variable of ${folder.uri.toString()}`;
  const last = recent.last(question);
  const choices = async () => {
    const [found, inUse] = await Promise.all([
      vscode.workspace.findFiles(new vscode.RelativePattern(folder, evidence), undefined, 50),
      stringVariables(file),
    ]);
    const files = found.map(({ path }) => path.slice(folder.uri.path.length + 1));
    const usual = dotenvVariable(folder.uri);
    const names = variableNamesFor({ files, inUse });
    const all = names.some(({ name }) => name === usual) ? names : [{ name: usual }, ...names];
    const ordered = lastFirst(all, ({ name }) => name === (last ?? (inUse.length > 0 ? inUse[0] : usual)));
    return [
      ...ordered.map(({ name, usedBy }) => ({
        label: name,
        ...(inUse.includes(name)
          ? { description: vscode.l10n.t('in use') }
          : usedBy === undefined
            ? {}
            : { description: usedBy }),
        value: name,
      })),
      { label: `$(edit) ${vscode.l10n.t('Another name')}`, value: '' },
    ];
  };
  const picked = await prompts.pick<string>({
    title,
    placeholder: vscode.l10n.t('Which variable?'),
    choices: choices(),
  });
  if (picked === undefined || picked === back) return undefined;
  const name = picked === '' ? await typedName(prompts, title, folder) : picked;
  if (name !== undefined) recent.remember(question, name);
  return name;
}

async function typedName(prompts: Prompts, title: string, folder: vscode.WorkspaceFolder): Promise<string | undefined> {
  const answer = await prompts.input({
    title,
    prompt: vscode.l10n.t('Name of the variable'),
    value: dotenvVariable(folder.uri),
    validate: (text) =>
      /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)
        ? undefined
        : vscode.l10n.t('Letters, digits and underscores, not beginning with a digit'),
  });
  return answer === back ? undefined : answer;
}
