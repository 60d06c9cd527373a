/**
 * Language tags as files write them (« fra », « ja-jp », « français ») → BCP 47 as the shop keeps them (« fr », « ja-JP »).
 * « zxx » (no linguistic content) is kept: an instrumental piece says something by it.
 */
export function languageTag(raw: string): string | undefined {
  const text = raw.trim().replace(/_/g, "-");
  const named = NAMES[text.toLowerCase()];
  if (named) return named;
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i.test(text) || text.length > 35) return undefined;
  const [primary = "", ...rest] = text.split("-");
  const short = FROM_ISO_639_2[primary.toLowerCase()] ?? primary;
  try {
    return Intl.getCanonicalLocales([short, ...rest].join("-"))[0];
  } catch {
    return undefined;
  }
}

/** ISO 639-2/B and /T codes that have a two-letter form; canonicalisation by Intl knows the /T forms only. */
const FROM_ISO_639_2: Record<string, string> = {
  fre: "fr",
  fra: "fr",
  eng: "en",
  ger: "de",
  deu: "de",
  spa: "es",
  ita: "it",
  por: "pt",
  jpn: "ja",
  chi: "zh",
  zho: "zh",
  dut: "nl",
  nld: "nl",
  heb: "he",
  ara: "ar",
  rus: "ru",
  cat: "ca",
  bre: "br",
  oci: "oc",
  gre: "el",
  ell: "el",
  lat: "la",
  cze: "cs",
  ces: "cs",
  pol: "pl",
  swe: "sv",
  kor: "ko",
  vie: "vi",
  iku: "iu",
  cre: "cr",
  oji: "oj",
  baq: "eu",
  eus: "eu",
};

const NAMES: Record<string, string> = {
  french: "fr",
  français: "fr",
  francais: "fr",
  english: "en",
  anglais: "en",
  spanish: "es",
  español: "es",
  espagnol: "es",
  german: "de",
  deutsch: "de",
  allemand: "de",
  italian: "it",
  italiano: "it",
  italien: "it",
  instrumental: "zxx",
};
