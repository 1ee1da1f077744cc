import assert from 'node:assert/strict';
import type { AwsRule } from '../../../src/core/cloud';
import { portsNotAllowed, portText } from '../../../src/core/security-group';
import { groupsText, whoIsLetIn } from '../../../src/messages/security-group-text';

function rule(cidrs: readonly string[], fromPort = 1024, toPort = 65535, more: Partial<AwsRule> = {}): AwsRule {
  return { protocol: 'tcp', fromPort, toPort, cidrs, groupIds: [], prefixListIds: [], ...more };
}

const around = { vpc: ['10.0.0.0/16'], subnets: ['10.0.1.0/24', '10.0.2.0/24'] };
const unknown = { ...around, vpc: [] };

describe('rules of security groups', () => {
  it('let a block in when their parts of it are all of it', () => {
    const halves = [rule(['10.0.0.0/17']), rule(['10.0.128.0/18', '10.0.192.0/18'])];
    assert.deepEqual(portsNotAllowed(halves, { cidr: '10.0.0.0/16' }), []);
    assert.equal(portText(portsNotAllowed(halves.slice(0, 1), { cidr: '10.0.0.0/16' })), '1024–65535');
    const lowPorts = [rule(['10.0.0.0/17']), rule(['10.0.128.0/17'], 1024, 2000)];
    assert.equal(portText(portsNotAllowed(lowPorts, { cidr: '10.0.0.0/16' })), '2001–65535');
    assert.deepEqual(portsNotAllowed([rule(['fd00::/65', 'fd00:0:0:0:8000::/65'])], { cidr: 'fd00::/64' }), []);
    assert.equal(portsNotAllowed([rule(['10.0.1.7'])], { cidr: 'no block' }).length, 1);
    assert.equal(portsNotAllowed([rule(['10.0.1.7'])], { cidr: '10.0.1.6/31' }).length, 1);
  });

  it('are judged together, against all of the VPC', () => {
    const split = [rule(['10.0.0.0/16'], 1024, 30000), rule(['10.0.0.0/16'], 30001, 65535)];
    assert.deepEqual(whoIsLetIn(split, around), {
      severity: 'passed',
      text: 'the VPC is let in on ports 1024 to 65535',
    });
    assert.deepEqual(whoIsLetIn(split.slice(0, 1), around), {
      severity: 'warning',
      text: '10.0.0.0/16 is not let in on the ports 30001–65535',
    });
    const wide = whoIsLetIn(split, { ...around, vpc: ['10.0.0.0/16', '100.64.0.0/16'] });
    assert.equal(wide.severity, 'advice');
    assert.equal(wide.text, 'of the VPC, 10.0.0.0/16 is let in on ports 1024 to 65535, and 100.64.0.0/16 is not');
  });

  it('pass no VPC of which they let in only the subnets of the endpoint', () => {
    const own = [rule(around.subnets)];
    assert.equal(whoIsLetIn(own, around).severity, 'warning');
    assert.match(
      whoIsLetIn(own, around).text,
      /^only subnets of the endpoint itself.*10\.0\.1\.0\/24, 10\.0\.2\.0\/24$/,
    );
    assert.equal(whoIsLetIn(own, unknown).severity, 'advice');
    assert.match(whoIsLetIn(own, unknown).text, /its VPC are not known$/);
    assert.equal(whoIsLetIn([rule(['10.0.1.0/24', '10.0.7.0/24'])], around).severity, 'passed');
    assert.match(whoIsLetIn([rule(['10.0.0.0/16'])], unknown).text, /^let in on ports 1024 to 65535: 10\.0\.0\.0\/16$/);
    assert.equal(whoIsLetIn([rule([], 1024, 65535, { groupIds: ['sg-app'] })], around).severity, 'passed');
  });

  it('say nothing certain with prefix lists, and that nobody is let in where nobody is', () => {
    assert.equal(whoIsLetIn([rule([], 1024, 65535, { prefixListIds: ['pl-1'] })], around).severity, 'advice');
    assert.equal(whoIsLetIn([], around).severity, 'blocking');
    assert.equal(whoIsLetIn([rule(['10.0.0.0/16'], 22, 22)], around).severity, 'blocking');
  });

  it('are told in short for each group', () => {
    const inbound = [rule(['10.0.0.0/16'], 1024, 30000), rule([], 443, 443, { groupIds: ['sg-9'] })];
    const parts = { vpcId: 'vpc-1', outbound: [] };
    const groups = [
      { id: 'sg-1', name: 'low', inbound, ...parts },
      { id: 'sg-2', name: '', inbound: [], ...parts },
    ];
    assert.equal(groupsText(groups), 'sg-1 (low): 10.0.0.0/16 (1024–30000), sg-9 (443); sg-2: lets nobody in');
  });
});
