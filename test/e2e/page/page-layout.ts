import type { Page } from 'playwright-core';

/**
 * Resolves when nothing has changed in the document for two frames: the component library writes attributes with the
 * frame after an element is made, and what is measured is drawn with the one after that.
 */
export async function isStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    let changes = 0;
    const observer = new MutationObserver(() => (changes += 1));
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    // A page that never comes to rest is one of a test that fails by itself.
    for (let quiet = 0, frames = 0; quiet < 2 && frames < 200; frames += 1) {
      const before = changes;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      quiet = changes === before ? quiet + 1 : 0;
    }
    observer.disconnect();
  });
}

/** Opens all steps and everything that folds. */
export async function openEverything(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    for (const toggle of document.querySelectorAll<HTMLElement>('.step-toggle[aria-expanded=false]')) toggle.click();
  });
  await page.waitForFunction(() => document.querySelector('.step-toggle[aria-expanded=false]') === null);
  // What is in one that opens, others that open included, is made then.
  await page.waitForFunction(() => {
    const closed = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
    for (const details of closed) details.open = true;
    return (
      closed.length === 0 && [...document.querySelectorAll('details')].every(({ children }) => children.length > 1)
    );
  });
  await isStill(page);
}

/** Elements that stick out of the page to the side and stay so: what is drawn is drawn anew for another width. */
export async function tooWide(page: Page): Promise<readonly string[]> {
  const deadline = Date.now() + 5000;
  for (;;) {
    const found = await stickingOut(page);
    if (found.length === 0 || Date.now() > deadline) return found;
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

/** But for what scrolls in a frame of its own. */
async function stickingOut(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const frames = 'pre, .table-frame, .visually-hidden';
    const outside = [...document.querySelectorAll('main *')].filter(
      (element) => element.closest(frames) === null && element.getBoundingClientRect().right > clientWidth + 1,
    );
    return [
      ...(scrollWidth > clientWidth ? [`the page is ${String(scrollWidth)} wide`] : []),
      ...outside.map((element) => `${element.tagName} ${element.getAttribute('class') ?? ''}`),
    ];
  });
}

/** Texts that lie over one another, or that the element around them cuts off. */
export async function unreadableTexts(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => {
    const frames = 'pre, .table-frame, .visually-hidden, [aria-hidden=true], svg';
    const shown: { readonly text: string; readonly rects: readonly DOMRect[] }[] = [];
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const { parentElement: element } = node;
      const text = (node.textContent ?? '').trim();
      if (element === null || text === '' || element.closest(frames) !== null) continue;
      if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const rects = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
      shown.push({ text: text.slice(0, 60), rects });
      for (let around: Element | null = element; around !== null; around = around.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(around);
        const box = around.getBoundingClientRect();
        const [cutsAcross, cutsDown] = [overflowX, overflowY].map((mode) => mode === 'hidden' || mode === 'clip');
        const isCut = rects.some(
          (rect) =>
            (cutsAcross === true && (rect.right > box.right + 1 || rect.left < box.left - 1)) ||
            (cutsDown === true && (rect.bottom > box.bottom + 1 || rect.top < box.top - 1)),
        );
        if (isCut && around !== document.body && around !== document.documentElement) {
          found.push(`cut off: ${text.slice(0, 60)}`);
          break;
        }
      }
    }
    // Lines of one paragraph may touch, and a line is higher than its letters: a quarter of it may be shared.
    for (const [index, one] of shown.entries()) {
      for (const other of shown.slice(index + 1)) {
        const isOver = one.rects.some((a) =>
          other.rects.some((b) => {
            const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            return across > 2 && down > Math.min(a.height, b.height) / 4;
          }),
        );
        if (isOver) found.push(`over one another: ${one.text} | ${other.text}`);
      }
    }
    return found;
  });
}
