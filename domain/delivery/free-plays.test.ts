import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { type Hearing, hear, playsLeft, readHearing, trackKey, writeHearing } from "./free-plays.ts";

const start = Date.parse("2026-03-01T15:00:00Z");
const minutes = (n: number) => new Date(start + n * 60_000);

/** Hears it at each of these minutes; returns what was granted and what the browser then keeps. */
function listen(allowed: number | null, at: number[], track = "abcdefgh") {
  let hearing: Hearing = [];
  const granted = at.map((minute) => {
    const answer = hear(hearing, track, { allowed, at: minutes(minute) });
    hearing = readHearing(writeHearing(answer.hearing ?? hearing));
    return answer.granted;
  });
  return { granted, hearing };
}

describe("free plays", () => {
  it("are as many as the artist gives, then no more", () => {
    const { granted, hearing } = listen(3, [0, 40, 80, 120, 5000]);
    expect(granted).toEqual([true, true, true, false, false]);
    expect(playsLeft(hearing, "abcdefgh", 3)).toBe(0);
    expect(playsLeft(hearing, "another-", 3)).toBe(3);
  });

  it("count once while one goes on hearing: a seek, a reload, a repeat within half an hour", () => {
    const { granted, hearing } = listen(1, [0, 1, 2, 29]);
    expect(granted).toEqual([true, true, true, true]);
    expect(listen(1, [0, 29, 30]).granted).toEqual([true, true, false]);
    expect(playsLeft(hearing, "abcdefgh", 1)).toBe(0);
  });

  it("without limit are not counted at all; of none, none is granted", () => {
    expect(listen(null, [0, 40, 80])).toEqual({ granted: [true, true, true], hearing: [] });
    expect(listen(0, [0, 1]).granted).toEqual([false, false]);
  });

  it("that the artist takes back end with the play at hand", () => {
    const { hearing } = listen(3, [0, 40, 80]);
    expect(hear(hearing, "abcdefgh", { allowed: 1, at: minutes(81) }).granted).toBe(false);
  });

  it("fit one cookie, whatever was heard; the oldest are forgotten", () => {
    let hearing: Hearing = [];
    const tracks = Array.from({ length: 400 }, () => trackKey(v7()));
    for (const track of tracks)
      hearing = hear(hearing, track, { allowed: 3, at: minutes(0) }).hearing ?? hearing;
    const written = writeHearing(hearing);
    expect(Buffer.from(JSON.stringify(written)).toString("base64").length).toBeLessThan(3700);
    const kept = readHearing(written);
    expect(playsLeft(kept, tracks.at(-1)!, 3)).toBe(2);
    expect(playsLeft(kept, tracks[0]!, 3)).toBe(3);
  });

  it("that cannot be read are none", () => {
    for (const text of [undefined, 3, "short", "abcdefgh1", "é".repeat(14), ["a"]])
      expect(readHearing(text)).toEqual([]);
  });
});
