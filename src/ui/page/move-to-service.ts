import { withoutService } from './choices';
import { keepDraft, moveTo, type Page } from './page';
import { modelOf } from './state-of';
import { refOfService } from './subject';

/** Makes the page of a service that was to be made the page of the one that is there, before something is done with it. */
export function moveToService(page: Page): void {
  const ref = refOfService(modelOf(page));
  if (ref === undefined) return;
  moveTo(page, ref);
  keepDraft(page, withoutService(page.draft));
}
