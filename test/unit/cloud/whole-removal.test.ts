import assert from 'node:assert/strict';
import type { CloudEndpointRef } from '../../../src/core/cloud-choices';
import { planRemoval, planWholeRemoval } from '../../../src/cloud/plan-endpoint';
import type { AtlasAction } from '../../../src/cloud/plan-atlas-cli';
import { missingShell, posixShells, runPasted, type Run } from './posix-shells';

const projectId = '0123456789abcdef01234567';
const serviceId = 'fedcba9876543210fedcba98';
const azureId =
  '/subscriptions/12345678-1234-1234-1234-123456789012/resourceGroups/app/providers/Microsoft.Network/privateEndpoints/atlas';

const refs: Readonly<Record<'AWS' | 'AZURE' | 'GCP', CloudEndpointRef>> = {
  AWS: { provider: 'AWS', endpointId: 'vpce-0123456789abcdef0', region: 'us-east-1', groupName: 'atlas group' },
  AZURE: { provider: 'AZURE', endpointId: azureId, region: 'eastus2' },
  GCP: { provider: 'GCP', endpointId: 'grp', region: 'us-central1', ruleNames: ['grp-0', 'grp-1'] },
};

function atAtlas({ provider, endpointId }: CloudEndpointRef): AtlasAction {
  return { action: 'delete-endpoint', provider, serviceId, endpointId, force: true };
}

function scriptOf(ref: CloudEndpointRef | undefined, action: AtlasAction, shell: 'posix' | 'powershell' = 'posix') {
  const planned = planWholeRemoval(ref, projectId, action);
  assert.ok(planned.ok);
  return planned.value[shell];
}

const wordsOf = ({ calls }: Run): readonly string[] => calls.map((words) => words.join(' '));

/** What the AWS CLI prints for an endpoint that AWS deletes at once; cases of a later line are not reached. */
const awsAnswers = (more = ''): string =>
  [
    more,
    '*:stack-name*) echo None ;;',
    '*"join("*) echo sg-11111111,sg-22222222 ;;',
    '*delete-vpc-endpoints*) echo None ;;',
    '*State*) echo None ;;',
    "*group-id,Values=sg-11111111,sg-22222222*) printf 'sg-11111111\\tsg-33333333\\n' ;;",
  ].join('\n');

