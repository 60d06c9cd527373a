/** What a harvester asks for (OAI-PMH 2.0), read strictly: the protocol has an error for everything that is not quite right. */

export type HarvestSet = readonly [noun: "type" | "coop" | "language", value: string];
/** Of the last change: from `from` on and before `until`, ISO 8601. */
export type HarvestSpan = { from: string | null; until: string | null; set: HarvestSet | null };
const harvestFormats = ["oai_dc", "jsonld", "onix_3.1"] as const;
export type HarvestFormat = (typeof harvestFormats)[number];
const isFormat = (text: string | null | undefined): text is HarvestFormat =>
  (harvestFormats as readonly unknown[]).includes(text);

export type HarvestError =
  | "badVerb"
  | "badArgument"
  | "badResumptionToken"
  | "cannotDisseminateFormat"
  | "idDoesNotExist"
  | "noRecordsMatch";

export type HarvestRequest =
  | { verb: "Identify" | "ListSets" }
  | { verb: "ListMetadataFormats"; id: string | null }
  | { verb: "GetRecord"; id: string; format: HarvestFormat }
  | {
      verb: "ListRecords" | "ListIdentifiers";
      format: HarvestFormat;
      span: HarvestSpan;
      after: { at: string; id: string } | null;
    };

const arguments_ = {
  Identify: [[], []],
  ListSets: [[], ["resumptionToken"]],
  ListMetadataFormats: [[], ["identifier"]],
  GetRecord: [["identifier", "metadataPrefix"], []],
  ListRecords: [["metadataPrefix"], ["from", "until", "set"]],
  ListIdentifiers: [["metadataPrefix"], ["from", "until", "set"]],
} as const;
type Verb = keyof typeof arguments_;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const set = /^(type:(?:book|album)|coop:[a-z0-9]+(?:-[a-z0-9]+)*|language:[a-z]{2,3})$/;

/** The request, or the error of the protocol that it deserves. `host` is ours, as it stands in the names of records. */
export function readHarvest(asked: URLSearchParams, host: string): HarvestRequest | { error: HarvestError } {
  const names = [...asked.keys()];
  const verb = asked.get("verb");
  if (verb === null || !Object.hasOwn(arguments_, verb) || asked.getAll("verb").length !== 1)
    return { error: "badVerb" };
  if (new Set(names).size !== names.length) return { error: "badArgument" };
  const given = names.filter((name) => name !== "verb");
  const known = verb as Verb;
  const listing = known === "ListRecords" || known === "ListIdentifiers";
  if (listing && given.includes("resumptionToken"))
    return given.length === 1 ? resumed(known, asked.get("resumptionToken")!) : { error: "badArgument" };
  const [required, optional] = arguments_[known];
  const allowed: readonly string[] = [...required, ...optional];
  if (given.some((name) => !allowed.includes(name)) || required.some((name) => !given.includes(name)))
    return { error: "badArgument" };
  if (known === "Identify") return { verb: known };
  if (known === "ListSets") return given.length > 0 ? { error: "badResumptionToken" } : { verb: known };
  const named = asked.get("identifier");
  const id = named?.startsWith(`oai:${host}:`) ? named.slice(`oai:${host}:`.length) : null;
  if (named !== null && (id === null || !uuid.test(id))) return { error: "idDoesNotExist" };
  if (known === "ListMetadataFormats") return { verb: known, id };
  const format = asked.get("metadataPrefix");
  if (!isFormat(format)) return { error: "cannotDisseminateFormat" };
  if (known === "GetRecord") return { verb: known, id: id!, format };
  const span = spanOf(asked.get("from"), asked.get("until"), asked.get("set"));
  return span ? { verb: known, format, span, after: null } : { error: "badArgument" };
}

/** Days or seconds, both ends alike; what is after its own end is no span. */
function spanOf(from: string | null, until: string | null, chosen: string | null): HarvestSpan | null {
  const shape = (at: string) =>
    /^\d{4}-\d\d-\d\d$/.test(at) ? "day" : /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(at) ? "second" : null;
  const ends = [from, until].filter((at) => at !== null);
  if (ends.some((at) => shape(at) === null || Number.isNaN(Date.parse(at)))) return null;
  if (from && until && (shape(from) !== shape(until) || from > until)) return null;
  if (chosen !== null && !set.test(chosen)) return null;
  return {
    from: from && new Date(from).toISOString(),
    // The end is included: up to the last instant of that day or second.
    until: until && new Date(Date.parse(until) + (shape(until) === "day" ? 86_400_000 : 1000)).toISOString(),
    set: chosen === null ? null : (chosen.split(":") as unknown as HarvestSet),
  };
}

/** Everything that the next page needs, in the token itself: it does not age, and nothing is kept between two requests. */
export function resumptionToken(
  { format, span }: { format: HarvestFormat; span: HarvestSpan },
  { at, id }: { at: string; id: string },
): string {
  return Buffer.from(
    JSON.stringify([format, span.from, span.until, span.set?.join(":") ?? null, at, id]),
  ).toString("base64url");
}

function resumed(
  verb: "ListRecords" | "ListIdentifiers",
  token: string,
): HarvestRequest | { error: HarvestError } {
  try {
    const [format, from, until, chosen, at, id] = JSON.parse(
      Buffer.from(token, "base64url").toString("utf8"),
    ) as (string | null)[];
    const instant = (text: unknown) =>
      typeof text === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text));
    if (
      isFormat(format) &&
      (from === null || instant(from)) &&
      (until === null || instant(until)) &&
      (chosen === null || (typeof chosen === "string" && set.test(chosen))) &&
      instant(at) &&
      typeof id === "string" &&
      uuid.test(id)
    )
      return {
        verb,
        format,
        span: {
          from: from ?? null,
          until: until ?? null,
          set: chosen ? (chosen.split(":") as unknown as HarvestSet) : null,
        },
        after: { at: at!, id },
      };
  } catch {}
  return { error: "badResumptionToken" };
}
