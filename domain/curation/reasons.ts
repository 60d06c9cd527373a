/**
 * Why a submission goes back to its studio. Codes only: the words, kind and in both tongues, live in `i18n/*\/desk.ts`; the
 * curator's own words come beside them. `other` says nothing by itself, so that it wants those words.
 */
export const returnReasons = [
  "record_incomplete",
  "description_short",
  "cover_missing",
  "file_damaged",
  "tracks_unclear",
  "rights_unclear",
  "people_missing",
  "shares_pending",
  "price_unclear",
  "duplicate",
  "other",
] as const;

export type ReturnReason = (typeof returnReasons)[number];
