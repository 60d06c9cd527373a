/** Québec first, for most buyers are there; then the others by their code. */
export const provinces = [
  "CA-QC",
  "CA-AB",
  "CA-BC",
  "CA-MB",
  "CA-NB",
  "CA-NL",
  "CA-NS",
  "CA-NT",
  "CA-NU",
  "CA-ON",
  "CA-PE",
  "CA-SK",
  "CA-YT",
] as const;

/** Where a buyer says to be, as taxes distinguish it: ISO 3166-2 or the country alone; ZZ is anywhere else. */
export const places = [...provinces, "FR", "ZZ"] as const;
export type Place = (typeof places)[number];

const isPlace = (value: unknown): value is Place => (places as readonly unknown[]).includes(value);

/**
 * What was chosen (`?place=`), else what the browser's languages suggest: fr-CA is Québec, en-CA the largest of the other
 * provinces, fr-FR France. Always shown beside the taxes, and changed there. */
export function placeOf(request: Request): Place {
  const chosen = new URL(request.url).searchParams.get("place");
  if (isPlace(chosen)) return chosen;
  for (const part of (request.headers.get("accept-language") ?? "").split(",")) {
    const [language = "", region] = (part.split(";")[0] ?? "").trim().toLowerCase().split("-");
    if (region === "ca") return language === "fr" ? "CA-QC" : "CA-ON";
    if (region === "fr") return "FR";
    if (region) return "ZZ";
  }
  return "CA-QC";
}
