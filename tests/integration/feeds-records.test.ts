import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PageMemory } from "#app/http/page-memory.ts";
import { publicPages } from "#app/http/public-pages.ts";
import { wantsRecord } from "#app/http/wants-record.ts";
import * as rootPage from "#app/root.tsx";
import * as identity from "#app/routes/feeds/identity.ts";
import * as agentPage from "#app/routes/shop/agent.tsx";
import * as coopPage from "#app/routes/shop/coop.tsx";
import * as workPage from "#app/routes/shop/work.tsx";
import { hostile, isbn, openFeeds, publicUrl } from "./feeds-house.ts";

let feeds: Awaited<ReturnType<typeof openFeeds>>;
beforeAll(async () => {
  feeds = await openFeeds();
});
afterAll(() => feeds.close());

type Node = Record<string, unknown> & { "@id": string; "@type": string | string[] };
const name = (noun: string, id: string) => `${publicUrl}/id/${noun}/${id}`;
const at = (noun: string, id: string, headers: Record<string, string> = {}) =>
  feeds.ask(identity.loader, `/id/${noun}/${id}`, { params: { noun, id }, headers });
const record = async (noun: string, id: string) => {
  const answer = await at(noun, `${id}.jsonld`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/ld+json"]);
  return nodesOf(JSON.parse(answer.words));
};
const nodesOf = (document: { "@context": string; "@graph": Node[] }) => {
  expect(document["@context"]).toBe("https://schema.org");
  return new Map(document["@graph"].map((node) => [node["@id"], node]));
};
/** Every « @id » that a graph mentions. */
const mentioned = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.flatMap(mentioned)
    : typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, each]) => (key === "@id" ? [String(each)] : mentioned(each)))
      : [];

describe("a book as machines read it", () => {
  it("is a work, its edition with an offer, its people, series and co-op, all named", async () => {
    const { ids, coopId } = feeds;
    const nodes = await record("work", ids.marees!);
    const work = nodes.get(name("work", ids.marees!))!;
    expect(work).toMatchObject({
      "@type": "Book",
      name: { "@value": hostile, "@language": "fr" },
      inLanguage: "fr",
      datePublished: "2026-02",
      position: 2,
      author: [{ "@id": name("agent", ids.ana!) }],
      workExample: [{ "@id": name("edition", ids.epub!) }],
      isPartOf: { "@id": name("series", `${coopId}.rivages`) },
      translationOfWork: { inLanguage: "en" },
    });
    expect(work.description).toEqual([
      { "@value": `Un livre ${hostile}`, "@language": "fr" },
      { "@value": "A book", "@language": "en" },
    ]);
    expect(nodes.get(name("edition", ids.epub!))).toMatchObject({
      "@type": ["Product", "Book"],
      isbn,
      gtin13: isbn,
      bookFormat: "https://schema.org/EBook",
      exampleOfWork: { "@id": name("work", ids.marees!) },
      accessMode: ["textual"],
      offers: {
        price: "12.50",
        priceCurrency: "CAD",
        availability: "https://schema.org/InStock",
        seller: { "@id": name("coop", coopId) },
      },
    });
    // What is no identifier of its register (a script) is not told.
    expect(nodes.get(name("agent", ids.ana!))).toMatchObject({
      "@type": "Person",
      name: "Ana Roy",
      sameAs: ["https://isni.org/isni/0000000121441970", "https://www.wikidata.org/entity/Q42"],
    });
    for (const id of mentioned([...nodes.values()])) expect([...nodes.keys()], id).toContain(id);
  });
});

describe("an album as machines read it", () => {
  it("is a release with its recordings, codes, lengths and what is recorded", async () => {
    const { ids } = feeds;
    const nodes = await record("work", ids.chaloupe!);
    expect(nodes.get(name("work", ids.chaloupe!))).toMatchObject({
      "@type": ["Product", "MusicAlbum"],
      numTracks: 2,
      track: [{ "@id": name("recording", ids.Départ!) }, { "@id": name("recording", ids.Retour!) }],
      offers: { price: "9.00" },
    });
    expect(nodes.get(name("recording", ids.Départ!))).toMatchObject({
      "@type": "MusicRecording",
      isrcCode: "CBABC2600010",
      duration: "PT3M5S",
      inAlbum: { "@id": name("work", ids.chaloupe!) },
      recordingOf: { "@type": "MusicComposition", lyricist: [{ "@id": name("agent", ids.ana!) }] },
    });
    for (const id of mentioned([...nodes.values()])) expect([...nodes.keys()], id).toContain(id);
  });
  it("has no offer where it costs nothing", async () => {
    const free = (await record("work", feeds.ids.libre!)).get(name("work", feeds.ids.libre!))!;
    expect(free).toMatchObject({ "@type": "MusicAlbum", isAccessibleForFree: true });
    expect(free.offers).toBeUndefined();
  });
});

