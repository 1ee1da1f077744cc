import { useEffect, useState } from 'preact/hooks';

/**
 * False until what a person sees first has been on the screen for a frame: what stands below it, of which there may be
 * much, is drawn then, when the page can be used already.
 */
export function useRest(isShown: boolean): boolean {
  const [rest, setRest] = useState(false);
  useEffect(() => {
    if (!isShown) return;
    // The first callback is before the frame with all that was drawn, the second one after it.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setRest(true));
    });
    return () => cancelAnimationFrame(frame);
  }, [isShown]);
  return rest;
}
