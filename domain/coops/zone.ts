/** Where the house is, and where nothing else is known. */
const here = "America/Toronto";

/** By province where a country has several zones, else by country. */
const zones: Record<string, string> = {
  "CA-AB": "America/Edmonton",
  "CA-BC": "America/Vancouver",
  "CA-MB": "America/Winnipeg",
  "CA-NB": "America/Halifax",
  "CA-NL": "America/St_Johns",
  "CA-NS": "America/Halifax",
  "CA-PE": "America/Halifax",
  "CA-SK": "America/Regina",
  "CA-YT": "America/Whitehorse",
  BE: "Europe/Brussels",
  CH: "Europe/Zurich",
  FR: "Europe/Paris",
  LU: "Europe/Luxembourg",
};

/** The time zone in which a co-op's years begin, from its place (ISO 3166-2, or the country alone). */
export function zoneOf(place: string): string {
  return zones[place] ?? zones[place.slice(0, 2)] ?? here;
}
