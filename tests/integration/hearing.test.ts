import type { AppLoadContext, LoaderFunctionArgs } from "@remix-run/node";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cookies } from "#app/http/cookies.server.ts";
import { loader } from "#app/routes/shop/listen.ts";
import { hashToken, makeToken } from "#domain/people/secret.ts";
import { openShelf } from "./shelf.ts";

let shelf: Awaited<ReturnType<typeof openShelf>>;
let settings: AppLoadContext["house"]["settings"];
let workId: string;
let track: string;
let session: string;

beforeAll(async () => {
  shelf = await openShelf();
  settings = {
    publicUrl: "https://ventes.test",
    secure: false,
    sessionSecret: "a secret for tests that is long enough",
  } as typeof settings;
  workId = await shelf.shelve({ slug: "brume", title: "Brume", kind: "album" });
  const sound = { mediaType: "audio/flac" };
  const original = await shelf.asset(workId, "original", "the whole sound", sound);
  const [opus, aac, peaks, preview] = await Promise.all([
    shelf.asset(workId, "stream", "a stream in opus", { mediaType: "audio/ogg; codecs=opus" }),
    shelf.asset(workId, "stream", "a stream in aac", { mediaType: "audio/mp4; codecs=mp4a.40.2" }),
    shelf.asset(workId, "peaks", '{"seconds":60,"peaks":[0,1]}', { mediaType: "application/json" }),
    shelf.asset(workId, "preview", "an excerpt", { mediaType: "audio/mpeg" }),
  ]);
  track = v7();
  await shelf.db
    .insertInto("recording")
    .values({
      ...{ id: track, work_id: workId, asset_id: original, preview_id: preview },
      ...{ position: 1, title: "Une", duration_ms: 60_000 },
    })
    .execute();
  await shelf.db
    .insertInto("track_stream")
    .values({
      ...{ source_id: original, extent: "whole", wanted: "w", made_from: "w", asked_at: shelf.clock.now() },
      ...{ opus_id: opus, aac_id: aac, peaks_id: peaks },
    })
    .execute();
  const lise = await shelf.person("lise@exemple.org");
  await shelf.sold(workId, { email: "lise@exemple.org", personId: lise });
  const token = makeToken();
  const now = shelf.clock.now();
  await shelf.db
    .insertInto("session")
    .values({
      ...{ token_hash: hashToken(token), person_id: lise, created_at: now, seen_at: now },
      expires_at: new Date(now.getTime() + 86_400_000),
    })
    .execute();
  session = (await cookies(settings).session.serialize(token)).split(";")[0]!;
});
afterAll(() => shelf.close());

/** What the house answers; `jar` is the browser's, and keeps what it is given. */
async function listen(jar: string[], query = "", init: RequestInit = {}): Promise<Response> {
  const request = new Request(`https://ventes.test/ecoute/${track}${query}`, {
    ...init,
    headers: { ...(init.headers as Record<string, string>), cookie: jar.join("; ") },
  });
  const context = { db: shelf.db, house: { ...shelf.house, settings }, visitor: null };
  const args = { request, params: { id: track }, context } as unknown as LoaderFunctionArgs;
  const answer = await Promise.resolve(loader(args)).catch((thrown: Response) => thrown);
  const set = answer.headers.get("set-cookie")?.split(";")[0];
  if (set) jar.splice(0, jar.length, ...jar.filter((each) => !each.startsWith("heard=")), set);
  return answer;
}
const left = async (jar: string[]) => (await listen(jar, "?etat=1")).json();
const later = () => shelf.clock.advance(31 * 60_000);

describe("hearing a track before buying", () => {
  it("gives it whole, in the encoding asked for, any part of it", async () => {
    const jar: string[] = [];
    const opus = await listen(jar, "?comme=opus");
    expect([opus.status, opus.headers.get("content-type")]).toEqual([200, "audio/ogg; codecs=opus"]);
    expect(await opus.text()).toBe("a stream in opus");
    const part = await listen(jar, "", { headers: { range: "bytes=2-7" } });
    expect([part.status, await part.text()]).toEqual([206, "stream"]);
    expect(part.headers.get("cache-control")).toBe("private, no-cache");
  });

  it("counts each play in the browser that hears it, tells what is left, and ends", async () => {
    const jar: string[] = [];
    expect(await left(jar)).toEqual({ held: false, left: 3 });
    for (const rest of [2, 1, 0]) {
      expect((await listen(jar)).status).toBe(200);
      // A seek, and a look at the wave, are of the same play.
      expect((await listen(jar, "", { headers: { range: "bytes=9-" } })).status).toBe(206);
      expect((await listen(jar, "?comme=peaks")).status).toBe(200);
      expect(await left(jar)).toEqual({ held: false, left: rest });
      later();
    }
    expect((await listen(jar, "", { method: "HEAD" })).status).toBe(402);
    const refused = await listen(jar);
    expect([refused.status, await refused.text()]).toEqual([402, ""]);
    expect((await listen([])).status).toBe(200);
  });

  it("does not believe a count that it has not signed", async () => {
    const jar: string[] = [];
    for (const _ of [1, 2, 3]) {
      await listen(jar);
      later();
    }
    expect((await listen(jar)).status).toBe(402);
    const forged = [jar[0]!.replace(/=.{20}/, "=eyJhIjoxfQabcdefghi")];
    expect(await left(forged)).toEqual({ held: false, left: 3 });
  });

  it("has no limit for who bought it, nor where the artist sets none", async () => {
    const jar = [session];
    for (const _ of [1, 2, 3, 4, 5]) {
      expect((await listen(jar)).status).toBe(200);
      later();
    }
    expect(await left(jar)).toEqual({ held: true, left: null });
    expect(jar).toEqual([session]);
    await shelf.db.updateTable("work").set({ free_plays: null }).where("id", "=", workId).execute();
    expect(await left([])).toEqual({ held: false, left: null });
    await shelf.db.updateTable("work").set({ free_plays: 3 }).where("id", "=", workId).execute();
  });

  it("gives nothing where the artist lets nothing be heard, but to who bought it", async () => {
    await shelf.db.updateTable("work").set({ hearing: "none" }).where("id", "=", workId).execute();
    expect((await listen([])).status).toBe(404);
    expect((await listen([session])).status).toBe(200);
    await shelf.db.updateTable("work").set({ hearing: "full" }).where("id", "=", workId).execute();
  });

  it("falls back on the excerpt while no stream is made; who bought it hears the file itself", async () => {
    await shelf.db.deleteFrom("track_stream").execute();
    const excerpt = await listen([]);
    expect([excerpt.status, await excerpt.text()]).toEqual([200, "an excerpt"]);
    expect(await left([])).toEqual({ held: false, left: null });
    expect(await (await listen([session])).text()).toBe("the whole sound");
  });
});
