/** What becomes of a line, whether it is written or tried. Pure. */
import type { Fate, Sent } from "./sent.ts";
import type { Known } from "./sent-changes.ts";

export type Importing = {
  coopId: string;
  /** Null is the house itself, at the command line. */
  personId: string | null;
  /** In whose studio a new work goes when none of the people whom it names is a member; null: it is refused. */
  memberId: string | null;
  /** False is a trial: it says what would become of each line, and writes nothing. */
  apply: boolean;
  format: "onix" | "csv";
};

export type Member = { id: string; name: string };
export type Room = { importing: Importing; members: readonly Member[] };

type About = "place" | "name" | "warnings";
type Of<Name extends Fate["fate"]> = Omit<Extract<Fate, { fate: Name }>, About>;
export type Settled = Of<"new"> | Of<"changed"> | Of<"unchanged"> | Of<"withdrawn"> | Of<"refused">;

export function withdrawal(known: Known | undefined, personId: string | null): Settled {
  if (!known) return { fate: "refused", problem: { code: "withdraw_unknown" } };
  const { workId, state } = known.record;
  if (state !== "published") return { fate: "unchanged", workId: workId || null, kept: [] };
  // Whoever takes a work from the shop signs for it.
  if (personId === null) return { fate: "refused", problem: { code: "withdraw_by_person" } };
  return { fate: "withdrawn", workId };
}

/** In whose studio a new work begins: that of the first person whom it names and who is a member. */
export function beginning(sent: Sent, { members, importing }: Room): Member | Of<"refused"> {
  const refused = (code: "title_missing" | "nobody") => ({ fate: "refused" as const, problem: { code } });
  if (!sent.fields.title) return refused("title_missing");
  for (const { name } of sent.fields.contributors ?? []) {
    const same = members.filter((member) => plain(member.name) === plain(name));
    if (same.length === 1 && same[0]) return same[0];
  }
  return members.find(({ id }) => id === importing.memberId) ?? refused("nobody");
}

const plain = (name: string): string => name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
