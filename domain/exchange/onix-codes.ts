/** The codes of the ONIX code lists that our record has words for; the number of the list stands beside each table. */
import { languageTag } from "../metadata/language.ts";
import type { Role } from "../metadata/roles.ts";
import type { Format } from "./sent.ts";

/** List 17. A role without a code goes out as Z99 with our word for it. */
const ROLE_CODES: Partial<Record<Role, string>> = {
  author: "A01",
  translator: "B06",
  illustrator: "A12",
  editor: "B01",
  narrator: "E07",
  introducer: "A24",
  photographer: "A13",
  cover_artist: "A36",
  designer: "A11",
  composer: "A06",
  lyricist: "A05",
  performer: "E99",
  arranger: "B25",
  conductor: "D03",
  producer: "D01",
};
export const roleCode = (role: Role): string => ROLE_CODES[role] ?? "Z99";

/** What others say more finely than we do. */
const MORE_ROLES: Record<string, Role> = {
  A02: "author",
  A03: "author",
  A04: "lyricist",
  A07: "illustrator",
  A08: "photographer",
  A09: "author",
  A14: "author",
  A15: "introducer",
  A16: "introducer",
  A19: "introducer",
  A23: "introducer",
  A31: "author",
  A35: "illustrator",
  A38: "author",
  A40: "illustrator",
  A45: "author",
  A46: "illustrator",
  A47: "illustrator",
  B02: "editor",
  B03: "author",
  B05: "author",
  B08: "translator",
  B09: "editor",
  B10: "translator",
  B11: "editor",
  B12: "editor",
  B13: "editor",
  B15: "editor",
  B16: "editor",
  B21: "editor",
  C01: "editor",
  C02: "editor",
  E03: "narrator",
  E08: "performer",
};
const FROM_ROLE_CODE = new Map<string, Role>([
  ...Object.entries(MORE_ROLES),
  ...Object.entries(ROLE_CODES).map(([role, code]) => [code, role as Role] as const),
]);
/** A code without a role of ours names the person and leaves the deed open. */
export const roleOfCode = (code: string): Role => FROM_ROLE_CODE.get(code.toUpperCase()) ?? "contributor";

/** List 27. The first name is ours; a scheme that is none of these goes out as 24, under its own name. */
const SUBJECT_SCHEMES: Record<string, string> = {
  "93": "thema",
  "10": "bisac",
  "29": "clil",
  "12": "bic",
  "01": "dewey",
  A5: "rameau",
};
const SCHEME_CODES = new Map(Object.entries(SUBJECT_SCHEMES).map(([code, name]) => [name, code]));
export const keywordScheme = "20";
export const ownScheme = "24";
export const subjectSchemeCode = (scheme: string): string => SCHEME_CODES.get(scheme) ?? ownScheme;
export const subjectSchemeOf = (code: string): string | undefined => SUBJECT_SCHEMES[code.toUpperCase()];
/** « Thema », « THEMA Subject » and the list's address are one scheme. */
export function schemeName(raw: string): string {
  const lower = raw.trim().toLowerCase();
  const known = [...SCHEME_CODES.keys()].find((name) =>
    new RegExp(`(^|[^a-z])${name}([^a-z]|$)`).test(lower),
  );
  return known ?? raw.trim();
}

/** Lists 150 and 175. */
export const FORM_OF: Record<Format, { form: string; detail: string[] }> = {
  epub: { form: "ED", detail: ["E101"] },
  pdf: { form: "ED", detail: ["E107"] },
  music: { form: "AJ", detail: [] },
};
export const noForm = "00";
export const layoutDetail = { reflowable: "E200", "pre-paginated": "E201" } as const;

export function formatOf(form: string, details: readonly string[]): Format | undefined {
  if (details.includes("E101")) return "epub";
  if (details.includes("E107") || details.includes("E108")) return "pdf";
  return /^A[JNO]$/.test(form) ? "music" : undefined;
}
/** What nobody downloads: a book of paper, a disc, a poster. Undefined and digital forms are ours. */
export const isCarrier = (form: string): boolean =>
  form !== "" && !/^(?:00|E[A-D]|A[JNO]|LA|LB|LC)$/.test(form);

/** List 5 and our names of identifiers. */
export const PRODUCT_ID = {
  isbn: "15",
  gtin13: "03",
  gtin14: "14",
  upc: "04",
  doi: "06",
  own: "01",
} as const;

