import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/root';
import { startNode, type Running } from './child-process';

/** The variable by which the extension is handed a sandbox that runs already. */
export const sandboxVariable = 'ATLAS_PRIVATE_ENDPOINTS_SANDBOX_FILE';

/** Starts the built sandbox and writes what it says of itself to a file in `folder`, for {@link sandboxVariable}. */
export async function startBuiltSandbox(
  folder: string,
  ...args: readonly string[]
): Promise<Running & { readonly file: string }> {
  const running = await startNode(process.execPath, [join(root, 'dist/sandbox.js'), '--json', ...args], /^(\{.*\})$/m);
  const file = join(folder, 'sandbox.json');
  writeFileSync(file, running.told, { mode: 0o600 });
  return { ...running, file };
}
