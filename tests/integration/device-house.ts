/** A library with devices, and the doors that they knock at: routes are found by their addresses, as the web process does. */
import type { AppLoadContext, LoaderFunctionArgs } from "@remix-run/node";
import { SaxesParser } from "saxes";
import { v7 } from "uuid";
import * as libraryAuthentication from "#app/routes/feeds/library-authentication.ts";
import * as libraryFile from "#app/routes/feeds/library-file.ts";
import * as libraryOpds from "#app/routes/feeds/library-opds.ts";
import * as libraryOpds2 from "#app/routes/feeds/library-opds2.ts";
import * as librarySearch from "#app/routes/feeds/library-search.ts";
import * as subsonic from "#app/routes/feeds/subsonic.ts";
import { createDevice, type DeviceKind } from "#domain/library/create-device.server.ts";
import { plainPaths } from "#i18n/paths.ts";
import { openShelf } from "./shelf.ts";

export const publicUrl = "https://ventes.test";

type Door = {
  loader(args: LoaderFunctionArgs): Response | Promise<Response>;
  action?(args: LoaderFunctionArgs): Promise<Response>;
};
// In the order in which a router prefers them: fixed words before names.
const doors: [keyof typeof plainPaths, Door][] = [
  ["libraryAuthentication", libraryAuthentication],
  ["librarySearch", librarySearch],
  ["libraryOpds", libraryOpds],
  ["libraryOpds2", libraryOpds2],
  ["libraryOpdsShelf", libraryOpds],
  ["libraryOpds2Shelf", libraryOpds2],
  ["libraryFile", libraryFile],
  ["subsonic", subsonic],
];

export async function openDeviceHouse() {
  const shelf = await openShelf();
  const settings = { publicUrl, sessionSecret: "a secret for tests that is long enough" };
  const house = { ...shelf.house, settings } as typeof shelf.house;

  /** What the house answers at this address; what a door throws is an answer as well. */
  async function knock(
    address: string,
    init: RequestInit = {},
    more: Partial<AppLoadContext> = {},
  ): Promise<Response> {
    const url = new URL(address, publicUrl);
    for (const [name, door] of doors) {
      const names: string[] = [];
      const shape = plainPaths[name].replace(/:(\w+)/g, (_, key: string) => {
        names.push(key);
        return "([^/]+)";
      });
      const found = new RegExp(`^${shape}$`).exec(url.pathname);
      if (!found) continue;
      const params = Object.fromEntries(names.map((key, i) => [key, decodeURIComponent(found[i + 1]!)]));
      const request = new Request(url, init);
      const context = { db: shelf.db, house, visitor: null, nonce: undefined, requestId: "test", ...more };
      const args = { request, params, context } as unknown as LoaderFunctionArgs;
      const act = request.method === "POST" && door.action ? door.action : door.loader;
      try {
        return await act(args);
      } catch (thrown) {
        if (thrown instanceof Response) return thrown;
        throw thrown;
      }
    }
    throw new Error(`no door at ${url.pathname}`);
  }

  /** A connection that counts what it is asked. */
  function counting() {
    let asked = 0;
    const db = shelf.db.withPlugin({
      transformQuery({ node }) {
        asked += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    return { db, queries: () => asked };
  }

  async function device(personId: string, kind: DeviceKind, name = "Appareil") {
    const id = v7();
    const { password } = await createDevice(shelf.db, house, { id, personId, kind, name });
    return { id, password: password! };
  }

  /** A book with its EPUB in the bucket. */
  async function book(slug: string, title: string, more: Parameters<typeof shelf.shelve>[0] | object = {}) {
    const workId = await shelf.shelve({ by: [{ name: "Ana Roy", role: "author" }], ...more, slug, title });
    const editionId = await edition(workId, "epub");
    const assetId = await shelf.asset(workId, "original", `le livre ${title}`, { editionId });
    return { workId, assetId };
  }

  /** An album with a file of sound for each title. */
  async function album(slug: string, title: string, tracks: string[], by = "Duo Brume", more: object = {}) {
    const workId = await shelf.shelve({
      ...{ slug, title, kind: "album", subjects: ["Folk"] },
      by: [{ name: by, role: "performer" }],
      ...more,
    });
    const editionId = await edition(workId, "music");
    const songs: string[] = [];
    for (const [i, name] of tracks.entries()) {
      const asset_id = await shelf.asset(workId, "original", `le son de ${name}`, {
        ...{ editionId, mediaType: "audio/flac" },
        facts: { bitrate: 912_000, sampleRate: 44_100, bitDepth: 16, channels: 2 },
      });
      const id = v7();
      await shelf.db
        .insertInto("recording")
        .values({
          ...{ id, work_id: workId, asset_id, position: i + 1, title: name, duration_ms: 61_000 + i * 1000 },
          isrc: `CAA00260000${i + 1}`,
          lyrics: i === 0 ? "Première ligne\nDeuxième ligne" : null,
        })
        .execute();
      songs.push(id);
    }
    return { workId, songs };
  }

  async function edition(workId: string, format: string): Promise<string> {
    const id = v7();
    await shelf.db
      .insertInto("edition")
      .values({ id, work_id: workId, format, created_at: shelf.clock.now() })
      .execute();
    return id;
  }

  /** A cover of three sizes in JPEG, chosen by its work. */
  async function cover(workId: string) {
    const ids: string[] = [];
    for (const position of [240, 480, 960])
      ids.push(
        await shelf.asset(workId, "cover", `image ${position}`, {
          ...{ mediaType: "image/jpeg", position, facts: { width: position, height: position } },
        }),
      );
    await shelf.db.updateTable("work").set({ cover_id: ids[0]! }).where("id", "=", workId).execute();
  }

  /** As a refund of all of it leaves things. */
  const refund = (rightId: string) =>
    shelf.db
      .updateTable("download_right")
      .set({ ended_at: shelf.clock.now() })
      .where("id", "=", rightId)
      .execute();
  const withdraw = (workId: string) =>
    shelf.db.updateTable("work").set({ state: "withdrawn" }).where("id", "=", workId).execute();

  return { ...shelf, house, settings, knock, counting, device, book, album, cover, refund, withdraw };
}

export const basic = (email: string, password: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${email}:${password}`).toString("base64")}`,
});

export type Node = { name: string; attributes: Record<string, string>; children: Node[]; text: string };

/** The root of a document; throws where it is not well formed or a prefix is bound to nothing. */
export function parseXml(text: string): Node {
  const root: Node = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const values = Object.entries(attributes).map(([key, { value }]) => [key, value]);
    const node: Node = { name, attributes: Object.fromEntries(values), children: [], text: "" };
    open.at(-1)!.children.push(node);
    open.push(node);
  });
  parser.on("text", (words) => {
    open.at(-1)!.text += words;
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.write(text).close();
  return root.children[0]!;
}

export const all = ({ children }: Node, name: string): Node[] =>
  children.filter((each) => each.name === name);
