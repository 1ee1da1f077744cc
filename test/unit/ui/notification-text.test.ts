import assert from 'node:assert/strict';
import { notificationText } from '../../../src/ui/notification-text';

/** What VS Code makes a link of in a notification: a text in brackets with an address right behind it. */
const link = /\[[^\]]*\]\([^)]*\)/u;

describe('the text of a notification', () => {
  it('has no link, whatever a stranger has answered', () => {
    const answer = 'HTTP/1.1 200 [Repair](command:workbench.action.reloadWindow) [two](https://sandbox.example)';
    assert.match(answer, link);
    assert.doesNotMatch(notificationText(answer), link);
    assert.equal(notificationText(answer).replaceAll('\u200b', ''), answer, 'and reads the same');
  });

  it('is left as it is without one', () => {
    const text = 'Array [0] of (some) things, [not] (a link)';
    assert.equal(notificationText(text), text);
  });
});
