import { parseBuffer } from "music-metadata";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { formatsFrom, type SoundFormat } from "#domain/delivery/formats.ts";
import { openDownload } from "#domain/delivery/open-download.server.ts";
import { delivered, progressOf } from "#domain/delivery/parcel.ts";
import { lastChoice, type Scope } from "#domain/delivery/parcel-queries.server.ts";
import { sweepFormats } from "#domain/delivery/sweep-formats.server.ts";
import type { House } from "#domain/house.ts";
import { wav } from "#tests/hostile/make-files.ts";
import { makeFormatTask } from "#workers/tasks/make-format.ts";
import { formatsShelf } from "./formats-shelf.ts";

// Each format is made by a process of its own: on a busy machine that takes a moment.
vi.setConfig({ testTimeout: 120_000 });

const hour = 3_600_000;

let at: Awaited<ReturnType<typeof formatsShelf>>;
let lise: string;
let workId: string;
let scope: Scope;
let source: string;
let bought: { saleId: string; rightId: string };
const original = wav({ seconds: 1, rate: 44_100, tags: { INAM: "Un autre titre", IART: "Quelqu’un" } });
const lossless = { lossless: true, bitDepth: 16, channels: 1, bitrate: 705_600 };

beforeAll(async () => {
  at = await formatsShelf();
  lise = await at.person("lise@exemple.org");
  workId = await at.album("marees", "Marées");
  const sound = { bytes: original, mediaType: "audio/wav", facts: lossless };
  ({ assetId: source } = await at.addTrack(workId, 3, "Jusant & flot", sound));
  bought = await at.sold(workId, { email: "lise@exemple.org", personId: lise });
  scope = { rightId: bought.rightId, personId: lise, saleId: null };
});
afterAll(() => at.close());

const track = async () => (await at.parcel(scope))[0]!.tracks[0]!;

async function made(format: SoundFormat): Promise<Buffer> {
  await at.prepare(scope, format);
  await at.make(await at.rung());
  const { state, ready } = delivered(await track(), format);
  expect(state).toBe("made");
  const bytes = await at.read(ready!.assetId);
  expect(bytes.length).toBe(ready!.bytes);
  return bytes;
}

/** What each container is expected to be, once a stranger reads it. */
const expected: Record<
  Exclude<SoundFormat, "kept">,
  { container: RegExp; codec: RegExp; lossless: boolean }
> = {
  flac: { container: /FLAC/, codec: /FLAC/, lossless: true },
  alac: { container: /M4A|mp4/i, codec: /ALAC/, lossless: true },
  wav: { container: /WAVE/, codec: /PCM/, lossless: true },
  aiff: { container: /AIFF/, codec: /PCM/, lossless: true },
  "mp3-v0": { container: /MPEG/, codec: /MPEG 1 Layer 3/, lossless: false },
  "mp3-320": { container: /MPEG/, codec: /MPEG 1 Layer 3/, lossless: false },
  "mp3-128": { container: /MPEG/, codec: /MPEG 1 Layer 3/, lossless: false },
  aac: { container: /M4A|mp4/i, codec: /AAC/, lossless: false },
  vorbis: { container: /Ogg/, codec: /Vorbis/, lossless: false },
  opus: { container: /Ogg/, codec: /Opus/, lossless: false },
};

