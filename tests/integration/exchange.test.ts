import { Readable } from "node:stream";
import { sql } from "kysely";
import { v7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { foundCoop } from "#domain/coops/found-coop.server.ts";
import { catalogueRecords } from "#domain/exchange/catalogue-records.server.ts";
import { exportCatalogue } from "#domain/exchange/export-catalogue.server.ts";
import { importCatalogue } from "#domain/exchange/import-catalogue.server.ts";
import { keepSentFile, openSentFile } from "#domain/exchange/keep-sent-file.server.ts";
import type { Importing } from "#domain/exchange/line-fate.ts";
import type { CatalogueRecord, Fate } from "#domain/exchange/sent.ts";
import { sentFile } from "#domain/exchange/sent-lines.ts";
import type { House } from "#domain/house.ts";
import { admitMember } from "#domain/membership/admit-member.server.ts";
import { grantRole } from "#domain/membership/grant-role.server.ts";
import { correctRecord } from "#domain/metadata/correct-record.server.ts";
import { setClock } from "#gateways/clock.ts";
import type { Storage } from "#gateways/storage.ts";
import { freshDatabase, type ScratchDatabase } from "#tests/database.ts";
import { forgetSentFileTask } from "#workers/tasks/forget-sent-file.ts";

const clock = setClock("2026-03-01T10:00:00-05:00");
const house = { clock };
const states = ["draft", "submitted", "returned", "published", "withdrawn"] as const;
let scratch: ScratchDatabase;
let a: Coop;
let b: Coop;
type Coop = { id: string; memberId: string; curator: string };

async function makeCoop(slug: string): Promise<Coop> {
  const { db } = scratch;
  const { id } = await foundCoop(db, house, {
    slug,
    name: `Les Presses ${slug}`,
    legalForm: "coop_qc",
    place: "CA-QC",
  });
  const { memberId } = await admitMember(db, house, {
    coopId: id,
    email: `ana@${slug}.coop`,
    name: "Ana Roy",
  });
  const curator = v7();
  await db
    .insertInto("person")
    .values({ id: curator, email: `c@${slug}.coop`, created_at: clock.now() })
    .execute();
  await grantRole(db, house, { coopId: id, personId: curator, role: "curator", by: null });
  return { id, memberId, curator };
}

beforeAll(async () => {
  scratch = await freshDatabase();
}, 120_000);
beforeEach(async () => {
  const name = v7().slice(-8);
  [a, b] = [await makeCoop(`a-${name}`), await makeCoop(`b-${name}`)];
});
afterAll(() => scratch?.close());

async function* flow(text: string) {
  yield Buffer.from(text);
}
async function receive(coop: Coop, text: string, over: Partial<Importing> = {}): Promise<Fate[]> {
  const { format, lines } = await sentFile(flow(text));
  const importing = {
    coopId: coop.id,
    personId: coop.curator,
    memberId: coop.memberId,
    apply: true,
    format,
    ...over,
  };
  const fates: Fate[] = [];
  for await (const fate of importCatalogue(scratch.db, house, importing, lines)) fates.push(fate);
  return fates;
}
async function send(coop: Coop, format: "onix" | "csv"): Promise<string> {
  const addresses = {
    work: (slug: string) => `https://v.test/oeuvres/${slug}`,
    cover: () => "https://v.test/c.jpg",
  };
  const filter = { coopId: coop.id, states };
  let text = "";
  for await (const piece of await exportCatalogue(scratch.db, house, {
    format,
    filter,
    sender: "A",
    addresses,
  }))
    text += piece;
  return text;
}
async function catalogue(coop: Coop) {
  const all: CatalogueRecord[] = [];
  for await (const record of catalogueRecords(scratch.db, { coopId: coop.id, states }, () => ""))
    all.push(record);
  return all
    .map(({ kind, formats, fields }) => ({ kind, formats, fields }))
    .sort((one, other) => ((one.fields.title ?? "") < (other.fields.title ?? "") ? -1 : 1));
}
const fateOf = (fates: Fate[]) => fates.map(({ fate }) => fate);
const counted = async (table: "work" | "finding" | "product" | "identifier" | "edition" | "contribution") =>
  Number(
    (
      await scratch.db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll().as("n"))
        .executeTakeFirstOrThrow()
    ).n,
  );

