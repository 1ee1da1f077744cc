/** Requests of this process, with how many milliseconds each took. */
export interface Wire {
  readonly calls: { readonly path: string; readonly ms: number }[];
  /** Resolves when no request is under way, and none follows from the answers. */
  settled(): Promise<void>;
  stop(): void;
}

/** Watches what goes through `fetch` until it is stopped. */
export function watchWire(): Wire {
  const { fetch } = globalThis;
  const calls: { path: string; ms: number }[] = [];
  let underWay = 0;
  let idle: () => void = () => undefined;
  globalThis.fetch = async (input, init) => {
    const started = performance.now();
    underWay += 1;
    try {
      return await fetch(input, init);
    } finally {
      const url = input instanceof Request ? input.url : String(input);
      calls.push({ path: new URL(url).pathname, ms: performance.now() - started });
      underWay -= 1;
      if (underWay === 0) idle();
    }
  };
  return {
    calls,
    settled: async () => {
      for (let before = -1; before !== calls.length || underWay > 0;) {
        before = calls.length;
        if (underWay > 0) await new Promise<void>((resolve) => (idle = resolve));
        // What an answer leads to begins once it was read.
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    stop: () => {
      globalThis.fetch = fetch;
    },
  };
}
