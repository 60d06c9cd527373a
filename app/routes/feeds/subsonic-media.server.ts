import { followLink, onlyLooks } from "#app/http/file-link.ts";
import { orRefuse } from "#app/http/form.server.ts";
import { sendMedia } from "#app/http/media.server.ts";
import { pace } from "#app/http/pace.server.ts";
import { findHeldCover } from "#domain/delivery/held-cover-queries.server.ts";
import { openDownload } from "#domain/delivery/open-download.server.ts";
import { readMusic } from "#domain/library/music-queries.server.ts";
import { type Call, idOf } from "./subsonic-call.server.ts";
import { openToApps, SubsonicFailure } from "./subsonic-envelope.ts";
import { uuidOfId } from "./subsonic-shapes.ts";

/**
 * The file of a track as it was bought, by a link of five minutes to the bucket, which gives any part of it. Nothing is converted: a
 * wish for another format or fewer bits is answered with the original, as the protocol allows.
 */
async function file({ context, owner, asked, request }: Call): Promise<Response> {
  const paced = await orRefuse(owner.locale, async () => pace(context, "download"));
  if (!paced.ok) throw new SubsonicFailure(0, "Too many downloads. Wait ten minutes.", 429);
  const { songs } = await readMusic(context.db, owner.personId, {
    albums: "of songs",
    songs: { ids: [idOf(asked, "tr")] },
  });
  const link =
    songs[0] &&
    (await openDownload(context.db, context.house, {
      rightId: songs[0].rightId,
      assetId: songs[0].assetId,
      personId: owner.personId,
      saleId: null,
      // A player asks for a track in pieces: the first is the one that counts.
      looking: onlyLooks(request),
    }));
  if (!link) throw new SubsonicFailure(70);
  return followLink(request, link, openToApps);
}

/** The cover of an album; of a track or a playlist, the id that stands with them is the album's. */
async function getCoverArt({ context, owner, asked, request }: Call): Promise<Response> {
  const workId = uuidOfId(asked.get("id") ?? "", "al");
  if (!asked.get("id")) throw new SubsonicFailure(10);
  const width = Number.parseInt(asked.get("size") ?? "", 10);
  const media =
    workId &&
    (await findHeldCover(context.db, {
      personId: owner.personId,
      workId,
      width: Number.isSafeInteger(width) && width > 0 && width < 10_000 ? width : null,
    }));
  if (!media) throw new SubsonicFailure(70);
  const answer = await sendMedia(request, context, media);
  answer.headers.set("access-control-allow-origin", "*");
  return answer;
}

/** Calls that answer with a file. */
export const media: Record<string, (call: Call) => Promise<Response>> = {
  stream: file,
  download: file,
  getCoverArt,
};