const columns =
  "reference,kind,formats,title,subtitle,sort_title,contributors,language,languages,original_language,publisher,published_on,series,series_position,subjects,description_fr,description_en,isbn,isbn_epub,isbn_pdf,identifiers,rights,licence,page_count,word_count,accessibility,layout,price,price_kind,suggested_price,currency,cover";
const rich = [
  `r1,book,epub; pdf,Le Chat,récit,"Chat, Le","Ana Roy|author|Roy, Ana; Luc Bé|translator|Bé, Luc||0000000121032683",fr-CA,fr-CA; en,en,Le Fleuve,2026-03,Rives,2.5,"Romans|thema|FBA; chats; a\\;b","Un chat.\n\nDes oies.",A cat.,,9780306406157,9782070612758,doi|10.1234/x.1|epub; gtin|0012345678905,© 2026 Ana Roy,https://creativecommons.org/licenses/by/4.0/,240,51000,"{""features"":[""tableOfContents"",""rubyAnnotations""],""summary"":""Accessible.""}",reflowable,12.50,fixed,,cad,https://x.test/c.jpg`,
  `r2,album,music,Marées,,,"Les Marées|performer||group; Ana Roy|mixer",zxx,,,Fleuve Son,2025-11-02,,,Jazz,,,,,,gtin|4006381333931,,,,,,,5,open,7,cad,`,
  `r3,book,,Sans forme,,,Ana Roy,fr,,,,1909,,,,,,9781861972712,,,,,,,,,,0,fixed,,cad,`,
].join("\n");
const table = `${columns}\n${rich}\n`;

describe("import(export(catalogue))", () => {
  it("loses no field, by either format, into another co-op", async () => {
    expect(fateOf(await receive(a, table))).toEqual(["new", "new", "new"]);
    const ours = await catalogue(a);
    expect(ours[0]).toMatchObject({
      formats: ["epub", "pdf"],
      fields: {
        title: "Le Chat",
        sortTitle: "Chat, Le",
        languages: ["fr-CA", "en"],
        licence: "https://creativecommons.org/licenses/by/4.0/",
        price: { kind: "fixed", amount: 1250, currency: "cad" },
        series: { name: "Rives", position: 2.5 },
        subjects: [{ label: "Romans", scheme: "thema", code: "FBA" }, { label: "chats" }, { label: "a;b" }],
      },
    });
    expect(Object.keys(ours[0]!.fields)).toHaveLength(21);
    // The product of each format is one line; the second finds the work that the first began.
    expect(fateOf(await receive(b, await send(a, "onix"))).sort()).toEqual(["changed", "new", "new", "new"]);
    expect(await catalogue(b)).toEqual(ours);

    const c = await makeCoop(`c-${v7().slice(-8)}`);
    expect(fateOf(await receive(c, await send(a, "csv")))).toEqual(["new", "new", "new"]);
    expect(await catalogue(c)).toEqual(ours);
  });

  it("changes nothing where it came from, and is told so", async () => {
    await receive(a, table);
    const before = [await catalogue(a), await counted("finding"), await counted("identifier")];
    for (const format of ["onix", "csv"] as const) {
      const text = await send(a, format);
      expect(new Set(fateOf(await receive(a, text)))).toEqual(new Set(["unchanged"]));
      expect(new Set(fateOf(await receive(a, text, { apply: false })))).toEqual(new Set(["unchanged"]));
    }
    expect([await catalogue(a), await counted("finding"), await counted("identifier")]).toEqual(before);
  });
});

