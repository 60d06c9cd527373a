import { redirect } from "@remix-run/node";
import type { Moved } from "#domain/catalogue/moved-queries.server.ts";
import { missing } from "./door.server.ts";

/** Thrown where nothing is found: for good (301) to where it was joined, or 404. */
export async function movedOrMissing(
  found: Promise<Moved | null>,
  to: (moved: Moved) => string,
): Promise<Response> {
  const moved = await found;
  return moved ? redirect(to(moved), 301) : missing();
}
