/** What the tests of the feeds stand on: a shelf with a book, albums, words that try to break out, a draft and a withdrawn work. */
import type { LoaderFunctionArgs } from "@remix-run/node";
import { sql } from "kysely";
import { SaxesParser } from "saxes";
import { v7 } from "uuid";
import { addressesAt } from "#i18n/paths.ts";
import { openShelf } from "./shelf.ts";

export const publicUrl = "https://ventes.test";
export const address = addressesAt(publicUrl);
export const hostile = `Marées </script><b a="1">& 'x' ]]>`;
export const isbn = "9782764607657";

type Loader = (args: LoaderFunctionArgs) => unknown;

export async function openFeeds() {
  const shelf = await openShelf();
  const { db } = shelf;
  const ids: Record<string, string> = {};
  const ana = { name: "Ana Roy", role: "author" };
  const yann = { name: "Yann Noël", role: "performer" };
  ids.marees = await shelf.shelve({
    slug: "marees",
    title: hostile,
    by: [ana, { name: "Ben Côté", role: "translator" }],
    price: 1250,
    description: { fr: `Un livre ${hostile}`, en: "A book" },
    subjects: ["Romans", "Poésie"],
    day: 1,
  });
  ids.lampe = await shelf.shelve({
    slug: "lamp",
    title: "The Lamp",
    by: [ana],
    language: "en",
    price: 800,
    day: 2,
  });
  ids.chaloupe = await shelf.shelve({
    slug: "chaloupe",
    title: "Chaloupe",
    kind: "album",
    by: [yann, { name: "Ana Roy", role: "lyricist" }],
    price: 900,
    day: 3,
  });
  ids.libre = await shelf.shelve({
    slug: "libre",
    title: "Libre",
    kind: "album",
    by: [yann],
    price: 0,
    day: 4,
  });
  ids.brouillon = await shelf.shelve({ slug: "brouillon", title: "Brouillon", by: [ana], state: "draft" });
  ids.retire = await shelf.shelve({ slug: "retire", title: "Retiré", by: [ana], state: "withdrawn" });

  ids.epub = v7();
  await db
    .insertInto("edition")
    .values({ id: ids.epub, work_id: ids.marees, format: "epub", created_at: shelf.clock.now() })
    .execute();
  await shelf.asset(ids.marees, "original", "epub", { editionId: ids.epub });
  ids.sample = await shelf.asset(ids.marees, "sample_epub", "extrait");
  ids.cover = await shelf.asset(ids.marees, "cover", "jpeg", {
    mediaType: "image/jpeg",
    position: 480,
    facts: { width: 480, height: 720 },
  });
  await sql`update work set cover_id = ${ids.cover}, series = '{"name": "Rivages", "position": 2}', rights = 'Tous droits réservés',
    published_on = '2026-02', original_language = 'en', accessibility = '{"accessModes": ["textual"], "summary": "Lisible"}'
    where id = ${ids.marees}`.execute(db);
  const identify = (
    row: { edition_id?: string; agent_id?: string; work_id?: string },
    scheme: string,
    value: string,
  ) =>
    db
      .insertInto("identifier")
      .values({ id: v7(), scheme, value, ...row })
      .execute();
  // A typing error, and the right one.
  await identify({ edition_id: ids.epub }, "isbn", "9782764607650");
  await identify({ edition_id: ids.epub }, "isbn", isbn);
  const { id: anaId } = await db
    .selectFrom("agent")
    .select("id")
    .where("name", "=", "Ana Roy")
    .executeTakeFirstOrThrow();
  ids.ana = anaId;
  await identify({ agent_id: anaId }, "isni", "0000 0001 2144 1970");
  await identify({ agent_id: anaId }, "wikidata", "Q42");
  await identify({ agent_id: anaId }, "viaf", "javascript:alert(1)");

  ids.music = v7();
  await db
    .insertInto("edition")
    .values({ id: ids.music, work_id: ids.chaloupe, format: "music", created_at: shelf.clock.now() })
    .execute();
  for (const [i, title] of ["Départ", "Retour"].entries()) {
    const file = await shelf.asset(ids.chaloupe, "original", `flac ${i}`, {
      editionId: ids.music,
      mediaType: "audio/flac",
    });
    const preview = await shelf.asset(ids.chaloupe, "preview", `mp3 ${i}`, { mediaType: "audio/mpeg" });
    const id = v7();
    ids[title] = id;
    await db
      .insertInto("recording")
      .values({
        id,
        work_id: ids.chaloupe,
        asset_id: file,
        preview_id: preview,
        position: i + 1,
        title,
        isrc: `CBABC26000${10 + i}`,
        duration_ms: 185_000,
      })
      .execute();
  }

  const mail = { from: "ventes.coop <bonjour@ventes.test>" };
  const settings = { publicUrl, mail, secure: true, sessionSecret: "s".repeat(40) };
  const house = { ...shelf.house, settings };

  /** What is answered at an address; a thrown answer too. */
  async function ask(
    loader: Loader,
    path: string,
    {
      params = {},
      headers = {},
      body,
    }: { params?: Record<string, string>; headers?: Record<string, string>; body?: string } = {},
  ): Promise<Response & { words: string }> {
    const request = new Request(publicUrl + path.replace(publicUrl, ""), {
      headers,
      ...(body !== undefined && {
        method: "POST",
        body,
        headers: { "content-type": "application/x-www-form-urlencoded" },
      }),
    });
    const context = { db, house, visitor: null } as unknown as LoaderFunctionArgs["context"];
    const answer = await Promise.resolve()
      .then(() => loader({ request, params, context } as LoaderFunctionArgs))
      .catch((thrown: unknown) => {
        if (thrown instanceof Response) return thrown;
        throw thrown;
      });
    const response = answer as Response;
    return Object.assign(response, { words: await response.clone().text() });
  }
  return { ...shelf, house, ids, ask };
}

export type Element = {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
};

/** A document, read as strictly as XML with namespaces can be: an unbound prefix or a wrong sign throws. */
export function readXml(text: string): Element {
  const top: Element = { name: "", attributes: {}, children: [], text: "" };
  const path = [top];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const values = Object.fromEntries(Object.entries(attributes).map(([key, { value }]) => [key, value]));
    const element: Element = { name, attributes: values, children: [], text: "" };
    path.at(-1)!.children.push(element);
    path.push(element);
  });
  parser.on("text", (words) => {
    path.at(-1)!.text += words;
  });
  parser.on("closetag", () => path.pop());
  parser.write(text).close();
  return top.children[0]!;
}

/** Every element of this name, in the order of the document. */
export const allOf = (element: Element, name: string): Element[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...allOf(child, name)]);

/** The text of the first element of this name. */
export const textOf = (element: Element, name: string): string | undefined => allOf(element, name)[0]?.text;