/** List 74 is ISO 639-2/B, by the two letters of BCP 47 where a language has them; any other language has its three letters. */
const BIBLIOGRAPHIC = `aa aar ab abk ae ave af afr ak aka am amh an arg ar ara as asm av ava ay aym az aze ba bak be bel bg bul bh bih
bi bis bm bam bn ben bo tib br bre bs bos ca cat ce che ch cha co cos cr cre cs cze cu chu cv chv cy wel da dan de ger dv div dz dzo
ee ewe el gre en eng eo epo es spa et est eu baq fa per ff ful fi fin fj fij fo fao fr fre fy fry ga gle gd gla gl glg gn grn gu guj
gv glv ha hau he heb hi hin ho hmo hr hrv ht hat hu hun hy arm hz her ia ina id ind ie ile ig ibo ii iii ik ipk io ido is ice it ita
iu iku ja jpn jv jav ka geo kg kon ki kik kj kua kk kaz kl kal km khm kn kan ko kor kr kau ks kas ku kur kv kom kw cor ky kir la lat
lb ltz lg lug li lim ln lin lo lao lt lit lu lub lv lav mg mlg mh mah mi mao mk mac ml mal mn mon mr mar ms may mt mlt my bur na nau
nb nob nd nde ne nep ng ndo nl dut nn nno no nor nr nbl nv nav ny nya oc oci oj oji om orm or ori os oss pa pan pi pli pl pol ps pus
pt por qu que rm roh rn run ro rum ru rus rw kin sa san sc srd sd snd se sme sg sag si sin sk slo sl slv sm smo sn sna so som sq alb
sr srp ss ssw st sot su sun sv swe sw swa ta tam te tel tg tgk th tha ti tir tk tuk tl tgl tn tsn to ton tr tur ts tso tt tat tw twi
ty tah ug uig uk ukr ur urd uz uzb ve ven vi vie vo vol wa wln wo wol xh xho yi yid yo yor za zha zh chi zu zul`;
const TO_BIBLIOGRAPHIC = new Map(
  [...BIBLIOGRAPHIC.matchAll(/(\w\w)\s+(\w{3})/g)].map(([, tag, code]) => [tag!, code!] as const),
);
const FROM_BIBLIOGRAPHIC = new Map([...TO_BIBLIOGRAPHIC].map(([tag, code]) => [code, tag]));

/** « zh-Hant-TW » → chi, script Hant, country TW. */
export function languageCodes(tag: string): { code: string; script?: string; country?: string } {
  const [primary = "", ...rest] = tag.split("-");
  const script = rest.find((part) => /^[A-Z][a-z]{3}$/.test(part));
  const country = rest.find((part) => /^[A-Z]{2}$/.test(part));
  return {
    code: TO_BIBLIOGRAPHIC.get(primary.toLowerCase()) ?? (/^[a-z]{3}$/.test(primary) ? primary : "und"),
    ...(script && { script }),
    ...(country && { country }),
  };
}
export function languageOfCodes(code: string, script = "", country = ""): string | undefined {
  const lower = code.trim().toLowerCase();
  const tag = [FROM_BIBLIOGRAPHIC.get(lower) ?? lower, script.trim(), country.trim()]
    .filter(Boolean)
    .join("-");
  return languageTag(tag);
}

/** List 196 beside the vocabulary of EPUB Accessibility. What has no code goes out in words (`accessibility-lines.ts`). */
export const FEATURE_CODES: Record<string, string> = {
  tableOfContents: "11",
  index: "12",
  readingOrder: "13",
  alternativeText: "14",
  longDescription: "15",
  MathML: "17",
  printPageNumbers: "19",
  synchronizedAudioText: "20",
  ttsMarkup: "21",
  highContrastDisplay: "26",
  highContrastAudio: "27",
  structuralNavigation: "29",
};
/** List 143, of which a warning and its absence stand side by side. */
export const HAZARD_CODES: Record<string, string> = {
  flashing: "13",
  noFlashingHazard: "14",
  sound: "15",
  noSoundHazard: "16",
  motionSimulation: "17",
  noMotionSimulationHazard: "18",
};
export const conformanceCode = (conformsTo: string): string | undefined => {
  if (/pdf\/?ua/i.test(conformsTo)) return "05";
  if (!/epub accessibility/i.test(conformsTo) && !/idpf\.org\/epub\/a11y/i.test(conformsTo)) return undefined;
  if (/1\.1/.test(conformsTo)) return "04";
  return /AA\b|wcag-aa\b/i.test(conformsTo) ? "03" : "02";
};
export const CONFORMANCE: Record<string, string> = {
  "02": "EPUB Accessibility 1.0 - WCAG 2.0 Level A",
  "03": "EPUB Accessibility 1.0 - WCAG 2.0 Level AA",
  "04": "EPUB Accessibility 1.1",
  "05": "PDF/UA-1",
};
export const certifiedByCode = "93";
