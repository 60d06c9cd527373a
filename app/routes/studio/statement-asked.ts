import { z } from "zod";
import type { Viewer } from "#domain/people/viewer.ts";
import { daysBetween, type Period, periodOf, yearAt } from "#domain/transparency/statement-period.ts";
import type { After, Asked } from "#domain/transparency/statement-queries.server.ts";

const id = z.uuid();

/** Which period an address asks for: `?periode=2026-T2` or `?du=…&au=…`; the running year where it says none, or no good one. */
export function periodAsked(url: URL, now: Date): { period: Period; invalid: boolean } {
  const [code, from, to] = ["periode", "du", "au"].map((name) => url.searchParams.get(name) ?? "");
  if (from || to) {
    const period = daysBetween(from || to || "", to || from || "");
    return { period: period ?? yearAt(now), invalid: period === null };
  }
  const period = code ? periodOf(code) : yearAt(now);
  return { period: period ?? yearAt(now), invalid: period === null };
}

/**
 * Which statement: of the membership named, or of the first one of this person; of one work, or of all. null where it names none.
 * Whether it is theirs to see, the query itself says.
 */
export function statementAsked(viewer: Viewer, url: URL, now: Date): (Asked & { invalid: boolean }) | null {
  const memberId = id.safeParse(url.searchParams.get("membre") ?? viewer.members[0]?.id);
  if (!memberId.success) return null;
  const work = url.searchParams.get("oeuvre");
  const workId = work ? id.safeParse(work) : null;
  if (workId && !workId.success) return null;
  return {
    personId: viewer.id,
    memberId: memberId.data,
    workId: workId?.data ?? null,
    ...periodAsked(url, now),
  };
}

const after = z.object({
  apres: z.coerce.date().min(new Date("2000-01-01T00:00:00Z")).max(new Date("2200-01-01T00:00:00Z")),
  ecriture: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
});

/** Where a page of rows goes on, as `?apres=…&ecriture=…` says; from the first where it says nothing that can be read. */
export function statementAfter(search: URLSearchParams): After | null {
  const asked = after.safeParse(Object.fromEntries(search));
  return asked.success ? { postedAt: asked.data.apres, entryNumber: asked.data.ecriture } : null;
}
