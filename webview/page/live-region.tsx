/** Something to be said once. */
export interface Announcement {
  readonly text: string;
  readonly urgent: boolean;
  /** Tells the second of two same announcements from the first. */
  readonly count: number;
}

/** Says changes to screen readers; on the page from the start, as only changes in it are said. */
export function LiveRegion({ announcement }: { readonly announcement: Announcement | undefined }) {
  // A trailing no-break space makes the same text a change.
  const text = announcement === undefined ? '' : `${announcement.text}${announcement.count % 2 === 0 ? '\u00a0' : ''}`;
  const urgent = announcement?.urgent === true;
  return (
    <div class="visually-hidden">
      <div role="status">{urgent ? '' : text}</div>
      <div role="alert">{urgent ? text : ''}</div>
    </div>
  );
}
