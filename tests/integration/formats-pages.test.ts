import type { LoaderFunctionArgs } from "@remix-run/node";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as page from "#app/routes/library/parcel.tsx";
import { loader as zip } from "#app/routes/library/parcel-zip.ts";
import { accessOf } from "#domain/sales/access-link.ts";
import { wav } from "#tests/hostile/make-files.ts";
import { formatsShelf } from "./formats-shelf.ts";

// The pages' own loaders and actions, called as the server does, by who has a receipt's link and no account.
let at: Awaited<ReturnType<typeof formatsShelf>>;
let bought: { saleId: string; rightId: string };
let acces: string;
beforeAll(async () => {
  at = await formatsShelf();
  const album = await at.album("marees", "Marées");
  const facts = { lossless: true, bitDepth: 16, channels: 1, bitrate: 352_800 };
  await at.addTrack(album, 1, "Jusant", { bytes: wav({ seconds: 1 }), mediaType: "audio/wav", facts });
  bought = await at.sold(album, { email: "lise@exemple.org" });
  acces = accessOf(at.house.settings.sessionSecret, bought.saleId);
});
afterAll(() => at.close());

type Verb = (args: LoaderFunctionArgs) => Promise<unknown>;

async function visit(
  verb: Verb,
  address: string,
  params: Record<string, string>,
  { form, method }: { form?: Record<string, string>; method?: string } = {},
): Promise<Response | Record<string, unknown>> {
  const request = new Request(`http://127.0.0.1:3000${address}`, {
    ...(method && { method }),
    ...(form && { method: "POST", body: new URLSearchParams(form) }),
  });
  const context = { db: at.db, house: at.house, visitor: null } as unknown as LoaderFunctionArgs["context"];
  return (await verb({ request, params, context } as LoaderFunctionArgs).catch((thrown: unknown) => {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  })) as Response | Record<string, unknown>;
}

const ofRight = () => `/emporter/${bought.rightId}?acces=${acces}`;
const show = () => visit(page.loader, ofRight(), { right: bought.rightId });
const ask = (format: string) =>
  visit(page.action, ofRight(), { right: bought.rightId }, { form: { format } });
const fetchZip = (query = "", method = "GET") =>
  visit(
    zip,
    `/emporter/${bought.rightId}/tout.zip?acces=${acces}${query}`,
    { right: bought.rightId },
    { method },
  );

describe("the page of a parcel", () => {
  it("offers what is honest, rings what was chosen, and comes back to itself", async () => {
    expect(await show()).toMatchObject({
      choice: "mp3-v0",
      chosen: false,
      received: 0,
      title: "Tel que vendu",
    });
    const answer = (await ask("opus")) as Response;
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(ofRight());
    expect(await show()).toMatchObject({ choice: "opus", chosen: true, progress: { preparing: 1, made: 0 } });
  });

  it("sends the zip with its length once it is there; before, it leads back to the page", async () => {
    const early = (await fetchZip()) as Response;
    expect([early.status, early.headers.get("location")]).toEqual([302, ofRight()]);
    await at.make(await at.rung());
    expect(await show()).toMatchObject({ progress: { preparing: 0, made: 1 } });
    const answer = (await fetchZip()) as Response;
    expect(answer.headers.get("content-type")).toBe("application/zip");
    const length = Number(answer.headers.get("content-length"));
    expect((await answer.arrayBuffer()).byteLength).toBe(length);
    const looked = (await fetchZip("", "HEAD")) as Response;
    expect([looked.headers.get("content-length"), looked.body]).toEqual([String(length), null]);
    expect(((await fetchZip("&format=flac")) as Response).status).toBe(302);
  });

  it("opens for the whole sale as well", async () => {
    const found = await visit(page.loader, `/achats/${acces}/tout`, { access: acces });
    expect(found).toMatchObject({ title: null, choice: "opus", zip: `/achats/${acces}/tout.zip` });
  });

  it("knows no other format, and does not exist for who has neither link nor account", async () => {
    expect(await ask("exe")).toMatchObject({ init: { status: 422 } });
    const { rightId: right } = bought;
    for (const [address, params] of [
      [`/emporter/${right}`, { right }],
      [`/emporter/${right}?acces=faux`, { right }],
      [`/emporter/${v7()}?acces=${acces}`, { right: v7() }],
      [`/emporter/rien?acces=${acces}`, { right: "rien" }],
      ["/achats/faux/tout", { access: "faux" }],
    ] as const) {
      for (const verb of [page.loader, zip] as Verb[])
        expect(((await visit(verb, address, params)) as Response).status, address).toBe(404);
      expect(
        ((await visit(page.action, address, params, { form: { format: "flac" } })) as Response).status,
      ).toBe(404);
    }
    const away = (await visit(page.loader, "/bibliotheque/tout", {})) as Response;
    expect([away.status, away.headers.get("location")]).toEqual([
      302,
      "/connexion?vers=%2Fbibliotheque%2Ftout",
    ]);
  });
});
