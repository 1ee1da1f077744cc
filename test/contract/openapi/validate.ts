import addFormats from 'ajv-formats';
import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import type { Description, JsonObject, Operation, Parameter } from './description';
import { toClosedSchema, toDefinitions, type Direction } from './json-schema';
import { additionalSuccessStatus } from './known-differences';

/** A request as it went over the wire. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query, `/api/atlas/v2/groups?pageNum=1`. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body as text; absent or empty when there was none. */
  readonly body?: string;
}

/** An answer as it went over the wire, to the request that it belongs to. */
export interface SeenResponse {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** Checks traffic against the description. Every function answers with the faults found, empty when all is well. */
export interface Validator {
  /** The operation that a method and path belong to, literal segments before parameters. */
  readonly findOperation: (method: string, path: string) => Operation | undefined;
  readonly validateRequest: (request: SeenRequest) => readonly string[];
  readonly validateResponse: (response: SeenResponse) => readonly string[];
}

/** Builds a {@link Validator}. Schemas are compiled at their first use. */
export function createValidator(description: Description): Validator {
  const ajv = new Ajv2019({
    strict: false,
    allErrors: true,
    code: { regExp: Object.assign(compilePattern, { code: 'new RegExp' }) },
  });
  addFormats(ajv);
  for (const direction of ['request', 'response'] as const) {
    ajv.addSchema({ $id: `atlas:${direction}`, $defs: toDefinitions(description.schemas, direction) });
  }
  const compiled = new Map<string, ValidateFunction>();
  const check = (key: string, schema: JsonObject, direction: Direction, value: unknown, what: string): string[] => {
    let validate = compiled.get(`${direction} ${key}`);
    if (validate === undefined) {
      validate = ajv.compile(pointTo(toClosedSchema(schema, description.schemas, direction), direction));
      compiled.set(`${direction} ${key}`, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      (error) => `${what}${error.instancePath}: ${error.message ?? error.keyword} ${JSON.stringify(error.params)}`,
    );
  };
  const findOperation = (method: string, path: string): Operation | undefined => {
    const candidates = description.operations.filter(
      (operation) => operation.method === method && matchTemplate(operation.template, pathOf(path)) !== undefined,
    );
    return candidates.sort((a, b) => parameterCount(a) - parameterCount(b))[0];
  };

  return {
    findOperation,
    validateRequest: (request) => {
      const operation = findOperation(request.method, request.path);
      if (operation === undefined) return [`no operation is described for ${request.method} ${request.path}`];
      const parameterFaults = checkParameters(operation, request, (parameter, value) =>
        check(
          `${operation.operationId} ${parameter.in} ${parameter.name}`,
          parameter.schema,
          'request',
          value,
          `${parameter.in} parameter ${parameter.name}`,
        ),
      );
      const accepted = Object.entries(operation.responses)
        .filter(([status]) => status.startsWith('2'))
        .flatMap(([, content]) => Object.keys(content));
      const accept = request.headers.accept ?? '';
      const acceptFaults = accepted.includes(accept)
        ? []
        : [`Accept is "${accept}", described: ${accepted.join(', ')}`];
      return [...parameterFaults, ...acceptFaults, ...checkBody(operation, request, check)];
    },
    validateResponse: (response) => {
      const operation = findOperation(response.method, response.path);
      if (operation === undefined) return [`no operation is described for ${response.method} ${response.path}`];
      const status = String(response.status);
      const difference = additionalSuccessStatus[operation.operationId];
      const content = operation.responses[difference?.actual === status ? difference.described : status];
      if (content === undefined) {
        return [`status ${status} is not described, but ${Object.keys(operation.responses).join(', ')}`];
      }
      if (status === '204' || Object.values(content).every((schema) => Object.keys(schema).length === 0)) {
        return response.body === '' || response.body === '{}' ? [] : ['an answer without content has a body'];
      }
      const type = mediaType(response.contentType);
      const schema = content[type] ?? (response.status >= 400 ? Object.values(content)[0] : undefined);
      if (schema === undefined) return [`Content-Type is "${type}", described: ${Object.keys(content).join(', ')}`];
      const value = parseJson(response.body);
      if (value === undefined) return ['the body is no JSON'];
      return check(`${operation.operationId} ${status} ${type}`, schema, 'response', value, 'body');
    },
  };
}

type Check = (key: string, schema: JsonObject, direction: Direction, value: unknown, what: string) => string[];

function checkBody(operation: Operation, request: SeenRequest, check: Check): string[] {
  const types = Object.keys(operation.requestContent);
  const body = request.body ?? '';
  if (types.length === 0) return body === '' ? [] : ['the operation takes no body'];
  if (body === '') return operation.requestRequired ? ['the body is missing'] : [];
  const type = mediaType(request.headers['content-type']);
  const schema = operation.requestContent[type];
  if (schema === undefined) return [`Content-Type is "${type}", described: ${types.join(', ')}`];
  const value = parseJson(body);
  if (value === undefined) return ['the body is no JSON'];
  return check(`${operation.operationId} ${type}`, schema, 'request', value, 'body');
}

function checkParameters(
  operation: Operation,
  request: SeenRequest,
  check: (parameter: Parameter, value: unknown) => string[],
): string[] {
  const url = new URL(request.path, 'https://atlas.invalid');
  const fromPath = matchTemplate(operation.template, pathOf(request.path)) ?? {};
  const described = operation.parameters;
  const unknown = [...url.searchParams.keys()].filter(
    (name) => !described.some((parameter) => parameter.in === 'query' && parameter.name === name),
  );
  const faults = unknown.map((name) => `query parameter ${name} is not described`);
  for (const parameter of described) {
    if (parameter.in === 'header') continue;
    const values = parameter.in === 'path' ? [fromPath[parameter.name]] : url.searchParams.getAll(parameter.name);
    const present = values.filter((value) => value !== undefined);
    if (present.length === 0) {
      if (parameter.required) faults.push(`${parameter.in} parameter ${parameter.name} is missing`);
      continue;
    }
    const typed = present.map((value) => typedValue(parameter.schema, value));
    const found = check(parameter, parameter.schema.type === 'array' ? typed : typed[0]);
    // Some patterns of path parameters describe the encoded form.
    const asSent = parameter.in === 'path' ? check(parameter, encodeURIComponent(String(typed[0]))) : found;
    if (asSent.length > 0) faults.push(...found);
  }
  return faults;
}

function typedValue(schema: JsonObject, value: string): unknown {
  if (schema.type === 'integer' || schema.type === 'number') return Number(value);
  if (schema.type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  return value;
}

function matchTemplate(template: string, path: string): Record<string, string> | undefined {
  const expected = template.split('/');
  const actual = path.split('/');
  if (expected.length !== actual.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const segment = actual[index] ?? '';
    if (!part.startsWith('{')) {
      if (part !== segment) return undefined;
    } else if (segment === '') return undefined;
    else values[part.slice(1, -1)] = decodeURIComponent(segment);
  }
  return values;
}

function parameterCount(operation: Operation): number {
  return operation.template.split('{').length;
}

function pathOf(path: string): string {
  return path.split('?')[0] ?? path;
}

function mediaType(header: string | undefined): string {
  return (header ?? '').split(';')[0]?.trim() ?? '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Local references of a schema compiled on its own lead to the definitions of its direction. */
function pointTo(schema: JsonObject, direction: Direction): JsonObject {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', `"atlas:${direction}#/$defs/`)) as JsonObject;
}

/** Patterns of the description are written for engines with and without Unicode mode. */
function compilePattern(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return new RegExp(pattern);
  }
}
