import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as albumRss from "#app/routes/feeds/album-rss.ts";
import * as atom from "#app/routes/feeds/atom.ts";
import * as atomAgent from "#app/routes/feeds/atom-agent.ts";
import * as atomCoop from "#app/routes/feeds/atom-coop.ts";
import * as coopRss from "#app/routes/feeds/coop-rss.ts";
import * as oembed from "#app/routes/feeds/oembed.ts";
import * as opds from "#app/routes/feeds/opds.ts";
import * as opdsDescription from "#app/routes/feeds/opds-description.ts";
import * as opdsWorks from "#app/routes/feeds/opds-works.ts";
import * as opds2 from "#app/routes/feeds/opds2.ts";
import * as opds2Work from "#app/routes/feeds/opds2-work.ts";
import * as opds2Works from "#app/routes/feeds/opds2-works.ts";
import { shelfPage } from "#domain/feeds/shelf-queries.server.ts";
import {
  address,
  allOf,
  type Element,
  hostile,
  isbn,
  openFeeds,
  publicUrl,
  readXml,
  textOf,
} from "./feeds-house.ts";

let feeds: Awaited<ReturnType<typeof openFeeds>>;
beforeAll(async () => {
  feeds = await openFeeds();
});
afterAll(() => feeds.close());

const ask = (...all: Parameters<typeof feeds.ask>) => feeds.ask(...all);
const links = (element: Element, rel: string) =>
  element.children.filter(({ name, attributes }) => name === "link" && attributes.rel === rel);
const entries = (feed: Element) => allOf(feed, "entry");
const works = () =>
  feeds.db
    .selectFrom("work")
    .select(["id", "slug", "updated_at", "kind"])
    .where("state", "=", "published")
    .orderBy("published_at", "desc")
    .execute();
const second = (at: Date) => `${at.toISOString().slice(0, 19)}Z`;
const price = "http://opds-spec.org/acquisition";

