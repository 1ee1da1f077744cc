import * as vscode from 'vscode';

/** Bytes; no file that declares variables is larger. */
const largestFile = 1_000_000;

/**
 * The texts of the other files of a document's Terraform module, which are those of its folder: as the editor has them
 * where they are open. Empty for documents of other languages, and where nothing can be read.
 */
export async function moduleTexts({ uri }: vscode.TextDocument): Promise<string> {
  const [extension] = /\.(?:tf|tofu)$/.exec(uri.path) ?? [];
  if (extension === undefined) return '';
  const folder = vscode.Uri.joinPath(uri, '..');
  const entries = await orElse(vscode.workspace.fs.readDirectory(folder), []);
  const texts = entries.map(async ([name, type]) => {
    const file = vscode.Uri.joinPath(folder, name);
    if (!name.endsWith(extension) || type === vscode.FileType.Directory || file.path === uri.path) return '';
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === file.toString());
    if (open !== undefined) return open.getText();
    const size = await orElse(vscode.workspace.fs.stat(file), undefined);
    if (size === undefined || size.size > largestFile) return '';
    return new TextDecoder().decode(await orElse(vscode.workspace.fs.readFile(file), new Uint8Array()));
  });
  return (await Promise.all(texts)).join('\n');
}

async function orElse<T>(reading: Thenable<T>, otherwise: T): Promise<T> {
  try {
    return await reading;
  } catch {
    return otherwise;
  }
}
