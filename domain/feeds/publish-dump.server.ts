import { createHash } from "node:crypto";
import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Database } from "#db/connection.ts";
import { openCsv } from "../exchange/export-catalogue.server.ts";
import type { House } from "../house.ts";
import type { AddressOf } from "./addresses.ts";
import { type DumpFile, type DumpList, dumpListKey, dumpType, publicDomain } from "./dump.ts";
import type { FeedWork } from "./feed-work.ts";
import { graphOf, workGraph } from "./json-ld.ts";
import { publishedWorks } from "./published-works.server.ts";

/** The last month stays, of each form, so that who was half through a file can end. */
const filesKept = 8;

type Made = Pick<House, "clock" | "storage">;

/**
 * Writes the whole published catalogue to the bucket, gzip: one JSON-LD document a line, a work with its people each, and one table
 * (CSV), a work or a track a line. In the public domain (CC0), and so without what people wrote or drew about a work: descriptions,
 * covers, excerpts stay theirs. The list of files is written last: whoever reads it finds them whole. Run twice in a day, it writes
 * that day's files anew.
 */
export async function publishDump(db: Database, house: Made, address: AddressOf): Promise<DumpFile[]> {
  const madeAt = house.clock.now().toISOString();
  const name = `catalogue-${madeAt.slice(0, 10)}`;
  const made = [
    await writeDump(house, `${name}.jsonl.gz`, (told) => graphs(db, address, { madeAt, told })),
    await writeDump(house, `${name}.csv.gz`, (told) => openCsv(db, told)),
  ];
  const { storage } = house;
  const before = await readDumpList({ storage });
  const files = [...made, ...before.files.filter(({ file }) => !made.some((each) => each.file === file))];
  await storage.write(dumpListKey, Buffer.from(JSON.stringify({ files: files.slice(0, filesKept) })), {
    contentType: "application/json",
  });
  for (const old of files.slice(filesKept)) await storage.remove(old.key);
  return made;
}

async function* graphs(
  db: Database,
  address: AddressOf,
  { madeAt, told }: { madeAt: string; told: () => void },
): AsyncGenerator<string> {
  yield `${JSON.stringify({
    "@context": "https://schema.org",
    "@type": "Dataset",
    "@id": address("dumps", "fr"),
    name: "ventes.coop",
    license: publicDomain,
    dateModified: madeAt,
  })}\n`;
  for await (const work of publishedWorks(db, null)) {
    told();
    yield `${JSON.stringify(graphOf(workGraph(factsOf(work), address)))}\n`;
  }
}

/** One file, counted and summed as it flows; `lines` tells of each work that it writes. */
async function writeDump(
  { clock, storage }: Made,
  file: string,
  lines: (told: () => void) => AsyncGenerator<string>,
): Promise<DumpFile> {
  const madeAt = clock.now().toISOString();
  const key = `dump/${file}`;
  const hash = createHash("sha256");
  let works = 0;
  let bytes = 0;
  const told = () => {
    works += 1;
  };
  const out = new PassThrough();
  const counted = async function* (source: AsyncIterable<Buffer>) {
    for await (const piece of source) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
  };
  await Promise.all([
    pipeline(Readable.from(lines(told)), createGzip(), counted, out),
    storage.write(key, out, { contentType: dumpType }).catch((problem: Error) => {
      // Nobody reads what is still being made.
      out.destroy(problem);
      throw problem;
    }),
  ]);
  return { file, key, bytes, sha256: hash.digest("hex"), works, madeAt };
}

/** What there is to download, the newest first; nothing before the first week. */
export async function readDumpList({ storage }: Pick<House, "storage">): Promise<DumpList> {
  if (!(await storage.head(dumpListKey))) return { files: [] };
  const text = Buffer.concat(await (await storage.read(dumpListKey)).toArray()).toString("utf8");
  return JSON.parse(text) as DumpList;
}

/** Facts alone: what is nobody's work. */
const factsOf = (work: FeedWork): FeedWork => ({
  ...work,
  description: {},
  covers: [],
  sampleEpub: null,
  tracks: work.tracks.map((track) => ({ ...track, preview: null })),
  accessibility: work.accessibility && withoutSummary(work.accessibility),
});

function withoutSummary({ summary: _, ...facts }: NonNullable<FeedWork["accessibility"]>) {
  return facts;
}
