import { setMaxListeners } from 'node:events';
import type { AwsCloud, AwsProfile } from '../../core/cloud';
import { isCancellation, problem, problemOf } from '../../core/problem';
import type { OpenedAws } from '../test-run/gather-evidence';
import { findRegion, lookWhereAllowed } from './endpoint-region';
import type { AwsView, FoundEndpoint, Loadable } from './model';

/** Which part of the AWS account a page needs now. */
export interface AwsWants {
  /** The field's value: empty as long as nothing was chosen. */
  readonly profile: string;
  /** AWS's spelling. */
  readonly region: string;
  readonly vpcId: string;
  /** Absent: endpoints are not looked for. */
  readonly serviceName?: string;
  /** AWS regions besides that one in which there may be endpoints to the service. */
  readonly otherRegions?: readonly string[];
  /** Absent: no evidence is read. */
  readonly endpoint?: {
    readonly id: string;
    /** AWS regions in which it may be: looked for there when they are several. */
    readonly regions: readonly string[];
  };
}

export interface AwsReaderPorts {
  readonly profiles: () => Promise<readonly AwsProfile[]>;
  /** The account of a profile, or of the usual chain; opens it when it is first needed. */
  readonly open: (profile: string, region: string) => Promise<OpenedAws>;
  /** Something that was read has come, or could not be read. */
  readonly onChange: () => void;
}

/** Reads from the AWS account what a page needs, each thing once until it is forgotten. */
export interface AwsReader {
  /** What is known; starts to read what is missing. Nothing is resolved before a profile was chosen. */
  view(wants: AwsWants): AwsView;
  cloud(profile: string, region: string): Promise<AwsCloud>;
  /**
   * Everything, what changes or has failed, or the endpoints only, is read again at the next view; what was there shows
   * until then.
   */
  forget(what: 'everything' | 'lists' | 'endpoints'): void;
  dispose(): void;
}

/** Where an endpoint is; without a region it is nowhere. */
interface Place {
  readonly region: string | undefined;
}

/** Endpoints to a service, and the regions that could not be looked into. */
interface Found {
  readonly endpoints: readonly FoundEndpoint[];
  readonly unseen: readonly string[];
}

interface Entry {
  loadable: Loadable<unknown>;
  stale: boolean;
}

type AskAws = <T>(what: string, load: (aws: AwsCloud, signal: AbortSignal) => Promise<T>) => Loadable<T>;

/** Nothing about an endpoint is read where it may not be: it would seem to be gone. */
function evidenceOf(
  id: string,
  { value, problem: hindrance }: Loadable<Place>,
  ask: AskAws,
): Pick<AwsView, 'evidence'> {
  if (hindrance !== undefined) return { evidence: { problem: hindrance, loading: false } };
  return value === undefined
    ? {}
    : { evidence: ask(`evidence of ${id}`, (aws, signal) => aws.readEvidence(id, signal)) };
}

function foundBy({ value, ...rest }: Loadable<Found>): Pick<AwsView, 'found' | 'unseen'> {
  return value === undefined ? { found: rest } : { found: { ...rest, value: value.endpoints }, unseen: value.unseen };
}