describe("the catalogue in OPDS 1.2", () => {
  it("has a door that leads to feeds of works", async () => {
    const answer = await ask(opds.loader, "/opds");
    expect(answer.headers.get("content-type")).toContain("profile=opds-catalog;kind=navigation");
    const root = readXml(answer.words);
    expect(entries(root).length).toBeGreaterThanOrEqual(4);
    for (const entry of entries(root)) {
      expect(textOf(entry, "id")).toMatch(/^https:/);
      expect(textOf(entry, "updated")).toMatch(/^\d{4}-.*Z$/);
      const [link] = allOf(entry, "link");
      expect(link!.attributes.type).toBe("application/atom+xml;profile=opds-catalog;kind=acquisition");
      expect(link!.attributes.href).toMatch(/^https:\/\/ventes\.test\/opds\/oeuvres/);
    }
    const search = links(root, "search");
    expect(search.map(({ attributes }) => attributes.type)).toContain(
      "application/opensearchdescription+xml",
    );
    expect(search.some(({ attributes }) => attributes.href!.includes("{searchTerms}"))).toBe(true);
    expect(links(root, "http://opds-spec.org/crawlable")).toHaveLength(1);
  });

  it("says of every work what the database says", async () => {
    const feed = readXml((await ask(opdsWorks.loader, "/opds/oeuvres")).words);
    const all = await works();
    expect(entries(feed).map((entry) => textOf(entry, "id"))).toEqual(
      all.map(({ id }) => `${publicUrl}/id/work/${id}`),
    );
    expect(entries(feed).map((entry) => textOf(entry, "updated"))).toEqual(
      all.map((work) => second(work.updated_at)),
    );
    expect(textOf(feed, "opensearch:totalResults")).toBe(String(all.length));
    const book = entries(feed).find((entry) => textOf(entry, "title") === hostile)!;
    expect(textOf(book, "dc:identifier")).toBe(`urn:isbn:${isbn}`);
    const [buy] = links(book, `${price}/buy`);
    expect(buy!.attributes.type).toBe("text/html");
    expect(allOf(buy!, "opds:price")[0]).toMatchObject({
      attributes: { currencycode: "CAD" },
      text: "12.50",
    });
    expect(allOf(buy!, "opds:indirectAcquisition")[0]!.attributes.type).toBe("application/epub+zip");
    expect(links(book, `${price}/sample`)[0]!.attributes).toMatchObject({
      href: `${publicUrl}/media/${feeds.ids.sample}`,
      type: "application/epub+zip",
    });
    expect(links(book, "http://opds-spec.org/image")[0]!.attributes.type).toBe("image/jpeg");
    const free = entries(feed).find((entry) => textOf(entry, "title") === "Libre")!;
    expect(links(free, `${price}/buy`)).toEqual([]);
    expect(links(free, price)).toHaveLength(1);
  });

  it("narrows by facets that count what they would give", async () => {
    const feed = readXml((await ask(opdsWorks.loader, "/opds/oeuvres?kind=book")).words);
    expect(entries(feed)).toHaveLength(2);
    const facets = links(feed, "http://opds-spec.org/facet");
    const active = facets.filter(({ attributes }) => attributes["opds:activeFacet"] === "true");
    expect(active.map(({ attributes }) => attributes["thr:count"])).toEqual(["2"]);
    for (const { attributes } of facets.filter((facet) => !active.includes(facet))) {
      const narrowed = readXml((await ask(opdsWorks.loader, attributes.href!)).words);
      expect(String(entries(narrowed).length), attributes.title).toBe(attributes["thr:count"]);
      expect(attributes["opds:facetGroup"]).toBeTruthy();
    }
  });

  it("finds by words, and tells other programmes how to ask", async () => {
    const description = readXml((await ask(opdsDescription.loader, "/opds/recherche.xml")).words);
    const url = allOf(description, "Url").find(({ attributes }) =>
      attributes.type!.startsWith("application/atom"),
    )!;
    const found = readXml(
      (await ask(opdsWorks.loader, url.attributes.template!.replace("{searchTerms}", "chaloupe"))).words,
    );
    expect(entries(found).map((entry) => textOf(entry, "title"))).toEqual(["Chaloupe"]);
    const none = readXml((await ask(opdsWorks.loader, "/opds/oeuvres?query=xyzzyq")).words);
    expect(entries(none)).toEqual([]);
  });

  it("lists everything for who keeps a copy, and says that it is everything", async () => {
    const feed = readXml((await ask(opdsWorks.loader, "/opds/oeuvres?all=1")).words);
    expect(entries(feed)).toHaveLength(4);
    expect(allOf(feed, "fh:complete")).toHaveLength(1);
  });

  it("is not sent again to who has it", async () => {
    const first = await ask(opdsWorks.loader, "/opds/oeuvres");
    expect(first.headers.get("cache-control")).toContain("public");
    const again = await ask(opdsWorks.loader, "/opds/oeuvres", {
      headers: { "if-none-match": first.headers.get("etag")! },
    });
    expect([again.status, again.words]).toEqual([304, ""]);
    // A work leaves, and no date of those that stay has changed.
    await sql`update work set state = 'withdrawn' where slug = 'marees'`.execute(feeds.db);
    const left = await ask(opdsWorks.loader, "/opds/oeuvres", {
      headers: {
        "if-none-match": first.headers.get("etag")!,
        "if-modified-since": first.headers.get("last-modified")!,
      },
    });
    expect([left.status, entries(readXml(left.words)).length]).toEqual([200, 3]);
    await sql`update work set state = 'published' where slug = 'marees'`.execute(feeds.db);
  });
});

describe("paging", () => {
  it("shows every work once, forward and back, while others come", async () => {
    const seen: string[] = [];
    let cursor: Parameters<typeof shelfPage>[2]["cursor"] = null;
    const pages: string[][] = [];
    for (;;) {
      const page = await shelfPage(feeds.db, {}, { cursor, limit: 1, count: false });
      pages.push(page.works.map(({ slug }) => slug));
      seen.push(...pages.at(-1)!);
      if (pages.length === 2)
        await feeds.shelve({ slug: "venu-entre", title: "Venu entre deux pages", day: 9 });
      if (!page.next) {
        const before = await shelfPage(feeds.db, {}, { cursor: page.previous, limit: 1, count: true });
        expect(before.works.map(({ slug }) => slug)).toEqual(pages.at(-2));
        expect(before.page).toBe(pages.length - 1);
        expect(before.next).not.toBeNull();
        break;
      }
      cursor = page.next;
    }
    expect(seen).toEqual(["libre", "chaloupe", "lamp", "marees"]);
    await sql`update work set state = 'draft', published_at = null where slug = 'venu-entre'`.execute(
      feeds.db,
    );
  });
});

