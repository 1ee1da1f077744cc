/**
 * Resolves when everybody else who waits had a turn: timers, and what has come in. One `setImmediate` is not enough:
 * asked for while something that came in is worked on, it is called right behind that, before any timer and anything
 * else that has come in; the second one comes after those.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