describe("a track in a format", () => {
  it.each(Object.entries(expected))(
    "%s carries the record and the cover, and nothing of the upload",
    async (format, is) => {
      const bytes = await made(format as SoundFormat);
      const { common, format: facts, native, quality } = await parseBuffer(bytes);
      expect(facts.container).toMatch(is.container);
      expect(facts.codec).toMatch(is.codec);
      expect(facts.lossless ?? false).toBe(is.lossless);
      expect(facts.duration).toBeGreaterThan(0.9);
      expect(facts.duration).toBeLessThan(1.1);
      // The parser says this of any chunk that is longer than what follows it.
      const warnings = quality.warnings.filter(
        ({ message }) => message !== "Data chunk size exceeds file size",
      );
      expect(warnings).toEqual([]);
      expect(common).toMatchObject({
        title: "Jusant & flot",
        album: "Marées",
        artists: ["Ana Roy", "Bo Côté"],
        isrc: ["CAX012600001"],
        track: { no: 3, of: 3 },
        disk: { no: 1, of: 1 },
        composer: ["Lise Gagnon"],
        copyright: "© 2026 Ana Roy",
      });
      // Of ID3v2.4 the parser reads the list of people without giving it a common name.
      const told: unknown = native["ID3v2.4"]?.find(({ id }) => id === "TIPL")?.value;
      expect<unknown>(told ?? { mix: common.mixer }).toEqual({ mix: ["Max Dubé"] });
      expect(common.albumartist).toContain("Ana Roy");
      expect(common.date ?? String(common.year)).toContain("2026");
      expect(common.genre?.join(", ")).toBe("Folk, Trad");
      expect(common.label?.[0]).toBe("Les Presses du Fleuve");
      expect(common.lyrics?.[0]?.text).toBe("La mer monte,\nla mer s’en va.");
      expect(common.picture).toHaveLength(1);
      expect(common.picture?.[0]).toMatchObject({ format: "image/jpeg" });
      expect(JSON.stringify(common)).not.toMatch(/Un autre titre|Quelqu/);
      if (is.lossless) expect(await at.heard(bytes)).toBe(await at.heard(original));
    },
  );

  it("is offered in everything, since nothing was lost", async () => {
    expect(formatsFrom(await track()).toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  it("is made once: asked again, nothing is rung; rung again, nothing is made", async () => {
    const bytes = await made("flac");
    const { ready } = delivered(await track(), "flac");
    await at.prepare(scope, "flac");
    expect(await at.rung()).toEqual([]);
    await at.make([{ sourceId: source, format: "flac" }]);
    expect(delivered(await track(), "flac").ready).toEqual(ready);
    expect(await at.read(ready!.assetId)).toEqual(bytes);
  });

  it("is fetched by the signed link of a purchase, under the name of its track, by nobody else", async () => {
    const { ready } = delivered(await track(), "flac");
    const wanted = { rightId: bought.rightId, assetId: ready!.assetId, personId: lise, saleId: null };
    const link = await openDownload(at.db, at.house, wanted);
    const answer = await fetch(link!);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-disposition")).toContain('filename="03 - Jusant & flot.flac"');
    const stranger = await at.person("autre@exemple.org");
    expect(await openDownload(at.db, at.house, { ...wanted, personId: stranger })).toBeNull();
  });

  it("is made anew when the record changes, and the former goes a day later", async () => {
    const before = delivered(await track(), "mp3-128").ready!;
    const key = await at.keyOf(before.assetId);
    await at.db.updateTable("recording").set({ title: "Étale" }).where("asset_id", "=", source).execute();
    expect(delivered(await track(), "mp3-128")).toMatchObject({ state: "absent", ready: null });
    const { common } = await parseBuffer(await made("mp3-128"));
    expect(common.title).toBe("Étale");
    expect(delivered(await track(), "mp3-128").ready!.assetId).not.toBe(before.assetId);
    const link = { rightId: bought.rightId, assetId: before.assetId, personId: lise, saleId: null };
    expect(await openDownload(at.db, at.house, link)).toBeNull();

    expect(await sweepFormats(at.db, at.house)).toBe(0);
    at.clock.advance(25 * hour);
    expect(await sweepFormats(at.db, at.house)).toBe(1);
    expect(await sweepFormats(at.db, at.house)).toBe(0);
    expect(await at.house.storage.head(key)).toBeNull();

    // The former title again: the former key again, its bytes written anew.
    await at.db
      .updateTable("recording")
      .set({ title: "Jusant & flot" })
      .where("asset_id", "=", source)
      .execute();
    await made("mp3-128");
    expect(await at.keyOf(delivered(await track(), "mp3-128").ready!.assetId)).toBe(key);
  });

  it("is made anew when the cover changes", async () => {
    await at.db.updateTable("work").set({ cover_id: null }).where("id", "=", workId).execute();
    const { common } = await parseBuffer(await made("vorbis"));
    expect(common.picture).toBeUndefined();
  });
});

describe("a sound that was received compressed", () => {
  it("comes as it was received with the record of today, never as a lossless file", async () => {
    const bytes = await at.sound("recu.mp3", "-b:a", "96k", "-metadata", "title=Autre");
    const album = await at.album("compresse", "Compressé");
    await at.addTrack(album, 1, "Vague", {
      bytes,
      mediaType: "audio/mpeg",
      facts: { lossless: false, bitrate: 96_000, channels: 1 },
    });
    const { rightId } = await at.sold(album, { email: "lise@exemple.org", personId: lise });
    const theirs = { rightId, personId: lise, saleId: null };
    await at.prepare(theirs, "flac");
    const rung = await at.rung();
    expect(rung.map(({ format }) => format)).toEqual(["kept"]);
    await at.make(rung);
    const { format, ready } = delivered((await at.parcel(theirs))[0]!.tracks[0]!, "flac");
    expect(format).toBe("kept");
    const kept = await at.read(ready!.assetId);
    expect((await parseBuffer(kept)).common).toMatchObject({ title: "Vague", album: "Compressé" });
    expect(await at.heard(kept)).toBe(await at.heard(bytes));
  });

  it.each([
    ["m4a", "audio/mp4", ["-c:a", "aac"]],
    ["ogg", "audio/ogg", ["-c:a", "libvorbis"]],
    ["opus", "audio/opus", ["-c:a", "libopus"]],
  ])("keeps its very sound in %s", async (extension, mediaType, codec) => {
    const bytes = await at.sound(`recu.${extension}`, ...codec);
    const album = await at.album(`recu-${extension}`, "Reçu");
    await at.addTrack(album, 1, "Vague", { bytes, mediaType, facts: { lossless: false } });
    const { rightId } = await at.sold(album, { email: "lise@exemple.org", personId: lise });
    const theirs = { rightId, personId: lise, saleId: null };
    await at.prepare(theirs, "kept");
    await at.make(await at.rung());
    const kept = await at.read(delivered((await at.parcel(theirs))[0]!.tracks[0]!, "kept").ready!.assetId);
    expect((await parseBuffer(kept)).common).toMatchObject({
      title: "Vague",
      artists: ["Ana Roy", "Bo Côté"],
    });
    expect(await at.heard(kept)).toBe(await at.heard(bytes));
  });
});

describe("asking", () => {
  it("remembers the format of each purchase, and offers it first for the next", async () => {
    expect(await lastChoice(at.db, scope)).toMatchObject({ own: true });
    await at.prepare(scope, "opus");
    expect(await lastChoice(at.db, scope)).toEqual({ choice: "opus", own: true });
    const album = await at.album("suivant", "Suivant");
    const { rightId } = await at.sold(album, { email: "lise@exemple.org", personId: lise });
    const next = { rightId, personId: lise, saleId: null };
    at.clock.advance(hour);
    await at.prepare(scope, "aac");
    expect(await lastChoice(at.db, next)).toEqual({ choice: "aac", own: false });
    expect(await lastChoice(at.db, { rightId: null, personId: null, saleId: bought.saleId })).toEqual({
      choice: "aac",
      own: true,
    });
    await at.make(await at.rung());
  });

  it("finds nothing for somebody else, and refuses", async () => {
    const stranger = await at.person("encore@exemple.org");
    const theirs = { ...scope, personId: stranger };
    expect(await at.parcel(theirs)).toEqual([]);
    await expect(at.prepare(theirs, "flac")).rejects.toMatchObject({ code: "not_found" });
    expect(await at.parcel({ rightId: null, personId: null, saleId: null })).toEqual([]);
  });

  it("says when the machine cannot make sounds, and tries again when it is asked again", async () => {
    const album = await at.album("sans", "Sans");
    const sound = { bytes: original, mediaType: "audio/wav", facts: lossless };
    await at.addTrack(album, 1, "Rien", sound);
    const { rightId } = await at.sold(album, { email: "lise@exemple.org", personId: lise });
    const theirs = { rightId, personId: lise, saleId: null };
    await at.prepare(theirs, "flac");
    expect(progressOf(await at.parcel(theirs), "flac")).toMatchObject({ tracks: 1, preparing: 1, made: 0 });
    await at.prepare(theirs, "flac");
    const [job, ...more] = await at.rung();
    expect(more).toEqual([]);
    const without = { ...at.house, settings: { ffmpegPath: "/nowhere/ffmpeg" } } as House;
    await makeFormatTask(at.db, without, job!);
    const [parcel] = await at.parcel(theirs);
    expect(delivered(parcel!.tracks[0]!, "flac")).toMatchObject({ state: "failed", reason: "no_ffmpeg" });
    expect(delivered(parcel!.tracks[0]!, "original").state).toBe("made");
    await at.prepare(theirs, "flac");
    expect(await at.rung()).toHaveLength(1);
  });

  it("rings once more for what a lost job left", async () => {
    const album = await at.album("perdu", "Perdu");
    await at.addTrack(album, 1, "Seule", { bytes: original, mediaType: "audio/wav", facts: lossless });
    const { rightId } = await at.sold(album, { email: "lise@exemple.org", personId: lise });
    const theirs = { rightId, personId: lise, saleId: null };
    await at.prepare(theirs, "wav");
    expect(await at.rung()).toHaveLength(1);
    at.clock.advance(hour);
    await at.prepare(theirs, "wav");
    expect(await at.rung()).toHaveLength(1);
  });
});
