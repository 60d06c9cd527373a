import type { RuleVersion } from "#domain/governance/queries.server.ts";
import { date } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { rulesWords } from "#i18n/rules.ts";

const moods: Record<RuleVersion["state"], string> = {
  in_force: "good",
  coming: "good",
  past: "",
  proposed: "warn",
  late: "bad",
  withdrawn: "",
};

export function StateTag({ locale, state }: { locale: Locale; state: RuleVersion["state"] }) {
  return <span className={`tag ${moods[state]}`}>{rulesWords(locale).states[state]}</span>;
}

/** When a version is, was or would be in force, as one sentence. */
export function inForceWords(
  locale: Locale,
  version: Pick<RuleVersion, "state" | "inForceFrom" | "inForceUntil">,
) {
  const words = rulesWords(locale);
  const from = date(locale, version.inForceFrom);
  switch (version.state) {
    case "in_force":
      return words.since(from);
    case "coming":
      return words.starting(from);
    case "past":
      return version.inForceUntil
        ? words.between(from, date(locale, version.inForceUntil))
        : words.since(from);
    default:
      return words.planned(from);
  }
}
