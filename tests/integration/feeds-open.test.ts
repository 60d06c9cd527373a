import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharePicture } from "#app/http/share-picture.ts";
import * as dump from "#app/routes/feeds/dump.ts";
import * as dumps from "#app/routes/feeds/dumps.ts";
import * as robots from "#app/routes/feeds/robots.ts";
import * as sitemap from "#app/routes/feeds/sitemap.ts";
import * as sitemaps from "#app/routes/feeds/sitemaps.ts";
import { sentFile } from "#domain/exchange/sent-lines.ts";
import type { DumpFile } from "#domain/feeds/dump.ts";
import { publishDump } from "#domain/feeds/publish-dump.server.ts";
import { sitemapOf } from "#domain/feeds/sitemap.ts";
import { urlsInSitemap } from "#domain/feeds/sitemap-queries.server.ts";
import { address, allOf, openFeeds, publicUrl, readXml, textOf } from "./feeds-house.ts";

let feeds: Awaited<ReturnType<typeof openFeeds>>;
beforeAll(async () => {
  feeds = await openFeeds();
});
afterAll(() => feeds.close());

const ask = (...all: Parameters<typeof feeds.ask>) => feeds.ask(...all);
const works = () =>
  feeds.db.selectFrom("work").select(["id", "slug", "updated_at"]).where("state", "=", "published").execute();
const titlesOf = async () =>
  (await feeds.db.selectFrom("work").select("title").where("state", "=", "published").execute()).map(
    ({ title }) => title,
  );
const second = (at: Date) => `${at.toISOString().slice(0, 19)}Z`;

describe("the map of the site", () => {
  it("holds every public address once in each language, with its twin and when it changed", async () => {
    const index = readXml((await ask(sitemaps.loader, "/sitemap.xml")).words);
    const files = allOf(index, "sitemap");
    const all = await works();
    const newest = all.map(({ updated_at }) => updated_at).reduce((a, b) => (a > b ? a : b));
    const listed: string[] = [];
    for (const file of files) {
      const at = textOf(file, "loc")!;
      expect(textOf(file, "lastmod")! <= second(newest)).toBe(true);
      const map = readXml((await ask(sitemap.loader, at, { params: { file: at.split("/").at(-1)! } })).words);
      const english = at.includes("-en");
      for (const url of allOf(map, "url")) {
        const loc = textOf(url, "loc")!;
        listed.push(loc);
        const twins = Object.fromEntries(
          allOf(url, "xhtml:link").map(({ attributes }) => [attributes.hreflang, attributes.href]),
        );
        expect(twins[english ? "en" : "fr"]).toBe(loc);
        expect(twins["x-default"]).toBe(twins.fr);
      }
    }
    expect(new Set(listed).size).toBe(listed.length);
    const expected = all.flatMap(({ slug }) => [
      address("work", "fr", { slug }),
      address("work", "en", { slug }),
    ]);
    expect(listed).toEqual(expect.arrayContaining(expected));
    expect(listed.filter((each) => /\/(oeuvres|works)\//.test(each))).toHaveLength(expected.length);
    // Ana, Ben, Yann; one co-op; four fixed pages.
    expect(listed).toHaveLength(expected.length + 2 * (3 + 1 + 4));
    expect((await ask(robots.loader, "/robots.txt")).words).toContain(`Sitemap: ${publicUrl}/sitemap.xml`);
    expect((await ask(sitemap.loader, "/sitemap/x.xml", { params: { file: "x.xml" } })).status).toBe(404);
  });
});

it("stays within what the protocol of sitemaps allows", async () => {
  const index = (await ask(sitemaps.loader, "/sitemap.xml")).words;
  const longest = `${publicUrl}/en/works/${"x".repeat(80)}`;
  const mapOf = (length: number) =>
    sitemapOf(
      Array.from({ length }, () => ({ updatedAt: new Date(0) })),
      "en",
      () => longest,
    );
  const map = mapOf(2);
  expect(urlsInSitemap).toBeLessThanOrEqual(50_000);
  expect(Buffer.byteLength(mapOf(urlsInSitemap))).toBeLessThan(50 * 1_048_576);
  expect(readXml(map).attributes.xmlns).toBe("http://www.sitemaps.org/schemas/sitemap/0.9");
  expect(readXml(index).attributes.xmlns).toBe("http://www.sitemaps.org/schemas/sitemap/0.9");
  for (const each of [...allOf(readXml(index), "lastmod"), ...allOf(readXml(map), "lastmod")])
    expect(each.text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
});

it("shares every page with a picture: its own, or the house's", async () => {
  const page = { data: { viewer: null } };
  expect(sharePicture([page, { data: { image: "https://x.test/c.jpg" } }], publicUrl)).toBeNull();
  const picture = sharePicture([page, { data: { image: undefined } }, { data: null }], publicUrl)!;
  const file = new URL(`../../public${new URL(picture).pathname}`, import.meta.url);
  expect(await sharp(await readFile(file)).metadata()).toMatchObject({ width: 1200, height: 630 });
});

describe("the open data", () => {
  it("are made whole, with their checksum and licence, without what people wrote", async () => {
    expect(JSON.parse((await ask(dumps.loader, "/donnees-ouvertes")).words).distribution).toEqual([]);
    const [made, table] = (await publishDump(feeds.db, feeds.house, address)) as [DumpFile, DumpFile];
    expect(made).toMatchObject({ file: "catalogue-2026-03-01.jsonl.gz", works: 4 });
    expect(table).toMatchObject({ file: "catalogue-2026-03-01.csv.gz", works: 4 });
    const again = await publishDump(feeds.db, feeds.house, address);
    expect(again.map(({ sha256 }) => sha256)).toEqual([made.sha256, table.sha256]);
    const list = JSON.parse((await ask(dumps.loader, "/donnees-ouvertes")).words);
    expect(list).toMatchObject({ license: "https://creativecommons.org/publicdomain/zero/1.0/" });
    expect(list.distribution.map(({ encodingFormat }: { encodingFormat: string }) => encodingFormat)).toEqual(
      ["application/ld+json", "text/csv"],
    );
    const answer = await ask(dump.loader, list.distribution[0].contentUrl, { params: { file: made.file } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(list.distribution[0].sha256);
    const lines = gunzipSync(bytes)
      .toString("utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines[0].license).toContain("zero");
    const ids = (await works()).map(({ id }) => `${publicUrl}/id/work/${id}`);
    expect(
      lines
        .slice(1)
        .map((line) => line["@graph"][0]["@id"])
        .sort(),
    ).toEqual(ids.sort());
    expect(gunzipSync(bytes).toString("utf8")).not.toContain("Un livre");
    const csv = await ask(dump.loader, list.distribution[1].contentUrl, { params: { file: table.file } });
    const rows = gunzipSync(Buffer.from(await csv.arrayBuffer()));
    expect(rows.toString("utf8")).not.toContain("Un livre");
    const { lines: read } = await sentFile(Readable.from([rows]));
    const titles: unknown[] = [];
    for await (const line of read) titles.push("sent" in line ? line.sent.fields.title : line);
    expect(titles.sort()).toEqual([...(await titlesOf())].sort());
    const sum = await ask(dump.loader, "/donnees-ouvertes/x", { params: { file: `${made.file}.sha256` } });
    expect(sum.words).toBe(`${made.sha256}  ${made.file}\n`);
    expect((await ask(dump.loader, "/donnees-ouvertes/x", { params: { file: "../secret" } })).status).toBe(
      404,
    );
  });
});
