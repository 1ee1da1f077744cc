import assert from 'node:assert/strict';
import type { OpenedAws } from '../../../src/ui/test-run/gather-evidence';
import { createAwsReader } from '../../../src/ui/page/aws-reader';

describe('what a page reads from the AWS account', () => {
  it('is read with credentials that are resolved anew once everything is forgotten, and only then', async () => {
    const forgotten: string[] = [];
    const reader = createAwsReader({
      profiles: () => Promise.resolve([]),
      open: (profile, region) =>
        Promise.resolve({
          forgetSession: () => forgotten.push(`${profile} ${region}`),
          dispose: () => undefined,
        } as Partial<OpenedAws> as OpenedAws),
      onChange: () => undefined,
    });
    await reader.cloud('work', 'us-east-1');
    reader.forget('endpoints');
    await reader.cloud('work', 'eu-west-1');
    assert.deepEqual(forgotten, []);
    reader.forget('everything');
    await reader.cloud('other', 'us-east-1');
    assert.deepEqual(forgotten, ['work us-east-1', 'work eu-west-1']);
    reader.dispose();
  });
});
