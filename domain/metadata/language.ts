/**
 * Language tags as files write them (« fra », « ja-jp », « français ») → BCP 47 as the shop keeps them (« fr », « ja-JP »).
 * « zxx » (no linguistic content) is kept: an instrumental piece says something by it.
 */
export function languageTag(raw: string): string | undefined {
  const text = raw.trim().replace(/_/g, "-");
  // A word that every object knows (« constructor ») is no language.
  if (Object.hasOwn(NAMES, text.toLowerCase())) return NAMES[text.toLowerCase()];
  // « und » and ID3's « XXX » say that nobody knows.
  if (/^(?:und|xxx|mis)\b/i.test(text)) return undefined;
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i.test(text) || text.length > 35) return undefined;
  const [primary = "", ...rest] = text.split("-");
  const short = FROM_ISO_639_2[primary.toLowerCase()] ?? primary;
  try {
    return Intl.getCanonicalLocales([short, ...rest].join("-"))[0];
  } catch {
    return undefined;
  }
}

/** The twenty languages whose bibliographic code (ISO 639-2/B) differs from the one that Intl knows. */
const FROM_ISO_639_2: Record<string, string> = {
  alb: "sq",
  arm: "hy",
  baq: "eu",
  bur: "my",
  chi: "zh",
  cze: "cs",
  dut: "nl",
  fre: "fr",
  geo: "ka",
  ger: "de",
  gre: "el",
  ice: "is",
  mac: "mk",
  mao: "mi",
  may: "ms",
  per: "fa",
  rum: "ro",
  slo: "sk",
  tib: "bo",
  wel: "cy",
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
