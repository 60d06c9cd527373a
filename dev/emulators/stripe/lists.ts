// Lists with their pages, and `expand` (docs: "Pagination", "Expanding responses").
import type { Double } from "./double.ts";
import { missing, Refusal, wrongParameter } from "./refusal.ts";
import type { State } from "./state.ts";

type Thing = { id: string; object: string };
type Page = {
  limit?: number | undefined;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
};
type Bound = number | undefined;
type Created = number | { gt?: Bound; gte?: Bound; lt?: Bound; lte?: Bound } | undefined;

/** `all` in the order of making; the answer is newest first, as Stripe's lists are. */
export function listOf<T extends Thing>(all: T[], url: string, page: Page) {
  const limit = page.limit ?? 10;
  if (limit < 1 || limit > 100)
    throw wrongParameter(undefined, "limit", `Invalid limit: must be between 1 and 100, got ${limit}`);
  const newest = all.toReversed();
  const place = (id: string, param: string) => {
    const index = newest.findIndex((item) => item.id === id);
    if (index < 0) throw missing("object", id, param);
    return index;
  };
  if (page.ending_before !== undefined) {
    const end = place(page.ending_before, "ending_before");
    const start = Math.max(0, end - limit);
    return { object: "list" as const, data: newest.slice(start, end), has_more: start > 0, url };
  }
  const start = page.starting_after === undefined ? 0 : place(page.starting_after, "starting_after") + 1;
  return {
    object: "list" as const,
    data: newest.slice(start, start + limit),
    has_more: start + limit < newest.length,
    url,
  };
}

export function within(created: number, range: Created) {
  if (range === undefined) return true;
  if (typeof range === "number") return created === range;
  return (
    created > (range.gt ?? -1) &&
    created >= (range.gte ?? 0) &&
    created < (range.lt ?? Number.POSITIVE_INFINITY) &&
    created <= (range.lte ?? Number.POSITIVE_INFINITY)
  );
}

/** Where an id of this prefix is kept. */
const SHELVES: Record<string, keyof State> = {
  pi: "intents",
  ch: "charges",
  txn: "balanceTransactions",
  re: "refunds",
  tr: "transfers",
  trr: "reversals",
  dp: "disputes",
  po: "payouts",
};

export function find(state: State, id: string): Thing | undefined {
  const shelf = SHELVES[id.slice(0, id.indexOf("_"))];
  const kept = shelf && (state[shelf] as Record<string, Thing | { shown: Thing }>)[id];
  return kept && "shown" in kept ? kept.shown : kept;
}

/** What an object only shows when asked. */
export type Hidden = (object: Thing, field: string) => unknown;

/** A copy of `answer` in which the named ids are replaced by what they name. */
export function expanded(
  double: Double,
  answer: object,
  paths: string[] | undefined,
  hidden: Hidden,
): object {
  if (!paths?.length) return answer;
  const copy = structuredClone(answer) as Record<string, unknown>;
  for (const path of paths) {
    const parts = path.split(".");
    if (parts.length > 4)
      throw wrongParameter(undefined, "expand", "You can't expand more than 4 levels deep.");
    grow(copy, parts);
  }
  return copy;

  function grow(node: Record<string, unknown>, parts: string[]): void {
    const [field, ...rest] = parts;
    if (field === undefined) return;
    if (!(field in node)) {
      const value = hidden(node as unknown as Thing, field);
      if (value === undefined)
        throw new Refusal(400, `This property cannot be expanded (${field}).`, {
          param: "expand",
          kept: false,
        });
      node[field] = structuredClone(value);
    }
    const value = node[field];
    if (value === null) return;
    if (typeof value === "string") {
      const thing = find(double.state, value);
      if (!thing)
        throw new Refusal(400, `This property cannot be expanded (${field}).`, {
          param: "expand",
          kept: false,
        });
      node[field] = structuredClone(thing);
    }
    const below = node[field];
    if (Array.isArray(below)) for (const item of below) grow(item as Record<string, unknown>, rest);
    else grow(below as Record<string, unknown>, rest);
  }
}
