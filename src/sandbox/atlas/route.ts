import type { Provider } from '../../core/provider';
import { isProvider } from '../../core/provider';
import { sweep } from '../world/lifecycle';
import type { SandboxProject, World } from '../world/world';
import type { AtlasFault } from './faults';
import { invalid, Refusal } from './refusal';

/** A request that is signed in, negotiated and matched to its operation. */
export interface AtlasRequest {
  readonly world: World;
  /** Decoded path parameters by their names in the description. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Where the API is, `http://127.0.0.1:…`, for links. */
  readonly origin: string;
  /** Path as it was asked for, without the query. */
  readonly pathname: string;
  /** The resource version that will be answered, `2024-08-05`. */
  readonly version: string;
  /** Parsed JSON body; undefined without one. */
  readonly body: unknown;
}

export interface AtlasAnswer {
  readonly status: number;
  /** Absent for an answer without content. */
  readonly body?: unknown;
}

/** One operation of the API. */
export interface AtlasRoute {
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/api/atlas/v2`, parameters in braces. */
  readonly template: string;
  /** Resource versions, oldest first; only the first when absent. */
  readonly versions?: readonly string[];
  readonly handle: (request: AtlasRequest) => AtlasAnswer;
}

export const firstVersion = '2023-01-01';

const idPattern = /^[a-f0-9]{24}$/;

/** The project that the path names, with everything that has finished being deleted taken away. */
export function projectOf(request: AtlasRequest): SandboxProject {
  const id = request.path.groupId ?? '';
  if (!idPattern.test(id)) {
    throw new Refusal(400, 'INVALID_GROUP_ID', `An invalid group ID ${id} was specified.`, [id]);
  }
  const { world } = request;
  const project = world.atlas.projects.get(id);
  const gone = new Refusal(404, 'GROUP_NOT_FOUND', `No group with ID ${id} exists.`, [id]);
  if (project === undefined) throw gone;
  if (projectFaultOn(world, 'project-gone', project)) throw gone;
  sweep(world, project);
  return project;
}

/** Whether a failure is switched on for a project, by its id or name. */
export function projectFaultOn(world: World, fault: AtlasFault, { id, name }: SandboxProject): boolean {
  return world.faults.isOn(fault, id) || world.faults.isOn(fault, name);
}

export function providerOf(value: string | undefined, attribute = 'cloudProvider'): Provider {
  if (isProvider(value)) return value;
  throw invalid(attribute, `${value ?? 'nothing'} is none of AWS, AZURE, GCP.`);
}

/** The body as an object. */
export function bodyOf(request: AtlasRequest): Readonly<Record<string, unknown>> {
  const { body } = request;
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new Refusal(400, 'INVALID_JSON', 'Received JSON is malformed: an object is expected.');
}

/** A string of the body. */
export function textOf(body: Readonly<Record<string, unknown>>, attribute: string, pattern?: RegExp): string {
  const value = body[attribute];
  if (value === undefined || value === null || value === '') {
    throw new Refusal(400, 'MISSING_ATTRIBUTE', `The required attribute ${attribute} was not specified.`, [attribute]);
  }
  if (typeof value !== 'string') throw invalid(attribute, 'a string is expected.');
  if (pattern !== undefined && !pattern.test(value)) throw invalid(attribute, `it does not match ${pattern.source}.`);
  return value;
}

/** A string that may be left out. */
export function optionalText(
  body: Readonly<Record<string, unknown>>,
  attribute: string,
  limit = 1024,
): string | undefined {
  const value = body[attribute];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(attribute, 'a string is expected.');
  if (value.length > limit) throw invalid(attribute, `it is longer than ${limit} characters.`);
  return value;
}

/** A list of strings that may be left out. */
export function optionalTexts(
  body: Readonly<Record<string, unknown>>,
  attribute: string,
): readonly string[] | undefined {
  const value = body[attribute];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
    throw invalid(attribute, 'a list of strings is expected.');
  }
  return value as string[];
}

function numberOf(request: AtlasRequest, name: string, fallback: number, most: number): number {
  const text = request.query.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most) {
    throw new Refusal(400, 'INVALID_QUERY_PARAMETER', `Query parameter ${name} must be from 1 to ${most}.`, [name]);
  }
  return value;
}

/**
 * One page of `items` in Atlas's envelope: `links`, `results`, and `totalCount` unless `includeCount=false`. Only the
 * page's own items are presented.
 */
export function page<T>(
  request: AtlasRequest,
  items: readonly T[],
  present: (item: T) => unknown,
  status = 200,
): AtlasAnswer {
  const perPage = numberOf(request, 'itemsPerPage', 100, 500);
  const pageNum = numberOf(request, 'pageNum', 1, 1_000_000);
  const start = (pageNum - 1) * perPage;
  const link = (rel: string, number: number): { rel: string; href: string } => {
    const query = new URLSearchParams(request.query);
    query.set('pageNum', String(number));
    query.set('itemsPerPage', String(perPage));
    return { rel, href: `${request.origin}${request.pathname}?${query.toString()}` };
  };
  return {
    status,
    body: {
      links: [
        link('self', pageNum),
        ...(pageNum > 1 ? [link('previous', pageNum - 1)] : []),
        ...(start + perPage < items.length ? [link('next', pageNum + 1)] : []),
      ],
      results: items.slice(start, start + perPage).map(present),
      ...(request.query.get('includeCount') === 'false' ? {} : { totalCount: items.length }),
    },
  };
}

/** The `links` of a single resource. */
export function selfLink(request: AtlasRequest, path = request.pathname): readonly { rel: string; href: string }[] {
  return [{ rel: 'self', href: `${request.origin}${path}` }];
}

export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
