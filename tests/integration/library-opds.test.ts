import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { revokeDevice } from "#domain/library/revoke-device.server.ts";
import { all, basic, type Node, openDeviceHouse, parseXml, publicUrl } from "./device-house.ts";

let house: Awaited<ReturnType<typeof openDeviceHouse>>;
let lise: string;
let headers: Record<string, string>;
let marees: { workId: string; assetId: string };
let brume: { workId: string; songs: string[] };
const email = "lise@exemple.org";

beforeAll(async () => {
  house = await openDeviceHouse();
  lise = await house.person(email);
  const paul = await house.person("paul@exemple.org");
  marees = await house.book("marees", "Marées & <hauts-fonds>", {
    description: { fr: "Un été \u0007au large." },
    subjects: ["Roman"],
  });
  await house.cover(marees.workId);
  brume = await house.album("brume", "Brume", ["Jusant", "Étale"]);
  const other = await house.book("autre", "À un autre");
  await house.book("brouillon", "Brouillon", { state: "draft" });
  for (const { workId } of [marees, brume]) await house.sold(workId, { email, personId: lise });
  await house.sold(other.workId, { email: "paul@exemple.org", personId: paul });
  const { password } = await house.device(lise, "reader");
  headers = basic(email, password);
});
afterAll(() => house.close());

const ask = (address: string, more: RequestInit = {}) =>
  house.knock(address, { ...more, headers: { ...headers, ...(more.headers as object) } });
const feed = async (address: string): Promise<Node> => parseXml(await (await ask(address)).text());
const json = async (address: string) => JSON.parse(await (await ask(address)).text());
const linkOf = (node: Node, rel: string): Record<string, string> | undefined =>
  all(node, "link").find(({ attributes }) => attributes.rel === rel)?.attributes;
const idsOf = (node: Node): string[] => all(node, "entry").map((entry) => all(entry, "id")[0]!.text);
const titlesOf = (node: Node): string[] => all(node, "entry").map((entry) => all(entry, "title")[0]!.text);

describe("who may come in", () => {
  it("is told how, with a realm, whatever they show", async () => {
    for (const given of [
      {},
      basic(email, "wrong"),
      basic("nobody@exemple.org", "x"),
      { authorization: "Basic %%" },
    ]) {
      for (const address of ["/biblio/opds", "/biblio/opds/all", "/biblio/opds2", "/biblio/opds2/all"]) {
        const answer = await house.knock(address, { headers: given });
        expect(answer.status).toBe(401);
        expect(answer.headers.get("www-authenticate")).toBe('Basic realm="ventes.coop", charset="UTF-8"');
        expect(answer.headers.get("content-type")).toBe("application/opds-authentication+json");
        expect(answer.headers.get("link")).toContain("http://opds-spec.org/auth/document");
      }
    }
  });

  it("reads the authentication document without a password", async () => {
    const answer = await house.knock("/biblio/authentication.json", {
      headers: { "accept-language": "en-CA" },
    });
    const document = JSON.parse(await answer.text());
    expect(document).toMatchObject({
      id: `${publicUrl}/biblio/authentication.json`,
      title: "My library on ventes.coop",
      authentication: [{ type: "http://opds-spec.org/auth/basic" }],
    });
  });

  it("is nobody any more once the device is ended", async () => {
    const lost = await house.device(lise, "reader");
    const come = () => house.knock("/biblio/opds/all", { headers: basic(email, lost.password) });
    expect((await come()).status).toBe(200);
    await revokeDevice(house.db, house.house, { id: lost.id, personId: lise });
    const turnedAway = await come();
    expect(turnedAway.status).toBe(401);
    expect(await turnedAway.text()).not.toContain("Marées");
  });

  it("is not a player", async () => {
    const player = await house.device(lise, "player");
    const answer = await house.knock("/biblio/opds", { headers: basic(email, player.password) });
    expect(answer.status).toBe(401);
  });
});

