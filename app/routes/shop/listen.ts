import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { enter, missing } from "#app/http/door.server.ts";
import { keepHeard, readHeard } from "#app/http/heard.server.ts";
import { sendMedia } from "#app/http/media.server.ts";
import { hear, playsLeft, trackKey } from "#domain/delivery/free-plays.ts";
import { findSound } from "#domain/delivery/sound-queries.server.ts";

const id = z.uuid();

/** What the player asks beside the sound: how often the track may still be heard, null without limit. */
export type Listening = { held: boolean; left: number | null };

/**
 * One track as it may be heard: the sound itself, any part of it (`Range`), or with `?etat=1` what is left of its free plays. Whoever
 * bought it hears it without limit; of others the play is counted in a cookie of their own browser, and refused (402) at the end.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enter(args);
  const asked = id.safeParse(args.params.id);
  const sound =
    asked.success && (await findSound(db, { recordingId: asked.data, personId: viewer?.id ?? null }));
  if (!sound) throw missing();
  const allowed = sound.held ? null : sound.freePlays;
  const track = trackKey(sound.id);
  const hearing = await readHeard(args.request, house.settings);
  if (url.searchParams.has("etat")) {
    const listening: Listening = { held: sound.held, left: playsLeft(hearing, track, allowed) };
    return Response.json(listening, { headers: { "cache-control": "private, no-store" } });
  }
  const looks = args.request.method === "HEAD";
  const heard = hear(hearing, track, { allowed, at: house.clock.now() });
  if (!heard.granted)
    return new Response(null, { status: 402, headers: { "cache-control": "private, no-store" } });
  const answer = await sendMedia(args.request, args.context, sound.media);
  if (heard.hearing && !looks)
    answer.headers.append("set-cookie", await keepHeard(heard.hearing, house.settings));
  return answer;
}
