/** Files that are rare and in order, or nearly: each keeps its length, and none takes the reader down. */
import * as mupdf from "mupdf";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { epub, file, pdf } from "./make-files.ts";
import { adts, aifc, chainedOpus, mp3Of22, streamedFlac } from "./make-streams.ts";
import { codes, readingRoom, said } from "./reading.ts";

// Each file is read by a process of its own: on a busy machine that takes seconds.
vi.setConfig({ testTimeout: 120_000 });

let room: Awaited<ReturnType<typeof readingRoom>>;
beforeAll(async () => {
  room = await readingRoom();
});
afterAll(() => room.close());
const read = async (name: string, content: Buffer) => room.read(await file(room.folder, name, content));

describe("how long a sound is", () => {
  it.each([
    ["a FLAC written into a pipe", "tube.flac", () => streamedFlac(30), 30],
    ["the same, its frames counted in samples", "tube2.flac", () => streamedFlac(30, { variable: true }), 30],
    [
      "one long enough for numbers of four bytes",
      "tube3.flac",
      () => streamedFlac(6 * 3600, { variable: true }),
      21_600,
    ],
    ["an Ogg that is three, one behind the other", "chaine.opus", () => chainedOpus([4, 90, 2]), 96],
    ["an Ogg that is one", "seul.opus", () => chainedOpus([4]), 4],
    ["AIFF-C", "envers.aifc", () => aifc(3), 3],
  ])("%s", async (_what, name, make, seconds) => {
    const sound = await read(name, make());
    expect(sound.verdict).not.toBe("refused");
    expect(sound.audio?.durationMs).toBeCloseTo(seconds * 1000, -1);
  });

  it("is not invented where a streamed FLAC was cut off before its first frame ended", async () => {
    const sound = await read("coupe.flac", streamedFlac(1).subarray(0, 46));
    expect(sound.audio?.durationMs ?? null).toBeNull();
  });
});

it("reads tags of three letters", async () => {
  const sound = await read(
    "ancien.mp3",
    mp3Of22({ TT2: "Fleuve étale", TP1: "Ana", TRK: "3/9", TYE: "1999" }),
  );
  expect([said(sound, "trackTitle"), said(sound, "trackNumber")]).toEqual(["Fleuve étale", 3]);
  expect(sound.audio?.durationMs).toBeGreaterThan(5_000);
});

it("says of AAC without a container that it does not know it, whatever it is called", async () => {
  for (const name of ["radio.aac", "radio.m4a"])
    expect(codes(await read(name, adts(400)))).toEqual(["unknown_type"]);
});

it.each(["", "clef"])("refuses a PDF that is locked, with the password « %s »", async (password) => {
  const plain = new mupdf.PDFDocument(new Uint8Array(pdf({ info: "/Title (Le fleuve)" })));
  const locked = plain.saveToBuffer(`encrypt=aes-256,owner-password=maitre,user-password=${password}`);
  const book = await read(`clos-${password}.pdf`, Buffer.from(locked.asUint8Array()));
  expect([book.verdict, ...codes(book)]).toEqual(["refused", "encrypted"]);
});

it("takes a cover in the colours of print, makes a huge one smaller, and does without one that is absurd", async () => {
  const manifest = `<item id="cover" href="img/c.jpg" media-type="image/jpeg" properties="cover-image"/>`;
  const plain = (side: number) =>
    sharp({
      create: { width: side, height: side, channels: 3, background: "#a33" },
      limitInputPixels: false,
    });
  const book = async (name: string, cover: Buffer) =>
    room.read(await epub(room.folder, name, { manifest, files: { "img/c.jpg": cover } }));
  const print = await book("cmjn.epub", await plain(900).toColourspace("cmyk").jpeg().toBuffer());
  expect([print.verdict, print.cover?.width]).toEqual(["accepted", 900]);
  const huge = await book("grande.epub", await plain(6_000).jpeg({ quality: 30 }).toBuffer());
  expect([huge.verdict, huge.picture?.width, huge.cover?.width]).toEqual(["accepted", 6_000, 2_000]);
  const absurd = await book("absurde.epub", await plain(6_400).jpeg({ quality: 10 }).toBuffer());
  expect([absurd.verdict, absurd.cover, ...codes(absurd)]).toEqual(["warned", undefined, "cover_too_large"]);
  expect(said(absurd, "title")).toBe("La Grève aux oies");
});
