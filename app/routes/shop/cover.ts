import type { LoaderFunctionArgs } from "@remix-run/node";
import { type CoverFormat, coverFormats } from "#app/components/cover-address.ts";
import { uuidOf } from "#app/components/short-id.ts";
import { enter, missing } from "#app/http/door.server.ts";
import { sendMedia } from "#app/http/media.server.ts";
import { findCover } from "#domain/delivery/queries.server.ts";

/** A cover in one of its sizes and formats: `/media/<short id>/480.avif`. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await enter(args);
  const coverId = uuidOf(args.params.id ?? "");
  const [, step, format] = /^(\d{3})\.(avif|webp|jpg)$/.exec(args.params.file ?? "") ?? [];
  if (!coverId || !step) throw missing();
  const mediaType = coverFormats[format as CoverFormat];
  const media = await findCover(db, { coverId, step: Number(step), mediaType, personId: viewer?.id ?? null });
  if (!media) throw missing();
  return sendMedia(args.request, args.context, media);
}