export function createAwsReader(ports: AwsReaderPorts): AwsReader {
  const entries = new Map<string, Entry>();
  const clouds = new Map<string, Promise<OpenedAws>>();
  /** Also those that are forgotten: something may still be under way with them. */
  const toDispose: OpenedAws[] = [];
  const abort = new AbortController();
  // Everything that is read listens at once: more than Node expects, and no leak.
  setMaxListeners(0, abort.signal);

  /** `keeps`: what was read before is still true when it cannot be read again. */
  function read<T>(key: string, load: (signal: AbortSignal) => Promise<T>, keeps = false): Loadable<T> {
    const existing = entries.get(key);
    if (existing !== undefined && !existing.stale) return existing.loadable as Loadable<T>;
    const before = existing?.loadable as Loadable<T> | undefined;
    const known = before?.value === undefined ? {} : { value: before.value };
    const kept = keeps ? known : {};
    const entry: Entry = {
      stale: false,
      loadable: { loading: true, ...known },
    };
    entries.set(key, entry);
    const finish = (loadable: Loadable<unknown>): void => {
      if (abort.signal.aborted || entries.get(key) !== entry) return;
      entry.loadable = loadable;
      ports.onChange();
    };
    load(abort.signal).then(
      (value) => finish({ value, loading: false }),
      (error: unknown) => {
        // Somebody would rather not enter the code of a device: nothing went wrong, and nothing was read.
        if (isCancellation(error)) finish({ ...kept, loading: false });
        else finish({ ...kept, problem: problemOf(error) ?? problem('UNEXPECTED', key), loading: false });
      },
    );
    return entry.loadable as Loadable<T>;
  }

  const cloud = (profile: string, region: string): Promise<AwsCloud> => {
    const key = `${profile} ${region}`;
    const opened = clouds.get(key) ?? ports.open(profile, region);
    if (clouds.get(key) !== opened) {
      clouds.set(key, opened);
      opened.then(
        (aws) => (abort.signal.aborted ? aws.dispose() : toDispose.push(aws)),
        () => clouds.delete(key),
      );
    }
    return opened;
  };

  /** Asked of AWS only where that is not certain. An endpoint does not move: where it was found once, it is. */
  const placeOf = (profile: string, { id, regions }: NonNullable<AwsWants['endpoint']>): Loadable<Place> =>
    regions.length < 2
      ? { value: { region: regions[0] }, loading: false }
      : read(
          `place of ${id} ${profile} ${regions.join()}`,
          async (signal) => ({ region: await findRegion(regions, (region) => cloud(profile, region), id, signal) }),
          true,
        );

  const findIn = (profile: string, serviceName: string, regions: readonly string[]): Loadable<Found> =>
    read(`endpoints to ${serviceName} ${profile} ${regions.join()}`, async (signal) => {
      const { seen, unseen } = await lookWhereAllowed(regions, async (region) => {
        const found = await (await cloud(profile, region)).findEndpoints(serviceName, signal);
        return found.map((one) => ({ ...one, region }));
      });
      return { endpoints: seen.flat(), unseen };
    });

  return {
    cloud,
    view: ({ profile, region: chosen, vpcId, serviceName, otherRegions = [], endpoint }) => {
      const profiles = read('profiles', ports.profiles);
      if (profile === '' || chosen === '') return { profiles };
      let region = chosen;
      const ask: AskAws = (what, load) => {
        const at = region;
        return read(`${what} ${profile} ${at}`, async (signal) => await load(await cloud(profile, at), signal));
      };
      const identity = ask('identity', (aws, signal) => aws.whoAmI(signal));
      // Who it is comes first: with credentials that do not work everything else would fail the same way.
      if (identity.value === undefined) return { profiles, identity };
      const place = endpoint === undefined ? undefined : placeOf(profile, endpoint);
      // Elsewhere nothing is read of it before it was found, or nowhere.
      if (place?.loading === true && place.value === undefined) return { profiles, identity };
      region = place?.value?.region ?? chosen;
      return {
        profiles,
        identity,
        region,
        vpcs: ask('vpcs', (aws, signal) => aws.listVpcs(signal)),
        ...(vpcId === ''
          ? {}
          : {
              subnets: ask(`subnets of ${vpcId}`, (aws, signal) => aws.listSubnets(vpcId, signal)),
              groups: ask(`groups of ${vpcId}`, (aws, signal) => aws.listSecurityGroups(vpcId, signal)),
            }),
        ...(serviceName === undefined
          ? {}
          : foundBy(findIn(profile, serviceName, [...new Set([region, ...otherRegions])]))),
        ...(endpoint === undefined || place === undefined ? {} : evidenceOf(endpoint.id, place, ask)),
      };
    },
    forget: (what) => {
      let isRefused = false;
      for (const [key, entry] of entries) {
        const hasFailed = entry.loadable.problem !== undefined;
        const isList = what === 'lists' && (hasFailed || /^(?:vpcs|subnets|groups) /u.test(key));
        if (what === 'everything' || isList || /^(?:endpoints|evidence|place) /u.test(key)) entry.stale = true;
        isRefused ||= what === 'lists' && hasFailed && key.startsWith('identity ');
      }
      // With credentials that did not work, those are read again that a sign-in elsewhere has left.
      if (what !== 'everything' && !isRefused) return;
      for (const opened of clouds.values()) {
        opened.then(
          (aws) => aws.forgetSession(),
          () => undefined,
        );
      }
      clouds.clear();
    },
    dispose: () => {
      abort.abort();
      entries.clear();
      clouds.clear();
      for (const aws of toDispose) aws.dispose();
    },
  };
}
