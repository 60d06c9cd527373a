import { z } from "zod";
import type { House } from "#domain/house.ts";
import { type EventName, events } from "#domain/integrations/scopes.ts";
import { apiWords } from "#i18n/api.ts";
import type { Locale } from "#i18n/locale.ts";
import { operations } from "./operations.server.ts";
import { eventBodies, named, problem } from "./shapes.ts";

export type Schema = {
  type?: string;
  $ref?: string;
  description?: string;
  format?: string;
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
};

const json = (schema: object) => ({ "application/json": { schema } });

/** The API in OpenAPI 3.1, made from the very shapes that it answers with. */
export function openApi({ publicUrl }: House["settings"], locale: Locale): object {
  const words = apiWords(locale);
  const noted = (schema: Schema) => withNotes(schema, words.fields);
  const refused = {
    description: words.refused,
    content: { "application/problem+json": { schema: refTo(problem) } },
  };
  const paths: Record<string, Record<string, object>> = {};
  for (const { name, method, path, scope, query, body, answer } of operations) {
    const asked = Object.entries(schemaOf(query, "input").properties ?? {});
    const parameters = [
      ...(path.includes("{id}")
        ? [{ name: "id", in: "path", required: true, schema: { type: "string" } }]
        : []),
      ...asked.map(([parameter, schema]) => ({
        name: parameter,
        in: "query",
        required: name === "getStatement" && parameter === "period",
        description: words.parameters[parameter],
        schema,
      })),
      ...(body ? [{ name: "If-Match", in: "header", schema: { type: "string" } }] : []),
    ];
    paths[path] ??= {};
    paths[path][method.toLowerCase()] = {
      operationId: name,
      summary: words.operations[name],
      ...(scope && { description: words.needs(scope), security: [{ key: [] }] }),
      ...(parameters.length > 0 && { parameters }),
      ...(body && { requestBody: { required: true, content: json(noted(schemaOf(body, "input"))) } }),
      responses: {
        "200": { description: words.answered, content: json(refTo(answer)) },
        default: refused,
      },
    };
  }
  const { schemas } = z.toJSONSchema(named, { uri: (id) => `#/components/schemas/${id}` });
  return {
    openapi: "3.1.0",
    info: { title: words.title, version: "1", description: words.lead },
    servers: [{ url: `${publicUrl}/api/v1` }],
    paths,
    webhooks: Object.fromEntries(events.map((event) => [event, told(event, words, noted)])),
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer" } },
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([id, schema]) => [id, noted(bare(schema as Schema))]),
      ),
    },
  };
}

const told = (
  event: EventName,
  words: ReturnType<typeof apiWords>,
  noted: (schema: Schema) => Schema,
): object => ({
  post: {
    operationId: event.replace(".", "_"),
    summary: words.events[event],
    parameters: ["Ventes-Signature", "Ventes-Event", "Ventes-Delivery"].map((name) => ({
      name,
      in: "header",
      required: true,
      schema: { type: "string" },
    })),
    requestBody: { content: json(noted(schemaOf(eventBodies[event], "output"))) },
    responses: { "2XX": { description: words.received } },
  },
});

/** A shape as JSON Schema. What only our own reading of it knows (a cursor, a period) is what was before: a text. */
export function schemaOf(shape: z.ZodType, io: "input" | "output"): Schema {
  return bare(z.toJSONSchema(shape, { io, unrepresentable: "any" }) as Schema);
}

function bare(schema: Schema): Schema {
  const { $schema: _, $id: __, ...rest } = schema as Schema & { $schema?: string; $id?: string };
  return rest;
}

const refTo = (shape: z.ZodType): Schema => {
  const id = named.get(shape)?.id;
  if (!id) throw new Error("a shape without a name");
  return { $ref: `#/components/schemas/${id}` };
};

/** The words of a field stand beside it wherever it is. */
function withNotes(schema: Schema, notes: Record<string, string>): Schema {
  const inside = (each: Schema) => withNotes(each, notes);
  return {
    ...schema,
    ...(schema.items && { items: inside(schema.items) }),
    ...(schema.anyOf && { anyOf: schema.anyOf.map(inside) }),
    ...(schema.properties && {
      properties: Object.fromEntries(
        Object.entries(schema.properties).map(([name, property]) => {
          const note = notes[name];
          return [name, note === undefined ? inside(property) : { ...inside(property), description: note }];
        }),
      ),
    }),
  };
}
