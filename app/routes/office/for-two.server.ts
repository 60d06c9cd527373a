import { redirect } from "@remix-run/node";
import type { Door } from "#app/http/door.server.ts";
import { orRefuse } from "#app/http/form.server.ts";
import type { ActTerms } from "#domain/approval/act.ts";
import { proposeAct } from "#domain/approval/propose-act.server.ts";
import type { Viewer } from "#domain/people/viewer.ts";
import { pathTo } from "#i18n/paths.ts";

/**
 * Runs a verb that moves money. Where it takes a second person, proposes it to them and leads to the page of the proposal; `terms`
 * makes it of the amount that the verb found (cents; 0 where it has none). Other refusals are answered like those of any form.
 */
export async function orPropose<T>(
  { db, house, locale, viewer }: Pick<Door, "db" | "house" | "locale"> & { viewer: Viewer },
  verb: () => Promise<T>,
  proposal: { coopId: string; terms: (amount: number) => ActTerms },
) {
  const outcome = await orRefuse(locale, verb);
  if (outcome.ok || outcome.refusal.code !== "second_person_needed") return outcome;
  const terms = proposal.terms(Number(outcome.refusal.details.amount ?? 0));
  const { actId } = await proposeAct(db, house, { coopId: proposal.coopId, terms, by: viewer.id });
  throw redirect(pathTo("officeAct", locale, { id: actId }, { fait: "proposed" }), 303);
}