describe("a file sent again", () => {
  const one = (title: string, more = "") =>
    `<ONIXMessage release="3.0"><Product><RecordReference>x.1</RecordReference><NotificationType>03</NotificationType><ProductIdentifier><ProductIDType>15</ProductIDType><IDValue>9780306406157</IDValue></ProductIdentifier><DescriptiveDetail><ProductForm>ED</ProductForm><ProductFormDetail>E101</ProductFormDetail><TitleDetail><TitleType>01</TitleType><TitleElement><TitleElementLevel>01</TitleElementLevel><TitleText>${title}</TitleText></TitleElement></TitleDetail><Contributor><ContributorRole>A01</ContributorRole><PersonName>Ana Roy</PersonName></Contributor>${more}</DescriptiveDetail><PublishingDetail><Publisher><PublishingRole>01</PublishingRole><PublisherName>Le Fleuve</PublisherName></Publisher></PublishingDetail></Product></ONIXMessage>`;

  it("writes what changed and nothing else, takes back what it no longer says, and is tried as it is done", async () => {
    const [begun] = await receive(
      a,
      one(
        "Un",
        "<Extent><ExtentType>00</ExtentType><ExtentValue>90</ExtentValue><ExtentUnit>03</ExtentUnit></Extent>",
      ),
    );
    expect(begun).toMatchObject({ fate: "new", memberName: "Ana Roy" });
    const workId = (begun as { workId: string }).workId;
    const sources = () =>
      scratch.db
        .selectFrom("finding")
        .select(["field", "source", "origin"])
        .where("work_id", "=", workId)
        .orderBy("field")
        .execute();
    const first = await sources();
    expect(first).toContainEqual({ field: "title", source: "onix:TitleText", origin: "file" });
    const trial = await receive(a, one("Deux"), { apply: false });
    expect(trial).toEqual([
      expect.objectContaining({ fate: "changed", fields: ["title", "pageCount"], kept: [] }),
    ]);
    expect(await sources()).toEqual(first);
    expect(await receive(a, one("Deux"))).toEqual(trial);
    expect((await catalogue(a))[0]?.fields).toMatchObject({ title: "Deux", publisher: "Le Fleuve" });
    expect((await catalogue(a))[0]?.fields.pageCount).toBeUndefined();
    expect(fateOf(await receive(a, one("Deux")))).toEqual(["unchanged"]);
    expect(await sources()).toHaveLength(first.length);
  });

  it("never undoes what a person said, and says what it kept", async () => {
    const [begun] = await receive(a, one("Un"));
    const workId = (begun as { workId: string }).workId;
    await correctRecord(scratch.db, house, {
      personId: a.curator,
      workId,
      as: "curator",
      values: { title: "Le vrai titre" },
    });
    expect(await receive(a, one("Autre"))).toEqual([
      expect.objectContaining({ fate: "unchanged", kept: ["title"] }),
    ]);
    expect((await catalogue(a))[0]?.fields.title).toBe("Le vrai titre");
  });

  it("is known by its ISBN where its reference is new, and another co-op's work is another's", async () => {
    await receive(a, one("Un"));
    expect(fateOf(await receive(a, one("Deux").replace("x.1", "y.9")))).toEqual(["changed"]);
    expect(await catalogue(a)).toHaveLength(1);
    expect(fateOf(await receive(b, one("Trois")))).toEqual(["new"]);
    expect((await catalogue(a))[0]?.fields.title).toBe("Deux");
  });

  it("takes a withdrawn work off the shelf by whoever signs for it, and deletes nothing", async () => {
    const [begun] = await receive(a, one("Un"));
    const { workId } = begun as { workId: string };
    const gone = one("Un").replace("<NotificationType>03", "<NotificationType>05");
    expect(fateOf(await receive(a, gone))).toEqual(["unchanged"]);
    await scratch.db
      .updateTable("work")
      .set({ state: "published", published_at: clock.now() })
      .where("id", "=", workId)
      .execute();
    const again = gone.replace("x.1", "x.2");
    expect(await receive(a, again, { personId: null })).toEqual([
      expect.objectContaining({ problem: { code: "withdraw_by_person" } }),
    ]);
    expect(fateOf(await receive(a, again, { apply: false }))).toEqual(["withdrawn"]);
    expect(fateOf(await receive(a, again))).toEqual(["withdrawn"]);
    const { state } = await scratch.db
      .selectFrom("work")
      .select("state")
      .where("id", "=", workId)
      .executeTakeFirstOrThrow();
    expect(state).toBe("withdrawn");
    expect(fateOf(await receive(b, again))).toEqual(["refused"]);
  });
});

