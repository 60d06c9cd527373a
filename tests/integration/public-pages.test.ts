import { createServer, get, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PageMemory } from "#app/http/page-memory.ts";
import { publicPages } from "#app/http/public-pages.ts";
import { findWorkPage } from "#domain/catalogue/queries.server.ts";
import { watchPages } from "#domain/catalogue/watch-pages.server.ts";
import { openAsOwner } from "#tests/database.ts";
import { openShelf } from "./shelf.ts";

let shelf: Awaited<ReturnType<typeof openShelf>>;
let workId: string;
let draftId: string;
let heard = 0;
const memory = new PageMemory();
const closers: (() => Promise<unknown>)[] = [];
let url: string;
let made = 0;

beforeAll(async () => {
  shelf = await openShelf();
  workId = await shelf.shelve({ slug: "marees", title: "Marées" });
  draftId = await shelf.shelve({ slug: "brouillon", title: "Brouillon", state: "draft" });
  await new Promise<void>((resolve, reject) => {
    const listening = watchPages(shelf.url, {
      onNotice() {
        heard += 1;
        memory.forget();
      },
      onHeard() {
        memory.resume();
        resolve();
      },
      onLost: reject,
    });
    closers.push(() => listening.close());
  });
  const server = createServer(
    publicPages({
      memory,
      async make(path) {
        made += 1;
        const work = await findWorkPage(shelf.db, shelf.house, {
          slug: path.split("/").at(-1)!,
          personId: null,
        });
        return work && { headers: [["content-type", "text/plain"]], body: Buffer.from(work.title) };
      },
      otherwise: (_, response) => response.writeHead(404).end("made for you"),
    }),
  ).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  closers.push(async () => server.close());
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  for (const close of closers) await close();
  await shelf.close();
});

type Answer = { status: number; text: string; headers: IncomingHttpHeaders };
const ask = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    get(url + path, { headers }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode!, text, headers: response.headers }));
    }).on("error", reject);
  });

/** Until a notice has come after what `change` did, or half a second: longer than any takes. */
async function noticesOf(change: () => Promise<unknown>): Promise<number> {
  const before = heard;
  await change();
  for (let wait = 0; wait < 50 && heard === before; wait += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  return heard - before;
}

test("a page is made once, and again when its work has changed", async () => {
  expect((await ask("/oeuvres/marees")).text).toBe("Marées");
  const before = made;
  expect((await ask("/oeuvres/marees")).text).toBe("Marées");
  expect(made).toBe(before);
  await noticesOf(() => sql`update work set title = 'Marées hautes' where id = ${workId}`.execute(shelf.db));
  expect((await ask("/oeuvres/marees")).text).toBe("Marées hautes");
});

test("whoever has it already is told so", async () => {
  const { headers } = await ask("/oeuvres/marees");
  const again = await ask("/oeuvres/marees", { "if-none-match": headers.etag! });
  expect(again).toMatchObject({ status: 304, text: "" });
});

test("a session or a cart has pages made for it; what is not there is not kept", async () => {
  expect((await ask("/oeuvres/marees", { cookie: "other=1; session=abc" })).text).toBe("made for you");
  expect((await ask("/oeuvres/marees", { cookie: "__Host-cart=abc" })).text).toBe("made for you");
  expect((await ask("/oeuvres/marees", { cookie: "theme=dark" })).text).toBe("Marées hautes");
  expect((await ask("/oeuvres/brouillon")).status).toBe(404);
  expect((await ask("/atelier")).text).toBe("made for you");
});

test("what hangs on a work in the shop tells of its changes, a draft tells nothing", async () => {
  const credit = (id: string) => sql`
    insert into contribution (id, work_id, agent_id, role, position)
    select gen_random_uuid(), ${id}, id, 'author', 9 from agent limit 1`;
  await sql`insert into agent (id, slug, name, created_at)
    values (gen_random_uuid(), 'quelquun', 'Quelqu’un', ${shelf.clock.now()})`.execute(shelf.db);
  expect(await noticesOf(() => credit(workId).execute(shelf.db))).toBe(1);
  expect(await noticesOf(() => credit(draftId).execute(shelf.db))).toBe(0);
  expect(
    await noticesOf(() => sql`update work set title = 'Autre' where id = ${draftId}`.execute(shelf.db)),
  ).toBe(0);
  expect(await noticesOf(() => sql`update coop set name = name`.execute(shelf.db))).toBe(1);
  expect(
    await noticesOf(() => sql`update work set state = 'withdrawn' where id = ${workId}`.execute(shelf.db)),
  ).toBe(1);
});

test("a connection that breaks is taken up again, and nothing is kept in between", async () => {
  const owner = openAsOwner(shelf.url);
  closers.unshift(() => owner.destroy());
  const listener = new Promise<void>((resolve) => {
    let lost = false;
    const listening = watchPages(shelf.url, {
      onNotice() {},
      onLost() {
        lost = true;
      },
      onHeard() {
        if (lost) resolve();
        else
          void sql`select pg_terminate_backend(pid) from pg_stat_activity
            where application_name = 'ventes.coop listening' and datname = current_database()`.execute(owner);
      },
    });
    closers.push(() => listening.close());
  });
  await listener;
});
