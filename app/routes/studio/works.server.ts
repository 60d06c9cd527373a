/** What the page of several works reads from its forms: a wish for those that are ticked, or a table that came back. */
import {
  unstable_createMemoryUploadHandler as inMemory,
  MaxPartSizeExceededError,
  unstable_parseMultipartFormData as parseMultipart,
} from "@remix-run/node";
import { receive } from "#app/http/form.server.ts";
import type { BenchWork } from "#domain/bench/bench-queries.server.ts";
import { changeOf, withSubjects } from "#domain/bench/plan.ts";
import type { Change, Wish } from "#domain/bench/plan-shape.ts";
import { readSheet, type SheetLine } from "#domain/bench/read-sheet.ts";
import { hearingPolicies } from "#domain/delivery/streams.ts";
import { UnreadableFile } from "#domain/exchange/unreadable-file.ts";
import { cents } from "./read-draft.server.ts";

export const mostMegabytes = 5;
const mostLines = 500;

/** A form of the page; a file is held in memory, and no more of it than is taken. Null: it is larger. */
export async function readWorksForm(request: Request): Promise<FormData | null> {
  if (!request.headers.get("content-type")?.startsWith("multipart/form-data")) return receive(request);
  try {
    return await parseMultipart(request, inMemory({ maxPartSize: mostMegabytes * 1_000_000 }));
  } catch (problem) {
    if (problem instanceof MaxPartSizeExceededError) return null;
    throw problem;
  }
}

/** As typed, to show again. */
export type WishTyped = Record<
  | "priceKind"
  | "price"
  | "suggested"
  | "language"
  | "subjects"
  | "subjectsHow"
  | "publisher"
  | "rights"
  | "hearing",
  string
> & { works: string[] };

export type AskedPlan =
  | { plan: Change[]; typed: WishTyped }
  | { problem: "noWorks" | "noWish" | "price" | "nothing"; typed: WishTyped };

/** The wish of a form, work by work: an empty field stays as it is in each. */
export function planAsked(form: FormData, works: readonly BenchWork[]): AskedPlan {
  const field = (name: string, longest = 500) =>
    String(form.get(name) ?? "")
      .trim()
      .slice(0, longest);
  const typed: WishTyped = {
    priceKind: field("priceKind"),
    price: field("price"),
    suggested: field("suggested"),
    language: field("language"),
    subjects: field("subjects", 5_000),
    subjectsHow: field("subjectsHow"),
    publisher: field("publisher"),
    rights: field("rights", 5_000),
    hearing: field("hearing"),
    works: form.getAll("work[]").map(String),
  };
  const ticked = works.filter(({ id }) => typed.works.includes(id));
  if (ticked.length === 0) return { problem: "noWorks", typed };
  const price = priceOf(typed);
  if (price === null) return { problem: "price", typed };
  const labels = [...new Set(typed.subjects.split(/[,;\n]/).map((each) => each.trim()))].filter(Boolean);
  const policy = hearingPolicies.find((each) => each === typed.hearing);
  const wish: Wish = {
    ...(price && { price }),
    ...(typed.language && { language: typed.language }),
    ...(typed.publisher && { publisher: typed.publisher }),
    ...(typed.rights && { rights: typed.rights }),
  };
  if (Object.keys(wish).length === 0 && labels.length === 0 && !policy) return { problem: "noWish", typed };
  const plan = ticked.flatMap((work) => {
    const subjects =
      typed.subjectsHow === "replace" ? withSubjects([], labels) : withSubjects(work.subjects, labels);
    const wished: Wish = {
      ...wish,
      ...(labels.length > 0 && { subjects }),
      // How often each track may be heard stays each album's own.
      ...(policy && { hearing: { policy, freePlays: work.freePlays } }),
    };
    return changeOf(work, wished) ?? [];
  });
  return plan.length === 0 ? { problem: "nothing", typed } : { plan, typed };
}

/** Absent where it stays; null where what is typed is no amount. */
function priceOf({ priceKind, price, suggested }: WishTyped): Wish["price"] | null {
  if (priceKind === "free") return { kind: "free" };
  if (priceKind === "fixed") {
    const amount = cents(price);
    return amount === null ? null : { kind: "fixed", amount };
  }
  if (priceKind !== "open") return undefined;
  const floor = cents(price || "0");
  const advised = suggested ? cents(suggested) : null;
  if (floor === null || (suggested && advised === null)) return null;
  return { kind: "open", floor, suggested: advised };
}

export type AskedSheet =
  | { plan: Change[]; same: number; unknown: SheetLine[]; wrong: SheetLine[] }
  | { unreadable: UnreadableFile["code"] };

/** A table that came back: its lines by the reference of each work; those of no work of theirs are told, and so are cells that say nothing sensible. */
export async function planOfSheet(file: File, works: readonly BenchWork[]): Promise<AskedSheet> {
  const byId = new Map(works.map((work) => [work.id, work]));
  try {
    const bytes = Buffer.from(await file.arrayBuffer());
    const lines = await readSheet(piecesOf(bytes), mostLines);
    const known = lines.filter(({ reference }) => byId.has(reference));
    const plan = known.flatMap(({ reference, wish }) => changeOf(byId.get(reference)!, wish) ?? []);
    // A work that stands on two lines is changed by the first one.
    const once = plan.filter(({ workId }, i) => plan.findIndex((each) => each.workId === workId) === i);
    return {
      plan: once,
      same: known.length - plan.length,
      unknown: lines.filter(({ reference }) => !byId.has(reference)),
      wrong: known.filter(({ wrong }) => wrong.length > 0),
    };
  } catch (problem) {
    if (problem instanceof UnreadableFile) return { unreadable: problem.code };
    throw problem;
  }
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