describe("the library as OPDS 1.2", () => {
  it("opens by its doors, counted", async () => {
    const answer = await ask("/biblio/opds");
    expect(answer.headers.get("content-type")).toBe(
      "application/atom+xml;profile=opds-catalog;kind=navigation",
    );
    const root = parseXml(await answer.text());
    expect(root.name).toBe("feed");
    expect(root.attributes.xmlns).toBe("http://www.w3.org/2005/Atom");
    const doors = all(root, "entry").map((entry) => linkOf(entry, "subsection")!);
    expect(doors.map(({ "thr:count": count }) => count)).toEqual(["2", "1", "1"]);
    for (const { href, type } of doors) {
      expect(type).toBe("application/atom+xml;profile=opds-catalog;kind=acquisition");
      const shelf = await ask(href!);
      expect(shelf.headers.get("content-type")).toBe(type);
      expect(linkOf(parseXml(await shelf.text()), "self")!.href).toBe(href);
    }
  });

  it("lists exactly what is owned, each with what can be fetched", async () => {
    const shelf = await feed("/biblio/opds/all");
    expect(idsOf(shelf).sort()).toEqual([brume.workId, marees.workId].map((id) => `urn:uuid:${id}`).sort());
    expect(all(shelf, "opensearch:totalResults")[0]!.text).toBe("2");
    const book = all(await feed("/biblio/opds/books"), "entry");
    expect(book).toHaveLength(1);
    const [entry] = book;
    // As it was sold, whatever the record says since.
    expect(all(entry!, "title")[0]!.text).toBe("Tel que vendu");
    expect(all(entry!, "author").map((author) => all(author, "name")[0]!.text)).toEqual(["Ana Roy"]);
    expect(all(entry!, "summary")[0]!.text).toBe("Un été au large.");
    expect(Date.parse(all(entry!, "updated")[0]!.text)).toBe(house.clock.now().getTime());
    expect(linkOf(entry!, "http://opds-spec.org/image")).toMatchObject({ type: "image/jpeg" });
    expect(linkOf(entry!, "http://opds-spec.org/image")!.href).toMatch(
      /^https:\/\/ventes\.test\/media\/[\w-]{22}\/960\.jpg$/,
    );
    expect(linkOf(entry!, "http://opds-spec.org/image/thumbnail")!.href).toMatch(/\/240\.jpg$/);
    expect(linkOf(entry!, "http://opds-spec.org/acquisition")).toMatchObject({
      type: "application/epub+zip",
    });
    // Nothing to buy: some readers would fetch the checkout page as if it were the book.
    expect(JSON.stringify(shelf)).not.toContain("acquisition/buy");
    const [music] = all(await feed("/biblio/opds/music"), "entry");
    expect(
      all(music!, "link")
        .filter(({ attributes }) => attributes.rel === "http://opds-spec.org/acquisition")
        .map(({ attributes }) => [attributes.type, attributes.title]),
    ).toEqual([
      ["audio/flac", "1. Jusant"],
      ["audio/flac", "2. Étale"],
    ]);
    expect((await ask("/biblio/opds/other")).status).toBe(404);
  });

  it("gives the file by a short link, with its name, and any part of it", async () => {
    const [entry] = all(await feed("/biblio/opds/books"), "entry");
    const { href } = linkOf(entry!, "http://opds-spec.org/acquisition")!;
    expect((await house.knock(href!)).status).toBe(401);
    const answer = await ask(href!);
    expect(answer.status).toBe(302);
    const link = answer.headers.get("location")!;
    expect(new URL(link).searchParams.get("X-Amz-Expires")).toBe("300");
    const whole = await fetch(link);
    expect(await whole.text()).toBe("le livre Marées & <hauts-fonds>");
    expect(whole.headers.get("content-disposition")).toMatch(
      /^attachment; filename="[\x20-\x7e]+\.epub"; filename\*=UTF-8''/,
    );
    const part = await fetch(link, { headers: { range: "bytes=3-7" } });
    expect([part.status, await part.text()]).toEqual([206, "livre"]);
    const downloads = () => house.db.selectFrom("download").selectAll().execute();
    const before = (await downloads()).length;
    await ask(href!, { headers: { range: "bytes=100-" } });
    const looked = await ask(href!, { method: "HEAD" });
    expect([looked.status, looked.headers.get("content-type")]).toEqual([200, "application/epub+zip"]);
    expect(looked.headers.get("content-disposition")).toContain(".epub");
    expect((await downloads()).length).toBe(before);
    await ask(href!, { headers: { range: "bytes=0-" } });
    expect((await downloads()).length).toBe(before + 1);
    // Another's, or nobody's.
    const paul = await house.device(await house.person("pablo@exemple.org"), "reader");
    const stranger = await house.knock(href!, { headers: basic("pablo@exemple.org", paul.password) });
    expect(stranger.status).toBe(404);
  });

  it("finds by title and by name, without regard to accents; a per cent sign is one", async () => {
    const search = linkOf(await feed("/biblio/opds"), "search")!;
    expect(search.type).toBe("application/opensearchdescription+xml");
    const description = parseXml(await (await house.knock(search.href!)).text());
    expect(description.name).toBe("OpenSearchDescription");
    const template = all(description, "Url")[0]!.attributes.template!;
    const find = (words: string) => feed(template.replace("{searchTerms}", encodeURIComponent(words)));
    expect(idsOf(await find("duo brumé"))).toEqual([`urn:uuid:${brume.workId}`]);
    expect(idsOf(await find("VENDU"))).toHaveLength(2);
    expect(idsOf(await find("100%"))).toEqual([]);
    expect(idsOf(await find("%"))).toEqual([]);
    expect(all(await find("%"), "title")[0]!.text).toContain("«\u00a0%\u00a0»");
  });

  it("asks the database once who it is, and once for what is asked", async () => {
    await ask("/biblio/opds");
    for (const address of ["/biblio/opds", "/biblio/opds/all", "/biblio/opds2/all?query=vendu"]) {
      const counted = house.counting();
      const answer = await house.knock(address, { headers }, counted);
      expect([answer.status, counted.queries()], address).toEqual([200, 2]);
    }
  });

  it("is not sent again while it is the same", async () => {
    const first = await ask("/biblio/opds/all");
    const etag = first.headers.get("etag")!;
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    expect((await ask("/biblio/opds/all", { headers: { "if-none-match": etag } })).status).toBe(304);
  });
});

