/** Stops what the function that returned it has started. */
export type Stop = () => void;

/** Tells listeners what happened; for rooms without the editor. */
export interface Emitter<T> {
  /** Calls `listener` at every `fire` until the returned function is called. */
  readonly event: (listener: (value: T) => void) => Stop;
  fire(value: T): void;
}

/** An emitter whose listeners may come and go while it fires. */
export function createEmitter<T>(): Emitter<T> {
  const listeners = new Set<{ readonly call: (value: T) => void }>();
  return {
    event: (call) => {
      const listener = { call };
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    fire: (value) => {
      for (const listener of [...listeners]) listener.call(value);
    },
  };
}
