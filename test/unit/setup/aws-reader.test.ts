import assert from 'node:assert/strict';
import { problem, ProblemError } from '../../../src/core/problem';
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

  it('is read again at a refresh by the person: lists, and what has failed, with credentials resolved anew', async () => {
    let refused = true;
    let forgotten = 0;
    const listed: string[] = [];
    const aws: Partial<OpenedAws> = {
      whoAmI: () =>
        refused
          ? Promise.reject(new ProblemError(problem('AWS_CREDENTIALS_NONE', 'work')))
          : Promise.resolve({ accountId: '1', arn: 'arn' }),
      listVpcs: () => {
        listed.push('vpcs');
        return Promise.resolve([]);
      },
      forgetSession: () => {
        forgotten += 1;
      },
      dispose: () => undefined,
    };
    let tell = (): void => undefined;
    const reader = createAwsReader({
      profiles: () => Promise.resolve([]),
      open: () => Promise.resolve(aws as OpenedAws),
      onChange: () => tell(),
    });
    const look = (): ReturnType<typeof reader.view> => reader.view({ profile: 'work', region: 'us-east-1', vpcId: '' });
    const until = async (isSo: () => boolean): Promise<void> => {
      while (!isSo()) {
        await new Promise<void>((resolve) => {
          tell = resolve;
          if (isSo()) resolve();
        });
      }
    };
    await until(() => look().identity?.problem !== undefined);
    refused = false;
    reader.forget('endpoints');
    assert.ok(look().identity?.problem, 'the timer asks for nothing that a person has to mend');
    reader.forget('lists');
    await until(() => look().vpcs?.value !== undefined);
    assert.equal(forgotten, 1);
    assert.deepEqual(listed, ['vpcs']);
    reader.forget('lists');
    await until(() => look().vpcs?.loading === false && listed.length === 2);
    assert.equal(forgotten, 1, 'credentials that work are kept');
    reader.dispose();
  });
});
