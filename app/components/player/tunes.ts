import { byline, type Credit } from "#domain/catalogue/byline.ts";
import { list } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import type { CoverFacts } from "../cover-address.ts";
import { shortId } from "../short-id.ts";
import type { Tune } from "./queue.ts";

/** What the player tells of the work that a track is of. */
export type HeardWork = {
  slug: string;
  kind: "book" | "album";
  title: string;
  credits: Credit[];
  cover: CoverFacts | null;
};

export type Track = {
  id: string;
  disc: number;
  position: number;
  title: string;
  durationMs: number | null;
  /** What may be heard of it: how long, and the shape of the sound from 0 to 100 (empty where it is not known). */
  heard: { durationMs: number | null; bars: number[] } | null;
};

/** The tracks that may be heard, as the player takes them. */
export function tunesOf(
  work: HeardWork,
  tracks: readonly Track[],
  locale: Locale,
  lang: string | undefined,
): Tune[] {
  const by = list(
    locale,
    byline(work.kind, work.credits)
      .slice(0, 3)
      .map(({ name }) => name),
  );
  const cover = work.cover && pathTo("cover", locale, { id: shortId(work.cover.id), file: "480.jpg" });
  return tracks.flatMap(({ id, title, heard }) =>
    heard
      ? [
          {
            ...{ id, title, by, lang, cover, bars: heard.bars, durationMs: heard.durationMs },
            album: { slug: work.slug, title: work.title },
          },
        ]
      : [],
  );
}
