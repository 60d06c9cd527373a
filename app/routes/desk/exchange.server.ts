/** What the page of the exchange does with a file: keeps it for a moment, tries it, writes it. */
import {
  type AppLoadContext,
  unstable_createMemoryUploadHandler as inMemory,
  MaxPartSizeExceededError,
  unstable_parseMultipartFormData as parseMultipart,
} from "@remix-run/node";
import { missing } from "#app/http/door.server.ts";
import { receive } from "#app/http/form.server.ts";
import { COLUMNS, type Column } from "#domain/exchange/column-names.ts";
import { forgetSentFile } from "#domain/exchange/forget-sent-file.server.ts";
import { importCatalogue } from "#domain/exchange/import-catalogue.server.ts";
import { keepSentFile, openSentFile } from "#domain/exchange/keep-sent-file.server.ts";
import { listAlbums, listMembers } from "#domain/exchange/member-queries.server.ts";
import type { Fate } from "#domain/exchange/sent.ts";
import { type ColumnMap, sentFile } from "#domain/exchange/sent-lines.ts";
import { UnreadableFile } from "#domain/exchange/unreadable-file.ts";
import type { Viewer } from "#domain/people/viewer.ts";

/** A page waits for it: about a thousand books. More comes in by the command line, which waits for no browser. */
export const mostMegabytes = 5;
/** Rows that are shown; all are counted. */
export const mostShown = 500;

type Coop = { id: string; slug: string; name: string };
type House = AppLoadContext["house"];
type Db = AppLoadContext["db"];

/** The co-op that the address names, among those where the viewer has a desk; the first where it names none. */
export function coopOf(
  viewer: Viewer,
  coopIds: readonly string[],
  slug: string | null,
): { coop: Coop; coops: Coop[] } {
  const all = viewer.roles
    .filter(({ coopId }) => coopIds.includes(coopId))
    .map(({ coopId, coopSlug, coopName }) => ({ id: coopId, slug: coopSlug, name: coopName }));
  const coops = [...new Map(all.map((each) => [each.id, each])).values()];
  const coop = slug ? coops.find((each) => each.slug === slug) : coops[0];
  if (!coop) throw missing();
  return { coop, coops };
}

/** What a list can hold; the others are told by the command line. */
const mostAlbums = 300;
export const albumsOf = (db: Db, coopId: string) => listAlbums(db, coopId, mostAlbums);

export const membersOf = (db: Db, coopId: string) => listMembers(db, coopId);

type Given =
  | { problem: "file_missing" | "file_too_large"; coop: string | null }
  | { intent: "try"; coop: string; member: string; file: Buffer }
  | { intent: "apply"; coop: string; member: string; sent: string; map: ColumnMap };

/** The file is held in memory while it arrives, and no more of it than a page takes. */
export async function readExchangeForm(request: Request): Promise<Given> {
  const multipart = request.headers.get("content-type")?.startsWith("multipart/form-data");
  let form: FormData;
  try {
    const memory = inMemory({ maxPartSize: mostMegabytes * 1_000_000 });
    form = multipart ? await parseMultipart(request, memory) : await receive(request);
  } catch (problem) {
    if (problem instanceof MaxPartSizeExceededError) return { problem: "file_too_large", coop: null };
    throw problem;
  }
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const [coop, member] = [text("coop"), text("member")];
  if (text("intent") === "apply")
    return { intent: "apply", coop, member, sent: text("sent"), map: mapOf(text("map")) };
  const file = form.get("file");
  if (!(file instanceof File) || file.size === 0) return { problem: "file_missing", coop };
  return { intent: "try", coop, member, file: Buffer.from(await file.arrayBuffer()) };
}

export const keepSent = (db: Db, house: House, coop: Coop, bytes: Buffer): Promise<string> =>
  keepSentFile(db, house, { coopId: coop.id, bytes });

async function openSent(house: House, coop: Coop, file: string, map: ColumnMap) {
  const sent = await openSentFile(house, { coopId: coop.id, file });
  if (!sent) throw missing();
  return sentFile(sent, map);
}

/** Pairs of a heading and its column, as the form carries them; whatever is none is left out. */
function mapOf(json: string): ColumnMap {
  let pairs: unknown;
  try {
    pairs = JSON.parse(json || "[]");
  } catch {
    pairs = [];
  }
  const known = (column: unknown): column is Column | "" =>
    column === "" || (COLUMNS as readonly unknown[]).includes(column);
  const list = Array.isArray(pairs) ? pairs : [];
  return Object.fromEntries(
    list.filter(
      (pair): pair is [string, Column | ""] =>
        Array.isArray(pair) && typeof pair[0] === "string" && known(pair[1]),
    ),
  );
}

const memberOf = (members: readonly { id: string }[], id: string): string | null =>
  members.find((member) => member.id === id)?.id ?? null;

/** The trial of the file that the address names; null where it names none. */
export async function trySent(
  db: Db,
  house: House,
  {
    viewer,
    coop,
    members,
    url,
  }: { viewer: Viewer; coop: Coop; members: readonly { id: string }[]; url: URL },
) {
  const file = url.searchParams.get("fichier");
  if (!file) return null;
  const columns = url.searchParams.getAll("champ");
  const pairs = url.searchParams.getAll("entete").map((heading, index) => [heading, columns[index] ?? ""]);
  const member = url.searchParams.get("membre") ?? "";
  const trial = {
    ...{
      file,
      member,
      map: JSON.stringify(pairs),
      headings: [] as { heading: string; column: string | null }[],
    },
    ...{ counts: {} as Record<string, number>, fates: [] as Fate[] },
    unreadable: null as { code: UnreadableFile["code"]; detail: string | undefined } | null,
  };
  try {
    const { format, headings, lines } = await openSent(house, coop, file, mapOf(trial.map));
    trial.headings = headings;
    const importing = {
      coopId: coop.id,
      personId: viewer.id,
      memberId: memberOf(members, member),
      apply: false,
      format,
    };
    for await (const fate of importCatalogue(db, house, importing, lines)) {
      trial.counts[fate.fate] = (trial.counts[fate.fate] ?? 0) + 1;
      if (trial.fates.length < mostShown) trial.fates.push(fate);
    }
  } catch (problem) {
    if (!(problem instanceof UnreadableFile)) throw problem;
    trial.unreadable = { code: problem.code, detail: problem.detail };
  }
  return trial;
}

/** Writes the file, and forgets it. What was read before something unreadable stays written, as the trial has told. */
export async function applySent(
  db: Db,
  house: House,
  { viewer, coop, form }: { viewer: Viewer; coop: Coop; form: Extract<Given, { intent: "apply" }> },
): Promise<{ written: number; same: number; refused: number }> {
  const counts = { written: 0, same: 0, refused: 0 };
  const members = await membersOf(db, coop.id);
  try {
    const { format, lines } = await openSent(house, coop, form.sent, form.map);
    const memberId = memberOf(members, form.member);
    const importing = { coopId: coop.id, personId: viewer.id, memberId, apply: true, format };
    for await (const { fate } of importCatalogue(db, house, importing, lines))
      counts[fate === "refused" ? "refused" : fate === "unchanged" ? "same" : "written"] += 1;
  } catch (problem) {
    if (!(problem instanceof UnreadableFile)) throw problem;
  }
  await forgetSentFile(house, { coopId: coop.id, file: form.sent });
  return counts;
}
