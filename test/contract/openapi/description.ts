import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: JsonObject;
}

/** One operation of the description, references of the first level resolved. */
export interface Operation {
  readonly operationId: string;
  /** What the Atlas CLI calls it (`atlas api <tag> <operation>`), which is shorter for some. */
  readonly cliName: string;
  readonly tags: readonly string[];
  /** The least roles, any of which is enough; empty where none is named. */
  readonly roles: readonly string[];
  readonly method: string;
  /** `/api/atlas/v2/groups/{groupId}/…` */
  readonly template: string;
  readonly parameters: readonly Parameter[];
  /** Media type → schema; empty when the operation takes no body. */
  readonly requestContent: Readonly<Record<string, JsonObject>>;
  readonly requestRequired: boolean;
  /** Status → media type → schema (`{}` when the answer has no content). */
  readonly responses: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
}

export interface Description {
  readonly operations: readonly Operation[];
  readonly schemas: Readonly<Record<string, JsonObject>>;
}

/** Where the official description is looked for: `ATLAS_OPENAPI`, else beside the project. It is never part of it. */
export function descriptionPath(): string {
  return (
    process.env.ATLAS_OPENAPI ?? resolve(import.meta.dirname, '../../../../shared/atlas-openapi/atlas-subset.yaml')
  );
}

/** The description, or the reason for its absence, fit to be printed by the test that goes without it. */
export function loadDescription(path = descriptionPath()): Description | { readonly absent: string } {
  if (!existsSync(path)) {
    return {
      absent: 'The Atlas Admin API description is not there. Name the file in ATLAS_OPENAPI to check against it.',
    };
  }
  return readDescription(parse(readFileSync(path, 'utf8')) as Json);
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

function readDescription(document: Json): Description {
  const root = asObject(document);
  const components = asObject(root.components);
  const resolveReference = (value: Json | undefined): JsonObject => {
    const object = asObject(value);
    const reference = object.$ref;
    if (typeof reference !== 'string') return object;
    const [, , kind = '', name = ''] = reference.split('/');
    return asObject(asObject(components[kind])[name]);
  };
  const content = (value: Json | undefined): Record<string, JsonObject> =>
    Object.fromEntries(
      Object.entries(asObject(value)).map(([type, media]) => [type, asObject(asObject(media).schema)]),
    );
  const operations = Object.entries(asObject(root.paths)).flatMap(([template, item]) =>
    Object.entries(asObject(item))
      .filter(([method]) => methods.includes(method))
      .map(([method, value]): Operation => {
        const operation = asObject(value);
        const body = resolveReference(operation.requestBody);
        return {
          operationId: operation.operationId as string,
          cliName: (operation['x-xgen-operation-id-override'] ?? operation.operationId) as string,
          tags: (operation.tags ?? []) as string[],
          roles: (operation['x-rolesRequirements'] ?? []) as string[],
          method: method.toUpperCase(),
          template,
          parameters: ((operation.parameters ?? []) as Json[]).map((parameter) => {
            const resolved = resolveReference(parameter);
            return {
              name: resolved.name as string,
              in: resolved.in as Parameter['in'],
              required: resolved.required === true,
              schema: asObject(resolved.schema),
            };
          }),
          requestContent: content(body.content),
          requestRequired: body.required === true,
          responses: Object.fromEntries(
            Object.entries(asObject(operation.responses)).map(([status, response]) => [
              status,
              content(resolveReference(response).content),
            ]),
          ),
        };
      }),
  );
  return { operations, schemas: asObject(components.schemas) as Record<string, JsonObject> };
}

/** The value as an object; an empty one when it is something else. */
export function asObject(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