describe("the catalogue in OPDS 2.0", () => {
  const noBlank = (value: unknown): void => {
    if (Array.isArray(value)) {
      expect(value.length).toBeGreaterThan(0);
      value.forEach(noBlank);
    } else if (typeof value === "object" && value !== null) Object.values(value).forEach(noBlank);
    else expect(value).not.toBe("");
  };

  it("agrees with the database, says prices, samples, people and facets", async () => {
    const answer = await ask(opds2Works.loader, "/opds/v2/oeuvres");
    expect(answer.headers.get("content-type")).toBe("application/opds+json");
    const feed = JSON.parse(answer.words);
    noBlank(feed);
    const all = await works();
    expect(feed.metadata).toMatchObject({ numberOfItems: all.length, currentPage: 1, itemsPerPage: 25 });
    expect(feed.publications).toHaveLength(all.length);
    expect(
      feed.publications.map((each: { metadata: { modified: string } }) => each.metadata.modified),
    ).toEqual(all.map((work) => second(work.updated_at)));
    expect(feed.links.find(({ rel }: { rel: string }) => rel === "search")).toMatchObject({
      templated: true,
      href: `${publicUrl}/opds/v2/oeuvres{?query,title,author}`,
    });
    const book = feed.publications.find(
      (each: { metadata: { title: string } }) => each.metadata.title === hostile,
    );
    expect(book.metadata.author[0]).toMatchObject({
      name: "Ana Roy",
      identifier: "https://isni.org/isni/0000000121441970",
    });
    expect(book.metadata.belongsTo.series).toEqual({ name: "Rivages", position: 2 });
    const buy = book.links.find(({ rel }: { rel: string }) => rel === `${price}/buy`);
    expect(buy.properties).toEqual({
      price: { currency: "CAD", value: 12.5 },
      indirectAcquisition: [{ type: "application/epub+zip" }],
    });
    expect(book.images[0]).toMatchObject({ type: "image/jpeg", width: 480, height: 720 });
    for (const each of feed.publications as {
      links: { rel: string; href: string; type: string }[];
      images: { type: string }[];
    }[]) {
      expect(each.links.find(({ rel }) => rel === "self")!.href).toMatch(
        /^https:\/\/ventes\.test\/opds\/v2\/oeuvres\//,
      );
      expect(each.links.some(({ rel }) => rel.startsWith(price))).toBe(true);
      expect(each.images.length).toBeGreaterThan(0);
    }
    for (const group of feed.facets)
      for (const link of group.links) {
        const narrowed = JSON.parse((await ask(opds2Works.loader, link.href)).words);
        if (link.rel !== "self") expect(narrowed.metadata.numberOfItems).toBe(link.properties.numberOfItems);
      }
  });

  it("has a door with groups, works of their own, and a list where nothing is found", async () => {
    const root = JSON.parse((await ask(opds2.loader, "/en/opds/v2")).words);
    noBlank(root);
    expect(root.navigation[0].href).toBe(`${publicUrl}/en/opds/v2/works`);
    const one = await ask(opds2Work.loader, "/opds/v2/oeuvres/chaloupe", { params: { slug: "chaloupe" } });
    expect(one.headers.get("content-type")).toBe("application/opds-publication+json");
    expect(JSON.parse(one.words).metadata["@type"]).toBe("http://schema.org/MusicAlbum");
    const none = JSON.parse((await ask(opds2Works.loader, "/opds/v2/oeuvres?query=xyzzyq")).words);
    expect(none.navigation).toHaveLength(1);
    const hidden = await ask(opds2Work.loader, "/opds/v2/oeuvres/brouillon", {
      params: { slug: "brouillon" },
    });
    expect(hidden.status).toBe(404);
  });
});

