/** `ventes inspect` as people call it: a programme of its own, its lines, its covers, and that it always ends well. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { closeIdle, inspectFile } from "#workers/inspect/run.ts";
import { epub, file, picture, rawEpub, wav } from "./make-files.ts";
import { codes, readingRoom, said } from "./reading.ts";

vi.setConfig({ testTimeout: 120_000 });

let folder: string;
let room: Awaited<ReturnType<typeof readingRoom>>;
beforeAll(async () => {
  room = await readingRoom();
  ({ folder } = room);
});
afterAll(() => room.close());

const command = fileURLToPath(new URL("../../bin/ventes.ts", import.meta.url));
const ventes = (...args: string[]) =>
  promisify(execFile)(process.execPath, [command, ...args]).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (problem: { code: number; stdout: string; stderr: string }) => problem,
  );
const bombs = () => file(folder, "bombe.epub", rawEpub([{ name: "EPUB/b", data: Buffer.alloc(40_000_000) }]));

it("prints one line for each file, in their order, whatever they hold", async () => {
  const book = await epub(folder, "livre.epub", {
    metadata: `<dc:title>&lt;script&gt;alert(1)&lt;/script&gt;&#x202E;</dc:title><dc:language>fr</dc:language>`,
  });
  const files = [
    book,
    await bombs(),
    join(folder, "absent.epub"),
    folder,
    await file(folder, "air.wav", wav()),
  ];
  const { code, stdout, stderr } = await ventes("inspect", ...files, "--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).not.toMatch(/[<>\u202e]/);
  const lines = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map((line) => line.file)).toEqual(files);
  for (const line of lines) {
    expect(Object.keys(line)).toEqual(["file", "verdict", "reasons", "record", "seconds", "peak_mb"]);
    expect(line.seconds).toBeLessThan(10);
    expect(line.peak_mb).toBeLessThan(300);
  }
  expect(lines.map(({ verdict, reasons }) => [verdict, reasons[0]?.code])).toEqual([
    ["accepted", undefined],
    ["refused", "zip_bomb"],
    ["refused", "unreadable"],
    ["refused", "unreadable"],
    ["warned", "title_missing"],
  ]);
  expect(lines[0].record).toMatchObject({ title: "<script>alert(1)</script>", language: "fr", cover: null });
  expect(lines[0].peak_mb).toBeGreaterThan(20);
  expect(lines[4].record.duration).toBe(2);
});

it("writes the covers that it made again, by the place of their file in the list", async () => {
  const book = await epub(folder, "couvert.epub", {
    manifest: `<item id="c" href="c.png" media-type="image/png" properties="cover-image"/>`,
    files: { "c.png": await picture(500, 800, "png") },
  });
  const covers = join(folder, "couvertures");
  await mkdir(covers);
  const { stdout } = await ventes("inspect", "--json", "--covers", covers, await bombs(), book);
  expect(JSON.parse(stdout.split("\n")[1] as string).record.cover).toEqual({
    mediaType: "image/png",
    width: 500,
    height: 800,
    source: "opf:cover-image",
  });
  expect(await readdir(covers)).toEqual(["2.jpg"]);
  expect((await sharp(join(covers, "2.jpg")).metadata()).format).toBe("jpeg");
});

it("says what it can do, and asks for what it needs", async () => {
  expect(await ventes()).toMatchObject({ code: 2, stdout: "" });
  expect(await ventes("constructor")).toMatchObject({ code: 2 });
  expect(await ventes("inspect")).toMatchObject({ code: 2 });
  expect((await ventes("inspect", await bombs())).stdout).toMatch(/^refused {2}.*zip_bomb/);
});

it("reads many at once in few children, and leaves nothing of them behind", async () => {
  // A place of its own for the folders of its children: other tests have theirs where they always are.
  const place = join(folder, "place");
  await mkdir(place);
  closeIdle();
  vi.stubEnv("TMPDIR", place);
  const titles = Array.from({ length: 12 }, (_, index) => `Livre ${index}`);
  const books = await Promise.all(
    titles.map((title) =>
      epub(folder, `${title}.epub`, {
        metadata: `<dc:title>${title}</dc:title><dc:language>fr</dc:language>`,
      }),
    ),
  );
  // Between the books, files that a library chokes on: whoever comes next must not pay for them.
  const broken = await file(folder, "casse.aif", Buffer.from("FORM\0\0\0\x10AIFFCOMM\0\0\0\0", "latin1"));
  const read = (path: string) =>
    inspectFile(path, { fileName: path, workDir: join(folder, "travail"), cover: "measure" });
  const answers = await Promise.all(books.flatMap((path) => [read(path), read(broken)]));
  expect(answers.filter((_, index) => index % 2 === 0).map((each) => said(each, "title"))).toEqual(titles);
  expect(new Set(answers.filter((_, index) => index % 2 === 1).flatMap(codes))).toEqual(
    new Set(["unreadable"]),
  );
  expect(said(await read(books[0] as string), "title")).toBe("Livre 0");
  expect((await readdir(place)).length).toBeGreaterThan(0);
  closeIdle();
  vi.unstubAllEnvs();
  expect(await readdir(place)).toEqual([]);
  expect(existsSync(join(folder, "travail"))).toBe(false);
});
