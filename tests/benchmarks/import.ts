/**
 * A catalogue of ONIX products through the reader, and through the database: products a second, memory, and what a re-send costs.
 * `node tests/benchmarks/import.ts [--products 10000] [--parse 1000000] [--forms 1] [--steps written,again]`; `--products 0` reads
 * alone. It makes a database of its own and drops it. Seconds are of the clock, and of the processor: ours and PostgreSQL's.
 */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { foundCoop } from "#domain/coops/found-coop.server.ts";
import { importCatalogue } from "#domain/exchange/import-catalogue.server.ts";
import { sentFile } from "#domain/exchange/sent-lines.ts";
import { admitMember } from "#domain/membership/admit-member.server.ts";
import { setClock } from "#gateways/clock.ts";
import { freshDatabase, openAsOwner } from "#tests/database.ts";
import { processorSeconds } from "./processor.ts";

/** Works indexed by one statement, as `bin` and the seed do. */
const indexedAtOnce = 1_000;
const { values } = parseArgs({
  options: {
    products: { type: "string", default: "10000" },
    parse: { type: "string", default: "0" },
    forms: { type: "string", default: "1" },
    steps: { type: "string", default: "tried,written,again,changed,indexed" },
  },
});
const [products, parsed, forms] = [values.products, values.parse, values.forms].map(Number) as [
  number,
  number,
  number,
];
const house = { clock: setClock("2026-03-01T10:00:00-05:00") };

const words =
  "marée lampe fleuve oies chaloupe nuit lettres jardin quai brume saison verger pierre rivage étoile".split(
    " ",
  );
const word = (n: number) => words[((n % words.length) + words.length) % words.length]!;
const isbn = (n: number): string => {
  const digits = `978${String(n).padStart(9, "0")}`;
  const sum = [...digits].reduce((all, digit, place) => all + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return digits + String((10 - (sum % 10)) % 10);
};

/** About 2 kB, as publishers send: title, two people of some thousands, subjects, a description, a price. */
function product(n: number, changed: boolean): string {
  const work = Math.floor(n / forms);
  const title = `${word(work)} ${word(work * 7 + 3)} ${word(work * 13 + 5)} ${work}`;
  const person = (role: string, at: number) =>
    `<Contributor><SequenceNumber>${at}</SequenceNumber><ContributorRole>${role}</ContributorRole><PersonName>${word(work * at)} ${word(work + at)} ${(work * at) % 4_000}</PersonName></Contributor>`;
  return `<Product><RecordReference>r${n}</RecordReference><NotificationType>03</NotificationType><ProductIdentifier><ProductIDType>15</ProductIDType><IDValue>${isbn(n)}</IDValue></ProductIdentifier>
<DescriptiveDetail><ProductComposition>00</ProductComposition><ProductForm>ED</ProductForm><ProductFormDetail>${n % forms === 0 ? "E101" : "E107"}</ProductFormDetail><TitleDetail><TitleType>01</TitleType><TitleElement><TitleElementLevel>01</TitleElementLevel><TitleText>${title}</TitleText>${changed ? "<Subtitle>nouvelle édition</Subtitle>" : ""}</TitleElement></TitleDetail>${person("A01", 1)}${person("B06", 2)}
<Language><LanguageRole>01</LanguageRole><LanguageCode>fre</LanguageCode></Language><Extent><ExtentType>00</ExtentType><ExtentValue>${100 + (n % 400)}</ExtentValue><ExtentUnit>03</ExtentUnit></Extent><Subject><SubjectSchemeIdentifier>93</SubjectSchemeIdentifier><SubjectCode>FBA</SubjectCode><SubjectHeadingText>Romans</SubjectHeadingText></Subject><Subject><SubjectSchemeIdentifier>20</SubjectSchemeIdentifier><SubjectHeadingText>${word(work)}; ${word(work + 4)}</SubjectHeadingText></Subject></DescriptiveDetail>
<CollateralDetail><TextContent><TextType>03</TextType><ContentAudience>00</ContentAudience><Text>${`Un ${word(work)} et des ${word(work + 1)}, au bord du ${word(work + 2)}. `.repeat(12)}</Text></TextContent></CollateralDetail>
<PublishingDetail><Publisher><PublishingRole>01</PublishingRole><PublisherName>Les Presses du Fleuve</PublisherName></Publisher><PublishingStatus>04</PublishingStatus><PublishingDate><PublishingDateRole>01</PublishingDateRole><Date dateformat="00">20250301</Date></PublishingDate></PublishingDetail>
<RelatedMaterial><RelatedWork><WorkRelationCode>01</WorkRelationCode><WorkIdentifier><WorkIDType>01</WorkIDType><IDTypeName>presses</IDTypeName><IDValue>w${work}</IDValue></WorkIdentifier></RelatedWork></RelatedMaterial>
<ProductSupply><SupplyDetail><Price><PriceType>01</PriceType><PriceAmount>14.99</PriceAmount><CurrencyCode>CAD</CurrencyCode></Price></SupplyDetail></ProductSupply></Product>\n`;
}

let bytes = 0;
async function* message(count: number, changedEach = 0) {
  const utf8 = new TextEncoder();
  const send = (text: string) => {
    const piece = utf8.encode(text);
    bytes += piece.length;
    return piece;
  };
  yield send('<?xml version="1.0"?><ONIXMessage release="3.0">');
  let piece = "";
  for (let n = 0; n < count; n += 1) {
    piece += product(n, changedEach > 0 && n % changedEach === 0);
    if (piece.length < 60_000) continue;
    yield send(piece);
    piece = "";
  }
  yield send(`${piece}</ONIXMessage>`);
}

type Figure = Record<"count" | "seconds" | "perSecond" | "processor" | "postgres" | "mb" | "rss", number> & {
  what: string;
};
const figures: Figure[] = [];
/** The process of PostgreSQL that serves us. */
let backends: number[] = [];
const postgresSeconds = () => backends.reduce((all, pid) => all + processorSeconds(pid), 0);

/** `rss`: the most that the process held while it went on, looked at ten times a second. */
async function measure(what: string, work: () => Promise<number>): Promise<void> {
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 100);
  bytes = 0;
  const [began, used, theirs] = [performance.now(), process.cpuUsage(), postgresSeconds()];
  const count = await work();
  const seconds = (performance.now() - began) / 1_000;
  clearInterval(watch);
  most = Math.max(most, process.memoryUsage.rss());
  const { user, system } = process.cpuUsage(used);
  const tenth = (n: number) => Math.round(n * 10) / 10;
  const figure = {
    ...{ what, count, seconds: tenth(seconds), perSecond: Math.round(count / seconds) },
    ...{ processor: tenth((user + system) / 1e6), postgres: tenth(postgresSeconds() - theirs) },
    ...{ mb: Math.round(bytes / 1e6), rss: Math.round(most / 1e6) },
  };
  figures.push(figure);
  console.log(JSON.stringify(figure));
}

