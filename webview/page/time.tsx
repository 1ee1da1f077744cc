import { t } from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';

/** Now, by the second, while the page is on the screen. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** How long since a moment. Not in a live region: it changes every second. */
export function Elapsed({ since }: { readonly since: number }) {
  return <span class="elapsed">{duration(useNow() - since)}</span>;
}

/** "Asked Atlas 5 s ago". */
export function Ago({ at }: { readonly at: number }) {
  const now = useNow();
  return <>{t('{0} ago', duration(now - at))}</>;
}

/** A moment in the person's own form. */
export function Moment({ at }: { readonly at: number }) {
  const date = new Date(at);
  return <time dateTime={date.toISOString()}>{date.toLocaleString()}</time>;
}

/** `2 min 5 s`; never negative, as clocks differ. Milliseconds. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return t('{0} s', seconds);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t('{0} min {1} s', minutes, seconds % 60);
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? t('{0} h {1} min', hours, minutes % 60) : t('{0} days', Math.floor(hours / 24));
}
