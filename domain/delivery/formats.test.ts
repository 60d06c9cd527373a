import { describe, expect, it } from "vitest";
import { choicesFor, formatOf, formatsFrom, losslessFormats, usualChoice } from "./formats.ts";

const flac = { lossless: true, bitrate: 900_000 };
const mp3 = (bitrate: number | null) => ({ lossless: false, bitrate });

describe("the formats of a sound", () => {
  it("are all of them where nothing was lost", () => {
    expect(formatsFrom(flac)).toEqual([
      ...["flac", "alac", "wav", "aiff"],
      ...["mp3-v0", "mp3-320", "mp3-128", "aac", "vorbis", "opus"],
    ]);
  });

  it("never pretend to more than was received", () => {
    for (const bitrate of [null, 96_000, 192_000, 320_000, 900_000])
      expect(formatsFrom(mp3(bitrate)).filter((format) => losslessFormats.includes(format))).toEqual([]);
    expect(formatsFrom(mp3(192_000))).toEqual(["mp3-128", "kept"]);
    expect(formatsFrom(mp3(320_000))).not.toContain("mp3-320");
    expect(formatsFrom(mp3(null))).toEqual(["kept"]);
  });

  it("fall back, track by track, to the sound as it was received", () => {
    expect(formatOf(flac, "flac")).toBe("flac");
    expect(formatOf(mp3(192_000), "flac")).toBe("kept");
    expect(formatOf(mp3(192_000), "original")).toBe("original");
    expect(choicesFor([flac, mp3(128_000)])).toContain("kept");
    expect(choicesFor([flac])).not.toContain("kept");
  });

  it("begin with what plays everywhere", () => {
    expect(usualChoice(choicesFor([flac]))).toBe("mp3-v0");
    expect(usualChoice(choicesFor([mp3(128_000)]))).toBe("kept");
    expect(usualChoice(choicesFor([mp3(320_000)]))).toBe("kept");
    expect(usualChoice(choicesFor([]))).toBe("original");
  });
});
