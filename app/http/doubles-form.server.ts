import { z } from "zod";
import type { Database } from "#db/connection.ts";
import { findWorkDoubles, tiesOfWork } from "#domain/curation/double-queries.server.ts";
import type { Merger } from "#domain/curation/lock-works.server.ts";
import { mergeWorks } from "#domain/curation/merge-works.server.ts";
import { tieWorks } from "#domain/curation/tie-works.server.ts";
import { undoWorksMerge } from "#domain/curation/undo-works-merge.server.ts";
import type { House } from "#domain/house.ts";
import { language } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { missing } from "./door.server.ts";
import { type FormAnswer, orRefuse, readForm } from "./form.server.ts";

/** What the pages of doubles show, at the desk and in the studio. 404 where the work is not of this desk, or studio. */
export async function readDoubles(
  db: Database,
  house: Pick<House, "clock">,
  locale: Locale,
  by: Merger & { workId: string; wanted: string | null },
) {
  const [found, tied] = await Promise.all([findWorkDoubles(db, house, by), tiesOfWork(db, by.workId)]);
  if (!found) throw missing();
  const spoken = <W extends { language: string | null }>(work: W) => ({
    ...work,
    spoken: work.language === null ? null : language(locale, work.language),
  });
  const { isbns: _, files: __, side: ___, ...work } = found.work;
  return {
    work: spoken(work),
    doubles: found.doubles.map(spoken),
    merges: tied.merges,
    ties: tied.ties.map(spoken),
    wanted: by.wanted,
  };
}

const other = z.uuid();
const current = z.enum(["kept", "gone"]).default("kept");
const deed = z.discriminatedUnion("act", [
  z.object({ act: z.literal("keep"), other, current }),
  z.object({ act: z.literal("give"), other, current }),
  z.object({ act: z.enum(["translation", "apart", "forget"]), other }),
  z.object({ act: z.literal("undo"), merge: z.uuid() }),
]);

/** Does what one of the forms of doubles says. Returns the work whose page comes next. */
export async function answerDoubles(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  locale: Locale,
  by: Merger & { workId: string },
  request: Request,
): Promise<{ ok: true; workId: string } | { ok: false; answer: FormAnswer }> {
  const form = await readForm(request, deed);
  if (!form.ok) return form;
  const { workId, ...who } = by;
  const wish = form.value;
  const done = await orRefuse(locale, async () => {
    switch (wish.act) {
      case "keep":
        return mergeWorks(db, house, { ...who, keptId: workId, goneId: wish.other, current: wish.current });
      case "give":
        return mergeWorks(db, house, { ...who, keptId: wish.other, goneId: workId, current: wish.current });
      case "undo":
        return undoWorksMerge(db, house, { ...who, mergeId: wish.merge });
      default: {
        const tie = wish.act === "forget" ? null : wish.act;
        return tieWorks(db, house, { ...who, oneId: workId, otherId: wish.other, tie });
      }
    }
  });
  if (done.ok) return { ok: true, workId: wish.act === "give" ? wish.other : workId };
  if (done.refusal.code === "not_found") throw missing();
  return { ok: false, answer: done.answer };
}
