import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { enter, missing } from "#app/http/door.server.ts";
import { keepHeard, readHeard } from "#app/http/heard.server.ts";
import { sendMedia } from "#app/http/media.server.ts";
import { hear, playsLeft, trackKey } from "#domain/delivery/free-plays.ts";
import { findHeardFile } from "#domain/delivery/hearing-queries.server.ts";
import { findSound } from "#domain/delivery/sound-queries.server.ts";

const id = z.uuid();
const kinds = z.enum(["opus", "aac", "peaks"]).catch("aac");
const unkept = { headers: { "cache-control": "private, no-store" } };

/** What the player asks beside the sound: how often the track may still be heard, null without limit. */
export type Listening = { held: boolean; left: number | null };

/**
 * One track as it may be heard, any part of it (`Range`): `?comme=opus` or `aac`, or the shape of its sound (`peaks`); with `?etat=1` what
 * is left of its free plays. Whoever bought it hears it without limit; of others the play is counted in a cookie of their own browser,
 * and refused (402) at the end.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enter(args);
  const recordingId = id.safeParse(args.params.id);
  if (!recordingId.success) throw missing();
  const as = kinds.parse(url.searchParams.get("comme"));
  const asked = { recordingId: recordingId.data, personId: viewer?.id ?? null };
  const found = await findHeardFile(db, { ...asked, as });
  if (as === "peaks") {
    if (!found) throw missing();
    return sendMedia(args.request, args.context, found.media);
  }
  const sound = found ?? (await findSound(db, asked));
  if (!sound) throw missing();
  const track = trackKey(asked.recordingId);
  const hearing = await readHeard(args.request, house.settings);
  if (url.searchParams.has("etat")) {
    const listening: Listening = { held: sound.held, left: playsLeft(hearing, track, sound.freePlays) };
    return Response.json(listening, unkept);
  }
  const heard = hear(hearing, track, { allowed: sound.freePlays, at: house.clock.now() });
  if (!heard.granted) return new Response(null, { status: 402, ...unkept });
  const answer = await sendMedia(args.request, args.context, sound.media);
  // A HEAD only looks.
  if (heard.hearing && args.request.method === "GET")
    answer.headers.append("set-cookie", await keepHeard(heard.hearing, house.settings));
  return answer;
}
