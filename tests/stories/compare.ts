import type { Sections, Story } from "./format.ts";

/** Amounts by account, zeros left out, in the order of the names. */
const amounts = (of: Record<string, number>) =>
  JSON.stringify(
    Object.entries(of)
      .filter(([, amount]) => amount !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const lines: { [S in keyof Sections]: (section: Sections[S]) => string[] } = {
  entries: (entries) =>
    entries.map((entry) => `${entry.kind} ${entry.sale ?? "-"} ${amounts(entry.postings)}`),
  transfers: (transfers) =>
    transfers.map(
      (each) => `${each.sale ?? "release"} ${each.destination} ${each.amount} reversed ${each.reversed}`,
    ),
  balances: (balances) =>
    Object.entries(balances)
      .filter(([, amount]) => amount !== 0)
      .map(([name, amount]) => `${name} ${amount}`),
  rights: (rights) =>
    Object.entries(rights)
      .filter(([, copies]) => copies !== 0)
      .map(([name, copies]) => `${name} ${copies}`),
  refusals: (refusals) => refusals.map((each) => `${each.about} ${each.code}`),
};

/** What differs between what a story expects and what came; only the sections that it names are compared, as bags. */
export function differences(expect: Story["expect"], got: Sections): string[] {
  const found: string[] = [];
  for (const section of Object.keys(expect ?? {}) as (keyof Sections)[]) {
    const shown = lines[section] as (of: unknown) => string[];
    const left = shown(got[section]);
    for (const wanted of shown(expect![section])) {
      const at = left.indexOf(wanted);
      if (at < 0) found.push(`${section}: expected ${wanted}`);
      else left.splice(at, 1);
    }
    for (const extra of left) found.push(`${section}: not expected ${extra}`);
  }
  return found;
}
