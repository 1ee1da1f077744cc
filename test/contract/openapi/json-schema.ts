import { asObject, type Json, type JsonObject } from './description';
import { looseProperties, nullProperties } from './known-differences';

export type Direction = 'request' | 'response';

const dropped = new Set([
  'description',
  'title',
  'example',
  'externalDocs',
  'nullable',
  'readOnly',
  'writeOnly',
  'deprecated',
  'discriminator',
  'default',
]);

/**
 * Turns the component schemas of OpenAPI 3.0 into JSON Schema definitions for one direction:
 * - `nullable` becomes the type `null`;
 * - properties of the other direction (`readOnly` in requests, `writeOnly` in responses) are not required;
 * - a discriminator becomes conditions; what derives from a schema refers to its part without them (`Name.own`),
 *   for the two refer to each other;
 * - alternatives are `anyOf`, because those of the description overlap;
 * - in requests and answers alike, a property that is not described is a fault.
 */
export function toDefinitions(
  schemas: Readonly<Record<string, JsonObject>>,
  direction: Direction,
): Record<string, JsonObject> {
  const definitions: Record<string, JsonObject> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    const base = hasVariants(schema);
    const own = convert(base ? withoutVariants(schema) : schema, { schemas, direction, name, composing: true });
    if (!base) {
      definitions[name] = own;
      continue;
    }
    definitions[`${name}.own`] = own;
    definitions[name] = { allOf: [reference(`${name}.own`), ...variants(schema)] };
  }
  return definitions;
}

/** A schema in the place of a body, a property or an element: nothing undescribed may be in it. */
export function toClosedSchema(
  schema: JsonObject,
  schemas: Readonly<Record<string, JsonObject>>,
  direction: Direction,
): JsonObject {
  return convert(schema, { schemas, direction, name: '', composing: false });
}

interface Context {
  readonly schemas: Readonly<Record<string, JsonObject>>;
  readonly direction: Direction;
  readonly name: string;
  /** Inside `allOf`, `anyOf` and definitions: what is not described here may be described by a neighbour. */
  readonly composing: boolean;
}

function hasVariants(schema: JsonObject): boolean {
  return 'discriminator' in schema || ('oneOf' in schema && 'properties' in schema);
}

function withoutVariants(schema: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== 'oneOf' && key !== 'discriminator'));
}

function variants(schema: JsonObject): JsonObject[] {
  const discriminator = asObject(schema.discriminator);
  const property = discriminator.propertyName;
  if (typeof property !== 'string') return [{ anyOf: schema.oneOf as Json }].map((one) => rewriteAlternatives(one));
  const byValue = Object.entries(asObject(discriminator.mapping)).map(([value, target]) => ({
    if: { properties: { [property]: { const: value } }, required: [property] },
    then: reference((target as string).split('/').at(-1) ?? ''),
  }));
  if (!('oneOf' in schema)) return byValue;
  // The discriminator itself may be left out: then any of the alternatives will do.
  const unnamed = { if: { required: [property] }, else: rewriteAlternatives({ anyOf: schema.oneOf }) };
  return [...byValue, unnamed];
}

function rewriteAlternatives(schema: JsonObject): JsonObject {
  return {
    anyOf: (schema.anyOf as readonly JsonObject[]).map((one) =>
      reference((one.$ref as string).split('/').at(-1) ?? ''),
    ),
  };
}

function reference(name: string): JsonObject {
  return { $ref: `#/$defs/${name}` };
}

function convert(schema: JsonObject, context: Context): JsonObject {
  const target = schema.$ref;
  if (typeof target === 'string') return convertReference(target.split('/').at(-1) ?? '', schema, context);
  const result: Record<string, Json> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (dropped.has(key) || key.startsWith('x-')) continue;
    if (key === 'properties') result.properties = convertProperties(asObject(value), context);
    else if (key === 'required') result.required = requiredHere(schema, value as readonly string[], context);
    else if (key === 'items') result.items = convert(asObject(value), { ...context, composing: false });
    else if (key === 'additionalProperties' && typeof value === 'object') {
      result.additionalProperties = convert(asObject(value), { ...context, composing: false });
    } else if (key === 'oneOf' || key === 'anyOf' || key === 'allOf') {
      result[key === 'allOf' ? 'allOf' : 'anyOf'] = (value as readonly JsonObject[]).map((one) =>
        convert(one, { ...context, composing: true }),
      );
    } else result[key] = value;
  }
  // Some alternatives of strings are described as an object.
  if ('anyOf' in result && !('properties' in result)) delete result.type;
  return schema.nullable === true ? allowNull(result) : result;
}

function convertReference(name: string, schema: JsonObject, context: Context): JsonObject {
  const known = context.schemas[name] ?? {};
  const inAllOf = context.composing && hasVariants(known);
  const result: Record<string, Json> = { ...reference(inAllOf ? `${name}.own` : name) };
  const describesObject = 'properties' in known || 'allOf' in known || 'oneOf' in known;
  if (!context.composing && describesObject) result.unevaluatedProperties = false;
  return known.nullable === true || schema.nullable === true ? { anyOf: [{ type: 'null' }, result] } : result;
}

function convertProperties(properties: JsonObject, context: Context): JsonObject {
  const nullHere = (property: string, schema: JsonObject): JsonObject =>
    context.direction === 'response' && nullProperties.has(property) ? allowNull(schema) : schema;
  return Object.fromEntries(
    Object.entries(properties).map(([property, value]) => {
      const described = asObject(value);
      if (looseProperties.has(`${context.name}.${property}`)) {
        const type = described.type;
        return [property, nullHere(property, type === undefined ? {} : { type })];
      }
      return [property, nullHere(property, convert(described, { ...context, composing: false }))];
    }),
  );
}

function requiredHere(schema: JsonObject, required: readonly string[], context: Context): Json {
  const foreign = context.direction === 'request' ? 'readOnly' : 'writeOnly';
  const properties = asObject(schema.properties);
  return required.filter((property) => asObject(properties[property])[foreign] !== true);
}

function allowNull(schema: JsonObject): JsonObject {
  return { anyOf: [{ type: 'null' }, schema] };
}
