import { deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { filesInZip } from "#app/components/open-zip.ts";
import { orderTracks } from "#domain/catalogue/order-tracks.server.ts";
import { kindOfName } from "#domain/uploads/limits.ts";
import { wav } from "#tests/hostile/make-files.ts";
import { inspectAssetTask } from "#workers/tasks/inspect-asset.ts";
import { uploadsHouse } from "./uploads-house.ts";

// Each file is read by a process of its own: on a busy machine that takes seconds.
vi.setConfig({ testTimeout: 120_000 });

let at: Awaited<ReturnType<typeof uploadsHouse>>;
beforeAll(async () => {
  at = await uploadsHouse();
});
afterAll(() => at.close());

const tracksOf = async (workId: string) =>
  (
    await at.db
      .selectFrom("recording")
      .select(["disc", "position", "title"])
      .where("work_id", "=", workId)
      .orderBy("disc")
      .orderBy("position")
      .execute()
  ).map(({ disc, position, title }) => `${disc}.${position} ${title}`);
/** Sent in this order, read one after the other. */
async function send(workId: string, files: [name: string, tags: Record<string, string>][]) {
  const uploads: string[] = [];
  // Each sound is another: the same one twice would be refused.
  for (const [i, [name, tags]] of files.entries())
    uploads.push(
      await at.send(workId, name, await wav({ tags: { ICMT: `${workId} ${i} ${name}`, ...tags } })),
    );
  for (const uploadId of uploads) await inspectAssetTask(at.db, at.house, { uploadId });
}

it("stand where their folders and names say, whatever came first and whatever the tags forgot", async () => {
  const workId = await at.start("album");
  await send(workId, [
    ["Fleuve/CD2/01 - Estran.wav", {}],
    ["Fleuve/CD1/02 - Jusant.wav", { INAM: "Jusant, tel que tagué" }],
    ["Fleuve/CD1/01 - Marée.wav", { INAM: "Marée", ITRK: "1" }],
    ["Fleuve/CD1/03 Retour.wav", {}],
  ]);
  expect(await tracksOf(workId)).toEqual([
    "1.1 Marée",
    "1.2 Jusant, tel que tagué",
    "1.3 Retour",
    "2.1 Estran",
  ]);
});

it("stay as somebody ordered them, and what comes later goes behind", async () => {
  const workId = await at.start("album");
  await send(workId, [
    ["2 b.wav", {}],
    ["1 a.wav", {}],
  ]);
  expect(await tracksOf(workId)).toEqual(["1.1 a", "1.2 b"]);
  const rows = await at.db
    .selectFrom("recording")
    .select(["id", "title"])
    .where("work_id", "=", workId)
    .orderBy("position", "desc")
    .execute();
  await orderTracks(at.db, at.house, { personId: at.ana.personId, workId, tracks: rows });
  await send(workId, [["0 z.wav", {}]]);
  expect(await tracksOf(workId)).toEqual(["1.1 b", "1.2 a", "1.3 z"]);
});

it("come out of a zip as they went in", async () => {
  const workId = await at.start("album");
  const names = ["Album/03 - C.wav", "Album/01 - A.wav", "Album/02 - B.wav", "Album/notes.txt"];
  const contents = await Promise.all(names.map((name, i) => wav({ tags: { ICMT: `zip ${i} ${name}` } })));
  const zip = zipOf(names.map((name, i) => ({ name, content: contents[i]! })));
  const files = await filesInZip(zip, (name) => kindOfName(name) === "audio");
  expect(files).toHaveLength(3);
  for (const file of files) {
    const uploadId = await at.send(workId, file.name, Buffer.from(await file.arrayBuffer()));
    await inspectAssetTask(at.db, at.house, { uploadId });
  }
  expect(await tracksOf(workId)).toEqual(["1.1 A", "1.2 B", "1.3 C"]);
});

function zipOf(parts: { name: string; content: Buffer }[]): File {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of parts) {
    const packed = deflateRawSync(content);
    const named = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(named.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(0x800, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(named.length, 28);
    entry.writeUInt32LE(offset, 42);
    bodies.push(local, named, packed);
    entries.push(entry, named);
    offset += 30 + named.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return new File(
    [...bodies, directory, end].map((each) => new Uint8Array(each)),
    "album.zip",
  );
}
