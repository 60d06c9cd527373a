/**
 * Who did what. `ROLES` is the closed list that a record may hold; files speak MARC relators (three letters), which are
 * folded into it. A relator without a role of ours becomes « contributor »: the person is named, the deed is left open.
 */
export const ROLES = [
  "author",
  "translator",
  "illustrator",
  "editor",
  "narrator",
  "introducer",
  "photographer",
  "cover_artist",
  "designer",
  "composer",
  "lyricist",
  "performer",
  "arranger",
  "conductor",
  "producer",
  "mixer",
  "mastering",
  "engineer",
  "remixer",
  "transcriber",
  "contributor",
] as const;
export type Role = (typeof ROLES)[number];

const FROM_MARC: Record<string, Role> = {
  aut: "author",
  cre: "author",
  dub: "author",
  aud: "author",
  trl: "translator",
  ill: "illustrator",
  art: "illustrator",
  edt: "editor",
  edc: "editor",
  com: "editor",
  nrt: "narrator",
  aui: "introducer",
  aft: "introducer",
  win: "introducer",
  wpr: "introducer",
  ann: "editor",
  pht: "photographer",
  cov: "cover_artist",
  bkd: "designer",
  bjd: "designer",
  tyd: "designer",
  tyg: "designer",
  cmp: "composer",
  lyr: "lyricist",
  lbt: "lyricist",
  prf: "performer",
  sng: "performer",
  itr: "performer",
  mus: "performer",
  ins: "performer",
  arr: "arranger",
  cnd: "conductor",
  pro: "producer",
  rcp: "producer",
  mix: "mixer",
  mst: "mastering",
  rce: "engineer",
  sds: "engineer",
  rmx: "remixer",
  trc: "transcriber",
  mrk: "transcriber",
  bkp: "producer",
};

/** A MARC relator code, or a word such as « Translator » → one of ROLES; undefined when the file says nothing. */
export function roleFromMarc(relator: string): Role | undefined {
  const code = relator
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/id\.loc\.gov\/vocabulary\/relators\//, "");
  if (code === "") return undefined;
  return (
    (Object.hasOwn(FROM_MARC, code) ? FROM_MARC[code] : undefined) ??
    ((ROLES as readonly string[]).find((role) => role === code) as Role | undefined) ??
    "contributor"
  );
}