describe("what one may follow", () => {
  it.each([
    ["the shop", atom.loader, "/nouveautes.atom", {}, ["libre", "chaloupe", "lamp", "marees"]],
    [
      "a co-op",
      atomCoop.loader,
      "/cooperatives/fleuve/nouveautes.atom",
      { slug: "fleuve" },
      ["libre", "chaloupe", "lamp", "marees"],
    ],
    [
      "a person",
      atomAgent.loader,
      "/personnes/ana-roy/nouveautes.atom",
      { slug: "ana-roy" },
      ["chaloupe", "lamp", "marees"],
    ],
  ] as const)("%s, as Atom", async (_, loader, path, params, slugs) => {
    const feed = readXml((await ask(loader, path, { params })).words);
    expect(textOf(feed, "id")).toBe(publicUrl + path);
    expect(entries(feed).map((entry) => links(entry, "alternate")[0]!.attributes.href)).toEqual(
      slugs.map((slug) => address("work", "fr", { slug })),
    );
    for (const entry of entries(feed)) expect(allOf(entry, "author").length).toBeGreaterThan(0);
  });

  it("an album and its publisher, as players of podcasts read them, each naming the other", async () => {
    const path = "/oeuvres/chaloupe/album.rss";
    const feed = readXml((await ask(albumRss.loader, path, { params: { slug: "chaloupe" } })).words);
    expect(textOf(feed, "podcast:medium")).toBe("music");
    expect(textOf(feed, "podcast:locked")).toBe("yes");
    const items = allOf(feed, "item");
    expect(items.map((item) => textOf(item, "title"))).toEqual(["Départ", "Retour"]);
    for (const item of items) {
      const [enclosure] = allOf(item, "enclosure");
      const preview = await feeds.db
        .selectFrom("asset")
        .select(["bytes", "media_type"])
        .where("id", "=", enclosure!.attributes.url!.split("/").at(-1)!)
        .executeTakeFirstOrThrow();
      expect(enclosure!.attributes).toMatchObject({
        length: String(preview.bytes),
        type: preview.media_type,
      });
      expect(allOf(item, "podcast:contentLink")[0]!.attributes.href).toBe(`${publicUrl}/oeuvres/chaloupe`);
      expect(textOf(item, "itunes:duration")).toBe("185");
    }
    expect(allOf(feed, "podcast:person").map(({ text }) => text)).toEqual(["Yann Noël", "Ana Roy"]);
    const [publisher] = allOf(allOf(feed, "podcast:publisher")[0]!, "podcast:remoteItem");
    const coop = readXml(
      (await ask(coopRss.loader, publisher!.attributes.feedUrl!, { params: { slug: "fleuve" } })).words,
    );
    expect(textOf(coop, "podcast:guid")).toBe(publisher!.attributes.feedGuid);
    expect(textOf(coop, "podcast:medium")).toBe("publisher");
    const named = allOf(coop, "podcast:remoteItem").find(
      ({ attributes }) => attributes.feedUrl === publicUrl + path,
    );
    expect(named!.attributes.feedGuid).toBe(textOf(feed, "podcast:guid"));
    expect(
      (await ask(albumRss.loader, "/oeuvres/marees/album.rss", { params: { slug: "marees" } })).status,
    ).toBe(404);
  });
});

describe("a card for other sites", () => {
  it("is rich, plain and safe", async () => {
    const url = encodeURIComponent(`${publicUrl}/oeuvres/marees`);
    const card = JSON.parse((await ask(oembed.loader, `/oembed?url=${url}&format=json&maxwidth=300`)).words);
    expect(card).toMatchObject({
      version: "1.0",
      type: "rich",
      title: hostile,
      width: 300,
      author_name: "Ana Roy",
    });
    expect(card.html).not.toMatch(/<script|<iframe|<b |onerror/i);
    expect(card.html).toContain(`href="${publicUrl}/oeuvres/marees"`);
    const about = (page: string) => ask(oembed.loader, `/oembed?url=${encodeURIComponent(page)}`);
    expect((await about("https://ailleurs.test/oeuvres/marees")).status).toBe(404);
    expect((await about(`${publicUrl}/oeuvres/brouillon`)).status).toBe(404);
    expect((await about(`${publicUrl}/en/works/marees`)).words).toContain("See on ventes.coop");
    expect((await ask(oembed.loader, `/oembed?url=${url}&format=xml`)).status).toBe(501);
  });

  it("is of an album our player, in the language of the address", async () => {
    const page = encodeURIComponent(`${publicUrl}/en/works/chaloupe`);
    const { html, height } = JSON.parse(
      (await ask(oembed.loader, `/oembed?url=${page}&maxwidth=400&maxheight=300`)).words,
    );
    expect(height).toBe(300);
    expect(html).toMatch(/^<iframe [^<>]*><\/iframe>$/);
    expect(html).toContain(`src="${publicUrl}/en/works/chaloupe/player" width="400" height="300"`);
  });
});
