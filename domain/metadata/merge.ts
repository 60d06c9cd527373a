/**
 * Who is believed: a curator over an artist, an artist over a file; among files what was tagged over a file's name, and
 * an EPUB's package over a PDF's information. Pure: rows in, one claim a field out, each with where it came from.
 */

export const ORIGINS = ["file", "artist", "curator"] as const;
export type Origin = (typeof ORIGINS)[number];

export type Claim = {
  field: string;
  value: unknown;
  origin: Origin;
  source: string;
  foundAt: Date;
  uploadId?: string | null;
};

export type Merged = Map<string, { claim: Claim; others: Claim[] }>;

/** For each field the claim that counts, and the others from the most to the least believed. */
export function merge(claims: readonly Claim[]): Merged {
  const byField = new Map<string, Claim[]>();
  for (const claim of claims) byField.set(claim.field, [...(byField.get(claim.field) ?? []), claim]);
  const merged: Merged = new Map();
  for (const [field, said] of byField) {
    const votes = votesOf(said);
    const [claim, ...others] = said.toSorted((a, b) => moreBelieved(a, b, votes));
    if (claim) merged.set(field, { claim, others });
  }
  return merged;
}

/** Ten tracks of an album speak of the same title: what most of them say weighs more than the odd one out. */
function votesOf(said: readonly Claim[]): Map<string, number> {
  const votes = new Map<string, number>();
  for (const { origin, value } of said) {
    const key = JSON.stringify(value);
    if (origin === "file") votes.set(key, (votes.get(key) ?? 0) + 1);
  }
  return votes;
}

function moreBelieved(a: Claim, b: Claim, votes: Map<string, number>): number {
  const weight = ({ value }: Claim) => votes.get(JSON.stringify(value)) ?? 0;
  return (
    ORIGINS.indexOf(b.origin) - ORIGINS.indexOf(a.origin) ||
    (a.origin === "file" ? sourceRank(b.source) - sourceRank(a.source) || weight(b) - weight(a) : 0) ||
    // The same person, or the same kind of file, said it again: the later word counts.
    b.foundAt.getTime() - a.foundAt.getTime()
  );
}

/** Higher is better. A track's tags stand apart from a book's package: they never speak of the same field of one work. */
function sourceRank(source: string): number {
  if (source === "file-name") return 0;
  if (source.startsWith("pdf:info")) return 1;
  if (source.startsWith("pdf:") || source.startsWith("xmp:")) return 2;
  if (source.startsWith("epub2:") || source === "opf:default" || source.startsWith("id3v1:")) return 3;
  return 4;
}
