import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { enter, missing } from "#app/http/door.server.ts";
import { sendMedia } from "#app/http/media.server.ts";
import { findMedia } from "#domain/delivery/queries.server.ts";

const id = z.uuid();

/** Previews and samples, by the asset's id. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await enter(args);
  const assetId = id.safeParse(args.params.id);
  if (!assetId.success) throw missing();
  const media = await findMedia(db, { assetId: assetId.data, personId: viewer?.id ?? null });
  if (!media) throw missing();
  return sendMedia(args.request, args.context, media);
}
