import type { z } from "zod";
import { type Schema, schemaOf } from "./openapi.server.ts";

/** A field as the page shows it: its place (`items[].lines[].amount`), what it holds, and whether it may be null or absent. */
export type ShownField = { place: string; type: string; note: string | null };

/** The fields of a shape, one a line, the outer before the inner. */
export function fieldsOf(
  shape: z.ZodType,
  io: "input" | "output",
  notes: Record<string, string>,
): ShownField[] {
  return inside(schemaOf(shape, io), "", notes);
}

function inside(schema: Schema, at: string, notes: Record<string, string>): ShownField[] {
  const options = schema.anyOf?.filter(({ type }) => type !== "null") ?? [schema];
  return options.flatMap((option) => {
    if (option.items) return inside(option.items, `${at}[]`, notes);
    return Object.entries(option.properties ?? {}).flatMap(([name, property]) => {
      const place = at === "" ? name : `${at}.${name}`;
      return [
        { place, type: typeOf(property), note: notes[name] ?? null },
        ...inside(property, place, notes),
      ];
    });
  });
}

function typeOf(schema: Schema): string {
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(" | ");
  if (schema.items) return `${typeOf(schema.items)}[]`;
  return schema.format ?? (Array.isArray(schema.type) ? schema.type.join(" | ") : (schema.type ?? "any"));
}
