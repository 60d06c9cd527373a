/**
 * What a version is at an instant. `late`: its planned effect has come and its vote is still open, so the version before it stays in
 * force; `coming`: adopted, not yet in force; `past`: another followed it.
 */
export type RuleState = "in_force" | "coming" | "past" | "proposed" | "late" | "withdrawn";

type Version = { id: string; inForceFrom: Date; votedAt: Date | null; withdrawnAt: Date | null };

/** The state of each version of one co-op at `at`, in any order, and until when an adopted one is in force (null: no other follows). */
export function ruleStates(
  versions: readonly Version[],
  at: Date,
): Map<string, { state: RuleState; inForceUntil: Date | null }> {
  const adopted = versions
    .filter((each) => each.votedAt !== null)
    .sort((a, b) => a.inForceFrom.getTime() - b.inForceFrom.getTime());
  return new Map(
    versions.map((version) => {
      const next = adopted[adopted.indexOf(version) + 1];
      const inForceUntil = version.votedAt && next ? next.inForceFrom : null;
      return [version.id, { state: stateOf(version, inForceUntil, at), inForceUntil }];
    }),
  );
}

function stateOf(version: Version, until: Date | null, at: Date): RuleState {
  if (version.withdrawnAt) return "withdrawn";
  const begun = version.inForceFrom <= at;
  if (!version.votedAt) return begun ? "late" : "proposed";
  if (!begun) return "coming";
  return until && until <= at ? "past" : "in_force";
}
