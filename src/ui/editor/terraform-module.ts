import * as vscode from 'vscode';

/** Bytes; no file that declares variables is larger. */
const largestFile = 1_000_000;
/** A module has a dozen files. */
const mostFiles = 200;
/** OpenTofu reads both. */
const ofModule = /\.(?:tf|tofu)$/;

/**
 * The texts of the other files of a document's Terraform module, which are those of its folder: as the editor has them
 * where they are open. Empty for documents of other languages, and where nothing can be read.
 */
export async function moduleTexts({ uri }: vscode.TextDocument): Promise<string> {
  if (!ofModule.test(uri.path)) return '';
  const folder = vscode.Uri.joinPath(uri, '..');
  const entries = await orElse(vscode.workspace.fs.readDirectory(folder), []);
  const names = entries.flatMap(([name, type]) =>
    ofModule.test(name) && type !== vscode.FileType.Directory ? name : [],
  );
  const texts = names.slice(0, mostFiles).map(async (name) => {
    const file = vscode.Uri.joinPath(folder, name);
    if (file.path === uri.path) return '';
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
