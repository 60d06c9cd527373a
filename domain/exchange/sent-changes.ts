/** What a product changes in the record that we have of its work: only what changed, and nothing that a person said. Pure. */
import type { Claim } from "../metadata/merge.ts";
import { COLUMNS, isEmpty, sameValue } from "../metadata/record-columns.ts";
import { sameTracks } from "./announced-tracks.ts";
import type { CatalogueRecord, Sent, SentField, SentIdentifier, SentTrack } from "./sent.ts";
import { SENT_FIELDS } from "./sent.ts";

/** `claims`: all that was ever said of the work. */
export type Known = { record: CatalogueRecord; claims: readonly Claim[] };
export type Changes = { changed: SentField[]; kept: SentField[] };

/** Told by a message or a table, not read in a file of the work. */
export const wasSent = ({ source, origin }: Pick<Claim, "source" | "origin">): boolean =>
  origin === "file" && /^(?:onix|csv):/.test(source);

export function changesOf(sent: Sent, known: Known): Changes {
  const changes: Changes = { changed: [], kept: [] };
  for (const field of SENT_FIELDS) {
    const verdict = judge(field, sent, known);
    if (verdict) changes[verdict].push(field);
  }
  return changes;
}

function judge(field: SentField, sent: Sent, { record, claims }: Known): "changed" | "kept" | undefined {
  const value = sent.fields[field];
  if (value === undefined || (field === "coverLink" && record.hasCover)) return undefined;
  const said = claims.filter((claim) => claim.field === field);
  const former = said.filter(wasSent);
  if (field === "identifiers") return judgeIdentifiers(sent, record, said);
  const current = record.fields[field] ?? null;
  const same = (one: unknown, other: unknown) =>
    field === "tracks" && Array.isArray(one) && Array.isArray(other)
      ? sameTracks(one as SentTrack[], other as SentTrack[])
      : sameValue(one, other);
  if (value === null) {
    // Nothing is emptied but what came the same way.
    const theirs = former.some((claim) => claim.value !== null && same(claim.value, current));
    return theirs && field !== "title" && field !== "contributors" ? "changed" : undefined;
  }
  if (same(current, value)) return undefined;
  // They said so before, and somebody has known better since.
  if (former.some((claim) => same(claim.value, value))) return undefined;
  if (said.some(({ origin }) => origin !== "file")) return "kept";
  if (field === "price") return mayPrice(record, former) ? "changed" : "kept";
  return isUntouched(field, current, record, said) ? "changed" : "kept";
}

/** A price is asked for by whoever made the work: a message gives the first one, and follows its own. */
function mayPrice({ state, fields }: CatalogueRecord, former: Claim[]): boolean {
  if (state !== "draft" && state !== "returned") return false;
  return fields.price === undefined || former.some((claim) => sameValue(claim.value, fields.price));
}

/** As `fillRecord` holds it: empty, or still what some file said. A person may have written it without leaving a claim. */
function isUntouched(
  field: SentField,
  current: unknown,
  record: CatalogueRecord,
  said: readonly Claim[],
): boolean {
  if (isEmpty(current)) return true;
  if (field === "contributors") {
    const named = new Set(
      said.flatMap(({ value }) => (Array.isArray(value) ? value : [])).map((each) => each?.name),
    );
    return (record.fields.contributors ?? []).every(({ name }) => named.has(name));
  }
  if (!Object.hasOwn(COLUMNS, field)) return true;
  const { fromClaim } = COLUMNS[field as keyof typeof COLUMNS];
  return said.some((claim) => sameValue(fromClaim(claim.value, record.fields.language ?? null), current));
}

const sameIdentifier = (one: SentIdentifier, other: SentIdentifier) =>
  one.scheme === other.scheme && one.value === other.value;

/** Those that are there already under any form of the work are not written again; those that this product once bore and no longer does go. */
function judgeIdentifiers(
  sent: Sent,
  record: CatalogueRecord,
  said: readonly Claim[],
): "changed" | "kept" | undefined {
  const { added, removed } = identifierChanges(sent, record, said);
  if (added.length + removed.length === 0) return undefined;
  return said.some(({ origin }) => origin !== "file") ? "kept" : "changed";
}

export function identifierChanges(
  sent: Sent,
  record: CatalogueRecord,
  said: readonly Claim[],
): { added: SentIdentifier[]; removed: SentIdentifier[] } {
  const now = sent.fields.identifiers ?? [];
  const current = record.fields.identifiers ?? [];
  const before = said
    .filter(wasSent)
    .flatMap(({ value }) => (Array.isArray(value) ? (value as SentIdentifier[]) : []));
  const own = (each: SentIdentifier) =>
    each.format ? sent.formats.includes(each.format) : sent.formats.length === 0;
  return {
    added: now.filter((each) => !current.some((there) => sameIdentifier(there, each))),
    removed: current.filter(
      (there) =>
        own(there) &&
        before.some((each) => sameIdentifier(each, there)) &&
        !now.some((each) => sameIdentifier(each, there)),
    ),
  };
}
