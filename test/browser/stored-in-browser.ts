import type { Page } from 'playwright-core';

/** Runs in the page. A text: the compiler's own names for functions are not known there. */
const readAll = `(async () => {
  const answered = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const textOf = (value) => value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value);
  const texts = [localStorage, sessionStorage].map((storage) => JSON.stringify({ ...storage }));
  for (const { name } of await indexedDB.databases()) {
    const database = await answered(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([answered(objects.getAllKeys()), answered(objects.getAll())]);
      keys.forEach((key, index) => texts.push(name + '/' + store + '/' + String(key) + ': ' + textOf(values[index])));
    }
    database.close();
  }
  return texts;
})()`;

/**
 * Everything that a served VS Code keeps in the browser, as texts: the states of extensions and of workspaces, its
 * settings, its secrets.
 */
export async function storedInBrowser(page: Page): Promise<readonly string[]> {
  return await page.evaluate<readonly string[]>(readAll);
}
