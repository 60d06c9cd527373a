import { resolve } from "node:path";
import type { Addresses } from "#domain/exchange/export-catalogue.server.ts";

/** Where a work and its cover are, for who reads the file elsewhere. */
export const addressesOf = (publicUrl: string): Addresses => ({
  work: (slug) => `${publicUrl}/oeuvres/${encodeURIComponent(slug)}`,
  cover: ({ id }) => `${publicUrl}/media/${id}/960.jpg`,
});

/** npm moves to the project's folder first; names are meant from where the person stands. */
export const fromWhereOneStands = (file: string): string =>
  process.env.npm_lifecycle_event === "ventes" ? resolve(process.env.INIT_CWD ?? "", file) : resolve(file);

/** An option that a command does not have, or without the value that it wants: told by the usage. */
export const isUnknownOption = (problem: unknown): boolean =>
  (problem as { code?: string } | null)?.code?.startsWith("ERR_PARSE_ARGS") ?? false;
