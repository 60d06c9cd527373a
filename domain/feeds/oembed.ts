import type { AddressOf, FeedLocale } from "./addresses.ts";
import { describedIn, type FeedWork } from "./feed-work.ts";
import { xml } from "./xml.ts";

export type OembedWords = { site: string; see: string };

/** Wide enough for a cover beside a few lines; a page that wants less gets less. */
const widest = 560;
const narrowest = 240;
/** The player shows four tracks and scrolls to the others. */
const playerHeight = 420;

/**
 * A work as another site shows it when somebody gives its address: a book as a small card of plain HTML, without script, frame or
 * tracker, that follows the type of the page; an album as our player in a frame, which tells nobody who looks at it. `byline` is in the
 * language of the address.
 */
export function oembedOf(
  work: FeedWork,
  {
    address,
    locale,
    words,
    byline,
    maxWidth,
    maxHeight,
  }: {
    address: AddressOf;
    locale: FeedLocale;
    words: OembedWords;
    byline: string;
    maxWidth: number | null;
    maxHeight: number | null;
  },
) {
  const width = Math.max(narrowest, Math.min(widest, maxWidth ?? widest));
  const usual = work.kind === "album" ? playerHeight : 200;
  const height = Math.min(usual, maxHeight ?? usual);
  const page = address("work", locale, { slug: work.slug });
  const cover = work.covers[0];
  const picture = cover && address("media", locale, { id: cover.id });
  const told = describedIn(work, locale);
  const short =
    told && (told.text.length > 160 ? `${told.text.slice(0, 159).replace(/\s+\S*$/, "")}…` : told.text);
  const tall = cover?.height ? Math.round((96 * cover.height) / Math.max(1, cover.width)) : null;
  return {
    version: "1.0",
    type: "rich",
    title: work.title,
    ...(byline && { author_name: byline }),
    provider_name: words.site,
    provider_url: address("home", locale),
    cache_age: 3600,
    ...(picture &&
      cover.height && {
        thumbnail_url: picture,
        thumbnail_width: cover.width,
        thumbnail_height: cover.height,
      }),
    width,
    height,
    html: (work.kind === "album"
      ? xml`<iframe src="${address("embed", locale, { slug: work.slug })}" width="${width}" height="${height}" title="${work.title}" style="border:0" loading="lazy" allow="autoplay"></iframe>`
      : xml`<blockquote class="ventes-coop" cite="${page}" style="max-width:${width}px;margin:0;padding:12px;border:1px solid #bbb;border-radius:8px;display:flex;gap:12px"${work.language && xml` lang="${work.language}"`}>${
          picture &&
          xml`<a href="${page}"><img src="${picture}" alt="" width="96"${tall && xml` height="${tall}"`} style="border-radius:4px"></a>`
        }<div><p style="margin:0 0 4px"><a href="${page}"><strong>${work.title}</strong></a></p>${byline && xml`<p style="margin:0 0 4px">${byline}</p>`}${short && xml`<p style="margin:0 0 8px" lang="${told.language}">${short}</p>`}<p style="margin:0" lang="${locale}"><a href="${page}">${words.see}</a></p></div></blockquote>`
    ).text,
  };
}
