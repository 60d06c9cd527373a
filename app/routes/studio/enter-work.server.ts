import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { type Door, enterStudio, missing } from "#app/http/door.server.ts";
import { findStudioWork, type StudioRecord } from "#domain/catalogue/studio-queries.server.ts";
import type { Viewer } from "#domain/people/viewer.ts";

/** How every page of one work begins: the member, and the work that is theirs. Another's does not exist. */
export async function enterWork(
  args: LoaderFunctionArgs | ActionFunctionArgs,
): Promise<Door & { viewer: Viewer; work: StudioRecord }> {
  const door = await enterStudio(args);
  const id = z.uuid().safeParse(args.params.id);
  const work = id.success ? await findStudioWork(door.db, door.viewer.id, id.data) : null;
  if (!work) throw missing();
  return { ...door, work };
}

/** What the frame of a work shows; the rest of the record stays on the server unless a page wants it. */
export const headOf = ({ id, slug, kind, title, state, cover, coop }: StudioRecord) => ({
  id,
  slug,
  kind,
  title,
  state,
  cover,
  coopName: coop.name,
});