describe("the library as OPDS 2.0", () => {
  it("says the same, in JSON, without a blank", async () => {
    const answer = await ask("/biblio/opds2");
    expect(answer.headers.get("content-type")).toBe("application/opds+json");
    const root = JSON.parse(await answer.text());
    expect(root.navigation).toHaveLength(3);
    const shelf = await json(root.navigation[0].href);
    expect(shelf.metadata).toMatchObject({ numberOfItems: 2, itemsPerPage: 50 });
    expect(shelf.links.find(({ rel }: { rel: string }) => rel === "self").href).toBe(root.navigation[0].href);
    expect(shelf.links.find(({ rel }: { rel: string }) => rel === "search")).toMatchObject({
      templated: true,
    });
    const atom = await feed("/biblio/opds/all");
    expect(
      shelf.publications.map((each: { metadata: { identifier: string } }) => each.metadata.identifier),
    ).toEqual(idsOf(atom));
    const text = JSON.stringify(shelf);
    expect(text).not.toMatch(/:(null|""|\[\]|\{\})/);
    const book = shelf.publications.find((each: { metadata: { "@type": string } }) =>
      each.metadata["@type"].endsWith("Book"),
    );
    expect(book.metadata).toMatchObject({
      title: "Tel que vendu",
      author: [{ name: "Ana Roy" }],
      language: "fr",
    });
    expect(book.images.map(({ width }: { width: number }) => width)).toEqual([240, 480, 960]);
    const [file] = book.links.filter(
      ({ rel }: { rel: string }) => rel === "http://opds-spec.org/acquisition",
    );
    expect(file.type).toBe("application/epub+zip");
    expect((await ask(file.href)).status).toBe(302);
  });
});

describe("what becomes of a work", () => {
  it("withdrawn, it stays with its buyers; refunded, it disappears", async () => {
    const gone = await house.book("parti", "Parti");
    const { rightId } = await house.sold(gone.workId, { email, personId: lise });
    const has = async () => idsOf(await feed("/biblio/opds/all")).includes(`urn:uuid:${gone.workId}`);
    expect(await has()).toBe(true);
    await house.withdraw(gone.workId);
    expect(await has()).toBe(true);
    const file = `/biblio/${rightId}/${gone.assetId}`;
    expect((await ask(file)).status).toBe(302);
    await house.refund(rightId);
    expect(await has()).toBe(false);
    expect((await ask(file)).status).toBe(404);
  });

  it("bought twice stands once; the right that stays keeps it", async () => {
    const twice = await house.book("deux-fois", "Deux fois");
    const rights = [];
    for (let i = 0; i < 2; i += 1) rights.push(await house.sold(twice.workId, { email, personId: lise }));
    const count = async () =>
      idsOf(await feed("/biblio/opds/all")).filter((id) => id.endsWith(twice.workId)).length;
    expect(await count()).toBe(1);
    await house.refund(rights[1]!.rightId);
    expect(await count()).toBe(1);
    await house.refund(rights[0]!.rightId);
    expect(await count()).toBe(0);
  });

  it("a library of more than a page is walked through to its end, each work once", async () => {
    const ida = await house.person("ida@exemple.org");
    const works: string[] = [];
    for (let i = 0; i < 103; i += 1) {
      const { workId } = await house.book(`livre-${i}`, `Livre ${i}`);
      await house.sold(workId, { email: "ida@exemple.org", personId: ida });
      works.push(`urn:uuid:${workId}`);
    }
    const { password } = await house.device(ida, "reader");
    const walked: string[] = [];
    let pages = 0;
    let next: string | undefined = "/biblio/opds/all";
    while (next) {
      const answer = await house.knock(next, { headers: basic("ida@exemple.org", password) });
      const page = parseXml(await answer.text());
      walked.push(...idsOf(page));
      pages += 1;
      next = linkOf(page, "next")?.href;
    }
    expect(pages).toBe(3);
    expect(walked.toSorted()).toEqual(works.toSorted());
  });

  it("an empty library is a feed all the same", async () => {
    const nobody = await house.person("neuf@exemple.org");
    const { password } = await house.device(nobody, "reader");
    for (const address of ["/biblio/opds", "/biblio/opds/all"]) {
      const answer = await house.knock(address, { headers: basic("neuf@exemple.org", password) });
      expect(titlesOf(parseXml(await answer.text()))).toHaveLength(address.endsWith("all") ? 0 : 3);
    }
  });
});