async function read(count: number): Promise<number> {
  let seen = 0;
  for await (const line of (await sentFile(message(count))).lines) {
    if ("problem" in line) throw new Error(line.problem.code);
    seen += 1;
  }
  return seen;
}

async function receive(
  db: Database,
  coop: { id: string; memberId: string },
  chunks: AsyncIterable<Uint8Array>,
  apply = true,
): Promise<number> {
  const { format, lines } = await sentFile(chunks);
  const importing = { coopId: coop.id, personId: null, memberId: coop.memberId, apply, format };
  const fates: Record<string, number> = {};
  let seen = 0;
  for await (const { fate } of importCatalogue(db, house, importing, lines)) {
    fates[fate] = (fates[fate] ?? 0) + 1;
    seen += 1;
  }
  console.log(JSON.stringify(fates));
  return seen;
}

/** As if people had published them all: what the shop's search then holds. */
async function publishAll(db: Database): Promise<number> {
  const { rows } = await sql<{ id: string }>`select id from work order by id`.execute(db);
  for (let from = 0; from < rows.length; from += indexedAtOnce) {
    const ids = rows.slice(from, from + indexedAtOnce).map(({ id }) => id);
    await db.transaction().execute(async (trx) => {
      // The trigger would index one work at a time; here they are indexed together, as a seed does.
      await sql`set local session_replication_role = replica`.execute(trx);
      await sql`update work set state = 'published', published_at = ${house.clock.now()} where id = any(${ids}::uuid[])`.execute(
        trx,
      );
      await sql`select index_works(${ids}::uuid[])`.execute(trx);
    });
  }
  return rows.length;
}

console.log(
  `${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.version}, load ${loadavg()[0]}`,
);
if (parsed > 0) await measure(`read ${parsed} products, no database`, () => read(parsed));
if (products > 0) {
  // One connection: its process is the one that is watched.
  const scratch = await freshDatabase({ max: 1 });
  try {
    const { db } = scratch;
    const { id } = await foundCoop(db, house, {
      ...{ slug: "presses", name: "Les Presses", legalForm: "coop_qc" as const, place: "CA-QC" },
    });
    const { memberId } = await admitMember(db, house, {
      coopId: id,
      email: "ana@presses.coop",
      name: "Ana Roy",
    });
    const coop = { id, memberId };
    const owner = openAsOwner(scratch.url);
    const step = async (name: string, what: string, work: () => Promise<number>, by: Database = db) => {
      if (!values.steps.split(",").includes(name)) return;
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(by);
      backends = rows.map(({ pid }) => pid);
      await measure(what, work);
    };
    await step("tried", "tried, nothing written", () => receive(db, coop, message(products), false));
    await step("written", "new works, written", () => receive(db, coop, message(products)));
    await step("again", "sent again, the same", () => receive(db, coop, message(products)));
    await step("changed", "sent again, one in ten changed", () => receive(db, coop, message(products, 10)));
    await step("indexed", "published and indexed for the search", () => publishAll(owner), owner);
    await owner.destroy();
  } finally {
    await scratch.close();
  }
}
console.table(figures);
