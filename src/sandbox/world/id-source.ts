import { createHash, randomBytes, randomUUID } from 'node:crypto';

import type { Credentials, FaultSwitches, IdSource } from './world';

/** Ids that repeat with the same seed: the next one is a hash of the seed and a counter. */
export function seededIds(seed: string): IdSource {
  let count = 0;
  const next = (): string => {
    count += 1;
    return createHash('sha256').update(`${seed}:${count}`).digest('hex');
  };
  return {
    atlas: () => next().slice(0, 24),
    aws: (prefix) => `${prefix}-0${next().slice(0, 16)}`,
    label: (length) => {
      // Letters first, so that a label never looks like a number; 16 letters and 10 digits are plenty.
      const text = BigInt(`0x${next()}`).toString(36);
      return `x${text}`.slice(0, length);
    },
  };
}

/** Credentials of one start: random, so that nothing that was written down opens the next sandbox. */
export function randomCredentials(): Credentials {
  const text = (bytes: number): string => randomBytes(bytes).toString('base64url');
  return {
    publicKey: randomBytes(4)
      .toString('hex')
      .replaceAll(/\d/g, (digit) => String.fromCharCode(107 + Number(digit))),
    privateKey: randomUUID(),
    clientId: `mdb_sa_id_${randomBytes(12).toString('hex')}`,
    clientSecret: `mdb_sa_sk_${text(30)}`,
    awsAccessKeyId: `AKIA${randomBytes(10).toString('hex').toUpperCase().slice(0, 16)}`,
    awsSecretAccessKey: randomBytes(30).toString('base64'),
    dbUsername: 'sandbox-app',
    dbPassword: text(18),
    controlToken: text(24),
  };
}

/** Switches for failures. A fault without a subject is on for all, `*`. */
export function faultSwitches(): FaultSwitches {
  const on = new Map<string, Set<string>>();
  return {
    isOn: (fault, subject) => {
      const subjects = on.get(fault);
      return subjects !== undefined && (subjects.has('*') || (subject !== undefined && subjects.has(subject)));
    },
    isOnForAny: (fault) => on.has(fault),
    set: (fault, wanted, subject = '*') => {
      const subjects = on.get(fault) ?? new Set<string>();
      if (wanted) subjects.add(subject);
      else if (subject === '*') subjects.clear();
      else subjects.delete(subject);
      if (subjects.size === 0) on.delete(fault);
      else on.set(fault, subjects);
    },
    list: () => [...on].flatMap(([fault, subjects]) => [...subjects].map((subject) => ({ fault, subject }))),
  };
}
