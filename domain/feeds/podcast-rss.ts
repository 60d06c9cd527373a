import { v5 } from "uuid";
import { type AddressOf, type FeedLocale, identityOf } from "./addresses.ts";
import { describedIn, type FeedCredit, type FeedWork } from "./feed-work.ts";
import { never } from "./shop-feed.ts";
import { type Xml, xml, xmlDocument } from "./xml.ts";

export const rssType = "application/rss+xml";

export type RssWords = { listen: (title: string) => string; worksOf: (name: string) => string };

/** The namespace in which podcasts name their feeds (podcast:guid). */
const podcasts = "ead4c236-bf58-58c6-a2c6-a6b28d128cb6";

/** The name for ever of a feed, from its address without its scheme. */
export const feedGuid = (address: string): string =>
  v5(address.replace(/^https?:\/\//, "").replace(/\/+$/, ""), podcasts);

/** Our roles in the words of the taxonomy of podcasts; who plays has none there, and the applications of music say « band ». */
const taxonomy: Record<string, readonly [group: string, role: string]> = {
  author: ["writing", "author"],
  lyricist: ["writing", "songwriter"],
  translator: ["writing", "translator"],
  transcriber: ["writing", "transcriber"],
  narrator: ["cast", "narrator"],
  performer: ["music", "band"],
  composer: ["audio post-production", "composer"],
  arranger: ["audio post-production", "music contributor"],
  remixer: ["audio post-production", "music contributor"],
  conductor: ["audio post-production", "music contributor"],
  producer: ["creative direction", "producer"],
  mixer: ["audio post-production", "audio editor"],
  mastering: ["audio production", "post production engineer"],
  engineer: ["audio production", "audio engineer"],
  cover_artist: ["visuals", "cover art designer"],
  designer: ["visuals", "graphic designer"],
};

/**
 * An album as applications of podcasts and music play it: its excerpts, one to each piece, and the way to the whole. What may be
 * heard before buying is all that a feed gives away; the rest is sold on the page.
 */
export function albumRss(
  work: FeedWork,
  { address, locale, words }: { address: AddressOf; locale: FeedLocale; words: RssWords },
): string {
  const self = address("albumRss", locale, { slug: work.slug });
  const page = address("work", locale, { slug: work.slug });
  const publisher = address("coopRss", locale, { slug: work.coop.slug });
  const told = describedIn(work, locale)?.text ?? work.title;
  const cover = work.covers.at(-1);
  const picture = cover && address("media", locale, { id: cover.id });
  const playing = leadNames(work);
  return xmlDocument(xml`${opening}
  <channel>
    <title>${work.title}</title>
    <link>${page}</link>
    <description>${told}</description>
    <language>${work.language ?? locale}</language>
    <pubDate>${rfc822(work.publishedAt)}</pubDate>
    <lastBuildDate>${rfc822(work.updatedAt)}</lastBuildDate>${
      work.rights &&
      xml`
    <copyright>${work.rights}</copyright>`
    }
    <atom:link rel="self" href="${self}" type="${rssType}"/>
    <itunes:author>${playing}</itunes:author>${
      picture &&
      xml`
    <itunes:image href="${picture}"/>
    <image><url>${picture}</url><title>${work.title}</title><link>${page}</link></image>`
    }
    <podcast:guid>${feedGuid(self)}</podcast:guid>
    <podcast:medium>music</podcast:medium>
    <podcast:locked>${work.price.amount > 0 ? "yes" : "no"}</podcast:locked>${
      work.rights &&
      xml`
    <podcast:license url="${page}">${work.rights.slice(0, 128)}</podcast:license>`
    }
    <podcast:publisher>
      <podcast:remoteItem medium="publisher" feedGuid="${feedGuid(publisher)}" feedUrl="${publisher}"/>
    </podcast:publisher>${persons(work.credits, address, locale)}${work.tracks.map(
      (track) => xml`
    <item>
      <title>${track.title}</title>
      <link>${page}</link>
      <guid isPermaLink="false">${identityOf(address, "recording", track.id)}</guid>
      <pubDate>${rfc822(work.publishedAt)}</pubDate>
      <podcast:season>${track.disc}</podcast:season>
      <podcast:episode>${track.position}</podcast:episode>${
        track.preview &&
        xml`
      <enclosure url="${address("media", locale, { id: track.preview.id })}" length="${track.preview.bytes}" type="${track.preview.type}"/>`
      }${
        track.durationMs !== null &&
        xml`
      <itunes:duration>${Math.round(track.durationMs / 1000)}</itunes:duration>`
      }
      <podcast:contentLink href="${page}">${words.listen(work.title)}</podcast:contentLink>${
        // People of a piece stand in place of those of the album.
        track.credits.length > 0 && persons(track.credits, address, locale)
      }
    </item>`,
    )}
  </channel>
</rss>`);
}

/** A co-op as the publisher of its albums: each names the other, which is how applications believe both. */
export function coopRss(
  coop: { slug: string; name: string; works: readonly FeedWork[] },
  { address, locale, words }: { address: AddressOf; locale: FeedLocale; words: RssWords },
): string {
  const self = address("coopRss", locale, { slug: coop.slug });
  const page = address("coop", locale, { slug: coop.slug });
  const albums = coop.works.filter(({ kind }) => kind === "album");
  const updated = albums.map(({ updatedAt }) => updatedAt).reduce((a, b) => (a > b ? a : b), never);
  return xmlDocument(xml`${opening}
  <channel>
    <title>${coop.name}</title>
    <link>${page}</link>
    <description>${words.worksOf(coop.name)}</description>
    <language>${locale}</language>
    <lastBuildDate>${rfc822(updated)}</lastBuildDate>
    <atom:link rel="self" href="${self}" type="${rssType}"/>
    <podcast:guid>${feedGuid(self)}</podcast:guid>
    <podcast:medium>publisher</podcast:medium>${albums.map(({ slug, title }) => {
      const feed = address("albumRss", locale, { slug });
      return xml`
    <podcast:remoteItem medium="music" feedGuid="${feedGuid(feed)}" feedUrl="${feed}" title="${title}"/>`;
    })}
  </channel>
</rss>`);
}

const opening: Xml = xml`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0">`;

const persons = (credits: readonly FeedCredit[], address: AddressOf, locale: FeedLocale): Xml[] =>
  credits.map((credit) => {
    const [group, role] = (Object.hasOwn(taxonomy, credit.role) && taxonomy[credit.role]) || [
      "misc.",
      "consultant",
    ];
    return xml`
    <podcast:person group="${group}" role="${role}" href="${address("agent", locale, { slug: credit.slug })}">${credit.name.slice(0, 128)}</podcast:person>`;
  });

function leadNames({ credits, coop }: FeedWork): string {
  const playing = credits.filter(({ role }) => role === "performer");
  const named = (playing.length > 0 ? playing : credits).map(({ name }) => name);
  return [...new Set(named)].join(", ") || coop.name;
}

/** « Sun, 01 Mar 2026 15:00:00 GMT » */
const rfc822 = (at: string): string => new Date(at).toUTCString();