describe("one name for each thing", () => {
  it("leads people to the page and machines to the record", async () => {
    const { ids, coopId } = feeds;
    for (const [noun, id, page] of [
      ["work", ids.marees!, "/oeuvres/marees"],
      ["edition", ids.epub!, "/oeuvres/marees"],
      ["recording", ids.Retour!, "/oeuvres/chaloupe"],
      ["agent", ids.ana!, "/personnes/ana-roy"],
      ["coop", coopId, "/cooperatives/fleuve"],
      ["series", `${coopId}.rivages`, "/oeuvres?q=Rivages"],
    ] as const) {
      const person = await at(noun, id, { accept: "text/html,*/*;q=0.8" });
      expect([person.status, person.headers.get("location")]).toEqual([303, publicUrl + page]);
      const machine = await at(noun, id, { accept: "application/ld+json" });
      expect([machine.status, machine.headers.get("location")]).toEqual([303, `${name(noun, id)}.jsonld`]);
      expect(machine.headers.get("vary")).toContain("accept");
      expect([...(await record(noun, id)).keys()], noun).toContain(name(noun, id));
    }
  });
  it("says gone of a withdrawn work, and nothing of a draft or a stranger", async () => {
    const { ids } = feeds;
    expect((await at("work", ids.retire!)).status).toBe(410);
    expect((await at("work", ids.brouillon!)).status).toBe(404);
    expect((await at("work", `${ids.brouillon!}.jsonld`)).status).toBe(404);
    expect((await at("work", "0".repeat(8))).status).toBe(404);
    expect((await at("person", ids.ana!)).status).toBe(404);
  });
});

describe("the pages themselves", () => {
  it("tell the same in both languages, in a script that no title can end", async () => {
    const script = async (path: string) => {
      const page = (await workPage.loader({
        request: new Request(publicUrl + path),
        params: { slug: "marees" },
        context: { db: feeds.db, house: feeds.house, visitor: null },
      } as never)) as { jsonLd: string; links: { type: string; href: string }[] };
      expect(page.jsonLd).not.toContain("<");
      expect(page.links.map(({ type }) => type)).toEqual(["application/ld+json", "application/json+oembed"]);
      return page.jsonLd;
    };
    const french = await script("/oeuvres/marees");
    expect(await script("/en/works/marees")).toBe(french);
    expect(nodesOf(JSON.parse(french)).get(name("work", feeds.ids.marees!))).toBeTruthy();
  });

  it.each([
    ["work", workPage.loader, "/oeuvres/marees", "marees"],
    ["agent", agentPage.loader, "/personnes/ana-roy", "ana-roy"],
    ["coop", coopPage.loader, "/cooperatives/fleuve", "fleuve"],
  ] as const)("of a %s leads who asks for JSON-LD to the record", async (noun, loader, path, slug) => {
    const answer = await feeds.ask(loader, path, {
      params: { slug },
      headers: { accept: "application/ld+json" },
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toMatch(
      new RegExp(`^${publicUrl}/id/${noun}/[0-9a-f-]{36}\\.jsonld$`),
    );
  });

  it("tell of the shop and its search to whoever has no session", async () => {
    const root = (await rootPage.loader({
      request: new Request(`${publicUrl}/a-propos`),
      params: {},
      context: { db: feeds.db, house: feeds.house, visitor: null },
    } as never)) as unknown as { jsonLd: string };
    const [site] = nodesOf(JSON.parse(root.jsonLd)).values();
    expect(site).toMatchObject({ "@type": "WebSite", url: `${publicUrl}/` });
  });

  it("are given from memory to browsers alone", async () => {
    const memory = new PageMemory();
    memory.resume();
    const server = createServer(
      publicPages({
        memory,
        make: async () => ({ headers: [["content-type", "text/html"]], body: Buffer.from("page") }),
        otherwise: (_, response) => response.end("record"),
      }),
    ).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const read = async (accept: string) =>
      (await fetch(`http://127.0.0.1:${port}/oeuvres/marees`, { headers: { accept } })).text();
    expect(await read("text/html")).toBe("page");
    expect(await read("application/ld+json")).toBe("record");
    expect(await read("*/*")).toBe("page");
    server.close();
  });

  it("know a browser from a machine", () => {
    for (const accept of [
      undefined,
      "",
      "*/*",
      "text/html,application/xhtml+xml,*/*;q=0.8",
      "text/html, application/ld+json;q=0.5",
    ])
      expect(wantsRecord(accept), accept).toBe(false);
    for (const accept of [
      "application/ld+json",
      "application/json",
      "application/ld+json, text/html;q=0.9",
      "text/html;q=0.2, Application/LD+JSON",
    ])
      expect(wantsRecord(accept), accept).toBe(true);
  });
});
