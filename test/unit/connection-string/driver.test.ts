import assert from 'node:assert/strict';
import { MongoClient } from 'mongodb';
import { accepted, refused } from './specification-cases';

/** Whether the Node.js driver takes a string; it connects to nothing before it is asked to. */
function driverAccepts(text: string): boolean {
  try {
    new MongoClient(text);
    return true;
  } catch {
    return false;
  }
}

describe('the Node.js driver', () => {
  for (const { text, driverRefuses = false } of accepted) {
    it(`${driverRefuses ? 'refuses' : 'accepts, too,'} ${text}`, () =>
      assert.equal(driverAccepts(text), !driverRefuses));
  }

  for (const { text, driverAccepts: accepts = false } of refused) {
    it(`${accepts ? 'accepts' : 'refuses, too,'} ${JSON.stringify(text)}`, () =>
      assert.equal(driverAccepts(text), accepts));
  }
});