for (const shell of posixShells) {
  describe(`commands that delete an endpoint, pasted into ${shell.name}`, () => {
    before(function () {
      const missing = missingShell(shell);
      if (missing === undefined) return;
      process.stderr.write(missing);
      this.skip();
    });

    for (const ref of Object.values(refs)) {
      const answers = ref.provider === 'AWS' ? awsAnswers() : '';

      it(`remove it at Atlas without a question when it is gone: ${ref.provider}`, () => {
        const run = runPasted(shell, scriptOf(ref, atAtlas(ref)), answers);
        assert.equal(run.status, 0, run.printed);
        assert.ok(run.calls.length > 1);
        const name = ref.provider.toLowerCase();
        const of = `--endpointServiceId ${serviceId} --force --projectId ${projectId}`;
        assert.deepEqual(
          wordsOf(run).filter((words) => words.startsWith('atlas')),
          [`atlas privateEndpoints ${name} interfaces delete ${ref.endpointId} ${of}`],
        );
        assert.match(wordsOf(run).at(-1) ?? '', /^atlas /);
        assert.doesNotMatch(run.printed, /not found|parse error|syntax/i);
      });

      it(`leave Atlas alone when the cloud refuses, and end badly: ${ref.provider}`, () => {
        const refusal = "*delete*) echo 'UnauthorizedOperation: no' >&2; exit 254 ;;";
        const run = runPasted(shell, scriptOf(ref, atAtlas(ref)), `${refusal}\n${answers}`);
        assert.notEqual(run.status, 0, run.printed);
        assert.match(run.printed, /UnauthorizedOperation/);
        assert.ok(!wordsOf(run).some((words) => words.startsWith('atlas')), wordsOf(run).join('\n'));
      });
    }

    it('remove at Atlas alone what has nothing on the other side', () => {
      const action = { action: 'delete-serverless-endpoint', instanceName: "it's", endpointId: serviceId } as const;
      const run = runPasted(shell, scriptOf(undefined, action));
      assert.equal(run.status, 0, run.printed);
      assert.equal(run.calls.length, 1);
      assert.ok(run.calls[0]?.includes('deleteServerlessPrivateEndpoint') && run.calls[0].includes("it's"));
      const failing = runPasted(shell, scriptOf(undefined, action), 'atlas*) exit 1 ;;');
      assert.equal(failing.status, 1, failing.printed);
    });

    const removal = (answers: string): Run => {
      const planned = planRemoval(refs.AWS);
      assert.ok(planned.ok);
      return runPasted(shell, planned.value.shells.posix, answers);
    };
    const of = (run: Run, command: string): readonly string[] =>
      wordsOf(run).filter((words) => words.includes(` ${command} `));

    it('wait on AWS until it is gone, then delete the groups that were made for it, once they are free', () => {
      // The answers depend on how often the tool was asked: it counts in its own folder.
      const counted = (name: string, first: string, then: string): string =>
        `echo >> ${name}; if [ "$(wc -l < ${name})" -lt 3 ]; then ${first}; else ${then}; fi ;;`;
      const run = removal(
        awsAnswers(
          [
            `*State*) ${counted('states', 'echo deleting', 'echo deleted')}`,
            `*delete-security-group*sg-11111111*) ${counted('busy', "echo 'An error occurred (DependencyViolation)' >&2; exit 254", ':')}`,
            "*delete-security-group*sg-33333333*) echo 'An error occurred (InvalidGroup.NotFound)' >&2; exit 254 ;;",
          ].join('\n'),
        ),
      );
      assert.equal(run.status, 0, run.printed);
      assert.equal(of(run, 'delete-vpc-endpoints').length, 1);
      assert.deepEqual(
        wordsOf(run).flatMap((words) => /^sleep .*|State|(?<= --group-id )\S+/u.exec(words) ?? []),
        // Asked until it is gone; tried until nothing uses the group.
        [...'State/sleep 10/State/sleep 10/State/'.split('/').slice(0, -1)].concat(
          'sg-11111111/sleep 10/sg-11111111/sleep 10/sg-11111111/sg-33333333'.split('/'),
        ),
      );
      // Only those with our tag are asked for, before anything else is.
      assert.match(of(run, 'describe-security-groups').join('\n'), /Name=tag-key,Values=atlas-private-endpoints /);
    });

    it('leave on AWS a group that stays in use, and say so; a refusal ends them', () => {
      const busy = "*delete-security-group*) echo 'An error occurred (DependencyViolation)' >&2; exit 254 ;;";
      const run = removal(awsAnswers(busy));
      assert.equal(run.status, 0, run.printed);
      assert.match(run.printed, /DependencyViolation/);
      const refused = removal(awsAnswers(busy.replace('DependencyViolation', 'UnauthorizedOperation')));
      assert.notEqual(refused.status, 0);
      assert.equal(of(refused, 'delete-security-group').length, 1);
    });

    it('find on AWS the group of an endpoint that is gone already by its name', () => {
      const run = removal(
        awsAnswers(
          [
            '*"join("*) echo ;;',
            '*delete-vpc-endpoints*) echo "InvalidVpcEndpoint.NotFound it does not exist" ;;',
            '*group-name,Values=*) echo sg-44444444 ;;',
          ].join('\n'),
        ),
      );
      assert.equal(run.status, 0, run.printed);
      assert.match(of(run, 'describe-security-groups').join('\n'), /Name=group-name,Values='atlas group' /);
      assert.match(of(run, 'delete-security-group').join('\n'), /--group-id sg-44444444$/);
    });

    it('fail on AWS for an endpoint that does not go, or that EC2 did not delete', () => {
      const staying = removal(awsAnswers('*State*) echo deleting ;;'));
      assert.equal(staying.status, 1);
      assert.match(staying.printed, /still there after 10 minutes/);
      // EC2 answers 200 also when it deleted nothing, and the CLI ends with 0.
      const managed = removal(awsAnswers("*delete-vpc-endpoints*) printf 'OperationNotPermitted\\tmanaged\\n' ;;"));
      assert.equal(managed.status, 1);
      assert.match(managed.printed, /OperationNotPermitted\tmanaged/);
      for (const run of [staying, managed]) assert.deepEqual(of(run, 'delete-security-group'), []);
    });

    it('delete on AWS the stack of an endpoint that came from one of ours, and never another', () => {
      const ours = removal('*:stack-name*) echo atlas-endpoint-atlas-1 ;;');
      assert.equal(ours.status, 0, ours.printed);
      assert.deepEqual(
        wordsOf(ours).slice(1),
        ['delete-stack', 'wait stack-delete-complete'].map(
          (command) => `aws cloudformation ${command} --region us-east-1 --stack-name atlas-endpoint-atlas-1`,
        ),
      );
      const failing = removal('*wait*) exit 255 ;;\n*:stack-name*) echo atlas-endpoint-atlas-1 ;;');
      assert.equal(failing.status, 255);
      const theirs = removal('*:stack-name*) echo the-whole-network ;;');
      assert.equal(theirs.status, 1);
      assert.match(theirs.printed, /CloudFormation stack.*the-whole-network/);
      assert.equal(theirs.calls.length, 1);
    });
  });
}

describe('commands that delete an endpoint', () => {
  it('are refused where the forwarding rules of an endpoint group are not known', () => {
    for (const planned of [
      planRemoval({ ...refs.GCP, ruleNames: [] }),
      planWholeRemoval({ ...refs.GCP, ruleNames: [] }, projectId, atAtlas(refs.GCP)),
    ]) {
      assert.ok(!planned.ok);
      assert.deepEqual([planned.problem.code, planned.problem.subject], ['CLOUD_RULES_UNKNOWN', 'grp']);
    }
  });

  it('are one block in PowerShell, which the first failure ends', () => {
    for (const ref of Object.values(refs)) {
      const text = scriptOf(ref, atAtlas(ref), 'powershell');
      assert.match(text, /^& \{\n/);
      assert.match(text, /\n\}\n$/);
      // A brace in the first column would be the end of the block, or of one in it.
      assert.equal(text.split('\n').filter((line) => line === '& {').length, 1);
      const lines = text.split('\n').map((line) => line.trim());
      assert.ok(
        lines.indexOf('# Delete it in your cloud account') < lines.findIndex((line) => line.startsWith('atlas ')),
      );
      assert.match(text, /\n *if \(\$LASTEXITCODE -ne 0\) \{ throw 'atlas failed' \}\n\}\n$/);
    }
  });

  it('say that Terraform has made it where its tags do', () => {
    const planned = planRemoval({ ...refs.AWS, byTerraform: true });
    assert.ok(planned.ok);
    for (const text of Object.values(planned.value.shells)) assert.match(text, /Its tags name Terraform/);
  });
});
