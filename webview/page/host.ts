import type { Bootstrap, RestorableState, ToExtension, ToPage } from '../protocol';
import { readMessage } from './read-message';

/** The extension, as the page sees it. */
export interface Host {
  post(message: ToExtension): void;
  /** Kept by the editor, for the time when the page is shown again. */
  remember(state: RestorableState): void;
  /** Calls back at each message, and tells the extension that the page listens. */
  listen(receive: (message: ToPage) => void): () => void;
}

/** What the editor gives to a webview (API reference, "Webview"). */
interface EditorApi {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
}

declare const acquireVsCodeApi: () => EditorApi;

/** Connects to the editor. May be called once. */
export function connect(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    remember: (state) => api.setState(state),
    listen: (receive) => {
      const handle = ({ data }: MessageEvent) => {
        const message = readMessage(data);
        if (message !== undefined) receive(message);
      };
      window.addEventListener('message', handle);
      api.postMessage({ type: 'ready' } satisfies ToExtension);
      return () => window.removeEventListener('message', handle);
    },
  };
}

/** The inert block of the page's document; undefined when the document is not ours. */
export function readBootstrap(): Bootstrap | undefined {
  const text = document.getElementById('bootstrap')?.textContent ?? '';
  if (text === '') return undefined;
  // Written by the extension into the same document, not received.
  return JSON.parse(text) as Bootstrap;
}