describe("tracks", () => {
  const album = (second: string) =>
    `reference,kind,formats,title,contributors,track,isrc,duration\na,album,music,Marées,Ana Roy,,,\n,track,,Départ,Ana Roy|mixer,1,CBABC2600001,3:05\n,track,,${second},,2,CBABC2600002,\n`;

  it("come with their album, wait for their sound, and change as it does", async () => {
    const [begun] = await receive(a, album("Retour"));
    expect(begun).toMatchObject({ fate: "new" });
    const { workId } = begun as { workId: string };
    const tracks = async () => (await catalogue(a))[0]?.fields.tracks;
    expect(await tracks()).toEqual([
      {
        ...{ disc: 1, position: 1, title: "Départ", isrc: "CBABC2600001", durationMs: 185_000 },
        credits: [{ name: "Ana Roy", role: "mixer" }],
      },
      { disc: 1, position: 2, title: "Retour", isrc: "CBABC2600002", credits: [] },
    ]);
    for (const format of ["onix", "csv"] as const)
      expect(fateOf(await receive(a, await send(a, format)))).toEqual(["unchanged"]);
    expect(fateOf(await receive(b, await send(a, "onix")))).toEqual(["new"]);
    expect(await catalogue(b)).toEqual(await catalogue(a));

    // The sound of the second has come; its title is still the one that was announced.
    const at = clock.now();
    const assetId = v7();
    await scratch.db
      .insertInto("asset")
      .values({
        ...{ id: assetId, work_id: workId, role: "original", storage_key: v7(), media_type: "audio/flac" },
        ...{ bytes: 1, created_at: at },
      })
      .execute();
    await scratch.db
      .insertInto("recording")
      .values({
        id: v7(),
        work_id: workId,
        asset_id: assetId,
        disc: 1,
        position: 2,
        title: "Retour",
        isrc: "CBABC2600002",
      })
      .execute();
    expect(await receive(a, album("Le retour"))).toEqual([
      expect.objectContaining({ fate: "changed", fields: ["tracks"] }),
    ]);
    expect((await tracks())?.map(({ title }) => title)).toEqual(["Départ", "Le retour"]);
    expect(
      await scratch.db.selectFrom("recording").select("title").where("work_id", "=", workId).execute(),
    ).toEqual([{ title: "Le retour" }]);
    expect(fateOf(await receive(a, album("Le retour")))).toEqual(["unchanged"]);
  });
});

describe("a file of a trial", () => {
  it("is found by its co-op alone, and asked to be forgotten in a week", async () => {
    const kept = new Map<string, Buffer>();
    const storage = {
      write: async (key: string, body: Buffer) => void kept.set(key, body),
      head: async (key: string) => (kept.has(key) ? {} : null),
      read: async (key: string) => Readable.from([kept.get(key)!]),
      remove: async (key: string) => void kept.delete(key),
    } as unknown as Storage;
    const file = await keepSentFile(
      scratch.db,
      { queue: scratch.queue, storage },
      { coopId: a.id, bytes: Buffer.from("title\nUn\n") },
    );
    expect(await openSentFile({ storage }, { coopId: b.id, file })).toBeNull();
    expect(await openSentFile({ storage }, { coopId: a.id, file: "../x" })).toBeNull();
    expect((await openSentFile({ storage }, { coopId: a.id, file }))?.read().toString()).toBe("title\nUn\n");
    const { rows } = await sql<{ data: unknown; days: number }>`
      select data, round(extract(epoch from start_after - created_on) / 86400)::int as days from pgboss.job
      where name = 'forget-sent-file'`.execute(scratch.db);
    expect(rows).toContainEqual({ data: { coopId: a.id, file }, days: 7 });
    await forgetSentFileTask(scratch.db, { storage } as unknown as House, { coopId: a.id, file }, { id: "" });
    expect(kept.size).toBe(0);
  });
});

describe("who, and how much", () => {
  it("a person without a desk there finds nothing; a member of another co-op has no studio there", async () => {
    await expect(receive(a, table, { personId: b.curator })).rejects.toMatchObject({ code: "not_found" });
    await expect(receive(a, table, { memberId: b.memberId })).rejects.toMatchObject({ code: "not_found" });
    expect(await catalogue(a)).toEqual([]);
  });

  it("a trial of thousands of lines writes nothing, and without a studio says who is missing", async () => {
    const before = [await counted("work"), await counted("finding"), await counted("product")];
    const lines = Array.from({ length: 3_000 }, (_, at) => `n${at},Titre ${at},Inconnue ${at}`).join("\n");
    const fates = await receive(a, `reference,title,contributors\n${lines}\n`, {
      apply: false,
      memberId: null,
    });
    expect(fates).toHaveLength(3_000);
    expect(fates.at(-1)).toMatchObject({ place: 3_001, fate: "refused", problem: { code: "nobody" } });
    expect([await counted("work"), await counted("finding"), await counted("product")]).toEqual(before);
  }, 60_000);

  it("what was read before something unreadable stays written", async () => {
    await expect(
      receive(a, `reference,title,contributors\n${"r,Un,Ana Roy\n".repeat(1)}${'s,"Deux,Ana Roy\n'}`),
    ).rejects.toMatchObject({ code: "csv_malformed" });
  });
});
