/**
 * Why a file was refused, or kept with a warning. Codes only: the words in both tongues live in i18n, and a person is
 * shown every one of them. « refused » ends the upload; « warned » lets it through and says what to look at.
 */
export const REASONS = {
  // the file as a whole
  wrong_type: "refused",
  unknown_type: "refused",
  empty_file: "refused",
  size_differs: "refused",
  duplicate: "refused",
  unreadable: "refused",
  too_slow: "refused",
  too_large: "refused",
  encrypted: "refused",
  extension_differs: "warned",
  cut_short: "warned",
  // archives and EPUB
  zip_broken: "refused",
  zip_bomb: "refused",
  zip_overlap: "refused",
  zip_duplicate: "refused",
  zip_traversal: "refused",
  zip_symlink: "refused",
  zip_method: "refused",
  zip_too_many: "refused",
  not_epub: "refused",
  drm: "refused",
  container_missing: "refused",
  container_malformed: "refused",
  opf_missing: "refused",
  opf_malformed: "refused",
  opf_too_large: "refused",
  xml_dtd: "refused",
  xml_encoding: "refused",
  spine_empty: "refused",
  container_odd: "warned",
  mimetype_missing: "warned",
  mimetype_not_first: "warned",
  opf_errors: "warned",
  encoding_repaired: "warned",
  spine_incomplete: "warned",
  // PDF
  pdf_broken: "refused",
  pdf_script: "warned",
  pdf_repaired: "warned",
  // sound
  no_audio: "refused",
  video: "refused",
  duration_unknown: "warned",
  duration_absurd: "warned",
  tags_damaged: "warned",
  mojibake_repaired: "warned",
  // pictures
  image_broken: "refused",
  image_too_large: "refused",
  image_too_small: "warned",
  cover_unreadable: "warned",
  cover_too_large: "warned",
  // what could not be made from it
  no_ffmpeg: "warned",
  preview_failed: "warned",
  sample_failed: "warned",
  // the record
  isbn_invalid: "warned",
  isrc_invalid: "warned",
  barcode_invalid: "warned",
  title_missing: "warned",
  title_doubtful: "warned",
  language_missing: "warned",
  values_cut: "warned",
} as const;

export type ReasonCode = keyof typeof REASONS;
export type Reason = { code: ReasonCode; detail?: string };
export type Verdict = "accepted" | "warned" | "refused";

/** The worst of the reasons; no reason at all is « accepted ». */
export function verdictOf(reasons: readonly Reason[]): Verdict {
  if (reasons.some(({ code }) => REASONS[code] === "refused")) return "refused";
  return reasons.length > 0 ? "warned" : "accepted";
}
