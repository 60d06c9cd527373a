import { Readable } from "node:stream";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as oai from "#app/routes/feeds/oai.ts";
import * as oaiSchema from "#app/routes/feeds/oai-schema.ts";
import { sentFile } from "#domain/exchange/sent-lines.ts";
import { harvestPage } from "#domain/feeds/harvest-queries.server.ts";
import { readHarvest, resumptionToken } from "#domain/feeds/harvest-request.ts";
import { allOf, hostile, isbn, openFeeds, publicUrl, readXml, textOf } from "./feeds-house.ts";

let feeds: Awaited<ReturnType<typeof openFeeds>>;
beforeAll(async () => {
  feeds = await openFeeds();
});
afterAll(() => feeds.close());

const harvest = async (query: string) => {
  const answer = await feeds.ask(oai.loader, `/oai?${query}`);
  expect(answer.headers.get("content-type")).toContain("text/xml");
  return readXml(answer.words);
};
const error = async (query: string) => allOf(await harvest(query), "error")[0]?.attributes.code;
const host = "ventes.test";
const named = (id: string) => `oai:${host}:${id}`;

describe("the harvest", () => {
  it("tells who it is, in which formats and sets", async () => {
    const who = await harvest("verb=Identify");
    expect(textOf(who, "protocolVersion")).toBe("2.0");
    expect(textOf(who, "deletedRecord")).toBe("persistent");
    expect(textOf(who, "adminEmail")).toBe("bonjour@ventes.test");
    expect(textOf(who, "baseURL")).toBe(`${publicUrl}/oai`);
    const formats = allOf(await harvest("verb=ListMetadataFormats"), "metadataPrefix").map(
      ({ text }) => text,
    );
    expect(formats).toEqual(["oai_dc", "jsonld", "onix_3.1"]);
    const sets = allOf(await harvest("verb=ListSets"), "setSpec").map(({ text }) => text);
    expect(sets).toEqual(
      expect.arrayContaining(["type:book", "type:album", "coop:fleuve", "language:fr", "language:en"]),
    );
    expect(readXml((await feeds.ask(oaiSchema.loader, "/oai/jsonld.xsd")).words).name).toBe("xs:schema");
  });

  it("gives every work that was ever published, and says which have left", async () => {
    const list = await harvest("verb=ListRecords&metadataPrefix=oai_dc");
    const known = await feeds.db
      .selectFrom("work")
      .select(["id", "state", "updated_at"])
      .where("published_at", "is not", null)
      .orderBy("updated_at")
      .orderBy("id")
      .execute();
    const headers = allOf(list, "header");
    expect(headers.map((header) => textOf(header, "identifier"))).toEqual(known.map(({ id }) => named(id)));
    expect(headers.map((header) => textOf(header, "datestamp"))).toEqual(
      known.map(({ updated_at }) => `${updated_at.toISOString().slice(0, 19)}Z`),
    );
    expect(headers.map(({ attributes }) => attributes.status === "deleted")).toEqual(
      known.map(({ state }) => state !== "published"),
    );
    expect(allOf(list, "metadata")).toHaveLength(4);
    const book = allOf(list, "oai_dc:dc").find((dc) => textOf(dc, "dc:title") === hostile)!;
    expect(allOf(book, "dc:identifier").map(({ text }) => text)).toContain(`urn:isbn:${isbn}`);
    expect(allOf(book, "dc:creator").map(({ text }) => text)).toEqual(["Ana Roy"]);
    expect(allOf(book, "dc:contributor").map(({ text }) => text)).toEqual(["Ben Côté"]);
    expect(allOf(book, "dc:subject")).toHaveLength(2);
  });

  it("gives one record as JSON-LD, and by POST as by GET", async () => {
    const query = `verb=GetRecord&metadataPrefix=jsonld&identifier=${encodeURIComponent(named(feeds.ids.marees!))}`;
    const document = textOf(await harvest(query), "document")!;
    expect(JSON.parse(document)["@graph"][0]["@id"]).toBe(`${publicUrl}/id/work/${feeds.ids.marees}`);
    const posted = await feeds.ask(oai.action, "/oai", { body: query });
    expect(textOf(readXml(posted.words), "document")).toBe(document);
    const gone = await harvest(query.replace(feeds.ids.marees!, feeds.ids.retire!));
    expect(allOf(gone, "header")[0]!.attributes.status).toBe("deleted");
    expect(allOf(gone, "metadata")).toEqual([]);
  });

  it("gives records as ONIX, page after page, that our own reader takes back", async () => {
    const list = await harvest("verb=ListRecords&metadataPrefix=onix_3.1");
    const messages = allOf(list, "ONIXMessage");
    expect(messages).toHaveLength(4);
    expect(messages[0]!.attributes).toMatchObject({
      release: "3.1",
      xmlns: "http://ns.editeur.org/onix/3.1/reference",
    });
    expect(allOf(list, "TitleText").map(({ text }) => text)).toContain(hostile);
    expect(allOf(list, "header").filter(({ attributes }) => attributes.status === "deleted")).toHaveLength(1);
    const one = await feeds.ask(
      oai.loader,
      `/oai?verb=GetRecord&metadataPrefix=onix_3.1&identifier=${encodeURIComponent(named(feeds.ids.marees!))}`,
    );
    const inside = /<ONIXMessage[\s\S]*<\/ONIXMessage>/.exec(one.words)?.[0] ?? "";
    const { lines } = await sentFile(Readable.from([Buffer.from(inside)]));
    const { value: line } = await lines.next();
    expect(line).toMatchObject({ sent: { workId: feeds.ids.marees, fields: { title: hostile } } });
    const token = resumptionToken(
      { format: "onix_3.1", span: { from: null, until: null, set: null } },
      { at: "2026-01-01T00:00:00.000000Z", id: feeds.ids.marees! },
    );
    const next = await harvest(`verb=ListRecords&resumptionToken=${token}`);
    expect(allOf(next, "ONIXMessage")).toHaveLength(4);
  });

  it("has an error for everything that is not quite right", async () => {
    expect(await error("")).toBe("badVerb");
    expect(await error("verb=Everything")).toBe("badVerb");
    expect(await error("verb=Identify&verb=Identify")).toBe("badVerb");
    expect(await error("verb=Identify&x=1")).toBe("badArgument");
    expect(await error("verb=ListRecords")).toBe("badArgument");
    expect(await error("verb=ListRecords&metadataPrefix=marc")).toBe("cannotDisseminateFormat");
    expect(await error("verb=ListRecords&metadataPrefix=oai_dc&from=hier")).toBe("badArgument");
    expect(await error("verb=ListRecords&metadataPrefix=oai_dc&from=2026-03-02&until=2026-03-01")).toBe(
      "badArgument",
    );
    expect(
      await error("verb=ListRecords&metadataPrefix=oai_dc&from=2026-03-02&until=2026-03-02T00:00:00Z"),
    ).toBe("badArgument");
    expect(await error("verb=ListRecords&metadataPrefix=oai_dc&from=2040-01-01")).toBe("noRecordsMatch");
    expect(await error("verb=ListRecords&resumptionToken=zz")).toBe("badResumptionToken");
    expect(await error(`verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:${host}:x`)).toBe(
      "idDoesNotExist",
    );
    expect(
      await error(`verb=GetRecord&metadataPrefix=oai_dc&identifier=${named(feeds.ids.brouillon!)}`),
    ).toBe("idDoesNotExist");
  });

  it("chooses by set and by span of time, both ends included", async () => {
    const ids = async (more: string) =>
      allOf(await harvest(`verb=ListIdentifiers&metadataPrefix=oai_dc&${more}`), "identifier").map(
        ({ text }) => text,
      );
    expect(await ids("set=type:album")).toHaveLength(2);
    expect(await ids("set=coop:fleuve")).toHaveLength(5);
    expect(await ids("set=language:en")).toEqual([named(feeds.ids.lampe!)]);
    expect(await ids("from=2026-03-01T15:00:00Z&until=2026-03-01T15:00:00Z")).toHaveLength(5);
    expect(await ids("from=2026-03-01&until=2026-03-01")).toHaveLength(5);
  });

  it("misses nothing when works change between two pages", async () => {
    const seen = new Map<string, string>();
    let query = "verb=ListRecords&metadataPrefix=oai_dc";
    let pages = 0;
    for (;;) {
      const wish = readHarvest(new URLSearchParams(query), host);
      if (!("after" in wish)) throw new Error("no list");
      const { works, more } = await harvestPage(feeds.db, { ...wish, limit: 2, records: true });
      for (const { id, at } of works) seen.set(id, at);
      pages += 1;
      if (pages === 1) {
        // One that was given already, one that was not: both go to the end.
        for (const id of [works[0]!.id, feeds.ids.retire!])
          await sql`update work set updated_at = ${new Date("2026-03-05T12:00:00.123Z")} where id = ${id}`.execute(
            feeds.db,
          );
        await feeds.shelve({ slug: "nouveau", title: "Nouveau", day: 8 });
      }
      if (!more) break;
      query = `verb=ListRecords&resumptionToken=${resumptionToken(wish, works.at(-1)!)}`;
      expect(pages).toBeLessThan(9);
    }
    const known = await feeds.db
      .selectFrom("work")
      .select(["id", "updated_at"])
      .where("published_at", "is not", null)
      .execute();
    expect(new Set(seen.keys())).toEqual(new Set(known.map(({ id }) => id)));
    for (const { id, updated_at } of known)
      expect(new Date(seen.get(id)!).getTime()).toBe(updated_at.getTime());
  });
});
