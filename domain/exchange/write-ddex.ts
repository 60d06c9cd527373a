/**
 * An album as a DDEX ERN 4.3 NewReleaseMessage. Written after the schema of 4.1.1 and the additions of 4.3; not validated against
 * the schema of 4.3, and delivered to nobody: a sender needs a party id of DDEX and an agreement with who receives. Pure.
 */
import type { CatalogueRecord, Track } from "./sent.ts";
import { composite, value } from "./xml-text.ts";

const namespace = "http://ddex.net/xml/ern/43";
/** Where a sender has no party id of DDEX yet, this stands in its place and says so. */
const noPartyId = "PADPIDA0000000000X";

type Party = { reference: string; name: string; sortName?: string };

export function ddexMessage(
  record: CatalogueRecord,
  { sentAt, partyId = noPartyId }: { sentAt: Date; partyId?: string },
): string {
  const parties = partiesOf(record);
  const party = (name: string) => parties.find((each) => each.name === name)?.reference ?? "";
  const label = record.fields.publisher ?? record.coop.name;
  const tracks = record.tracks.toSorted((a, b) => a.disc - b.disc || a.position - b.position);
  const artist = artistsOf(record)[0] ?? label;
  const body = [
    composite("MessageHeader", [
      value("MessageThreadId", record.workId),
      value("MessageId", `${record.workId}-${sentAt.getTime()}`),
      composite("MessageSender", [
        value("PartyId", partyId),
        composite("PartyName", [value("FullName", record.coop.name)]),
      ]),
      value("MessageCreatedDateTime", sentAt.toISOString()),
    ]),
    composite(
      "PartyList",
      parties.map(({ reference, name, sortName }) =>
        composite("Party", [
          value("PartyReference", reference),
          composite("PartyName", [value("FullName", name), value("FullNameIndexed", sortName)]),
        ]),
      ),
    ),
    composite("ResourceList", [
      ...tracks.map((track, index) => soundRecording(record, track, index, party)),
      record.fields.coverLink ? cover(record, tracks.length + 1, partyId) : "",
    ]),
    composite("ReleaseList", [release(record, tracks, { label: party(label), artist, party, partyId })]),
  ];
  const attributes = {
    "xmlns:ern": namespace,
    LanguageAndScriptCode: record.fields.language ?? "fr",
    AvsVersionId: "5",
    ReleaseProfileVersionId: "Audio",
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${composite("ern:NewReleaseMessage", body, attributes)}\n`;
}

const artistsOf = ({ fields }: CatalogueRecord): string[] => {
  const people = fields.contributors ?? [];
  const artists = people.filter(({ role }) => role === "performer");
  return [...new Set((artists.length > 0 ? artists : people).map(({ name }) => name))];
};

function partiesOf(record: CatalogueRecord): Party[] {
  const names = [
    record.fields.publisher ?? record.coop.name,
    ...(record.fields.contributors ?? []).map(({ name }) => name),
    ...record.tracks.flatMap(({ credits }) => credits.map(({ name }) => name)),
  ];
  return [...new Set(names)].map((name, index) => {
    const sortName = record.fields.contributors?.find((each) => each.name === name)?.sortName;
    return { reference: `P${index + 1}`, name, ...(sortName && { sortName }) };
  });
}

/** Allowed values of DDEX beside our roles; what has none is a « UserDefined » with our word. */
const ROLES: Record<string, string> = {
  composer: "Composer",
  lyricist: "Lyricist",
  arranger: "Arranger",
  conductor: "Conductor",
  producer: "Producer",
  mixer: "Mixer",
  mastering: "MasteringEngineer",
  engineer: "SoundEngineer",
  remixer: "Remixer",
  author: "Author",
  translator: "Translator",
};

const contributor = (reference: string, role: string, sequence: number) =>
  composite(
    "Contributor",
    [
      value("ContributorPartyReference", reference),
      ROLES[role] ? value("Role", ROLES[role]) : value("Role", "UserDefined", { UserDefinedValue: role }),
    ],
    { SequenceNumber: String(sequence) },
  );

const displayTitle = (title: string, subtitle?: string) =>
  value("DisplayTitleText", title, { ApplicableTerritoryCode: "Worldwide", IsDefault: "true" }) +
  composite("DisplayTitle", [value("TitleText", title), value("SubTitle", subtitle)], {
    ApplicableTerritoryCode: "Worldwide",
    IsDefault: "true",
  });

const displayArtists = (names: readonly string[], party: (name: string) => string) =>
  value("DisplayArtistName", names.join(", "), { ApplicableTerritoryCode: "Worldwide", IsDefault: "true" }) +
  names
    .map((name, index) =>
      composite(
        "DisplayArtist",
        [value("ArtistPartyReference", party(name)), value("DisplayArtistRole", "MainArtist")],
        { SequenceNumber: String(index + 1) },
      ),
    )
    .join("");

function soundRecording(
  record: CatalogueRecord,
  track: Track,
  index: number,
  party: (name: string) => string,
): string {
  const performers = [
    ...new Set(track.credits.filter(({ role }) => role === "performer").map(({ name }) => name)),
  ];
  const artists = performers.length > 0 ? performers : artistsOf(record);
  const others = track.credits.filter(({ role }) => role !== "performer");
  return composite("SoundRecording", [
    value("ResourceReference", `A${index + 1}`),
    value("Type", "MusicalWorkSoundRecording"),
    composite("SoundRecordingEdition", [
      track.isrc
        ? composite("ResourceId", [value("ISRC", track.isrc)])
        : composite("ResourceId", [
            value("ProprietaryId", `${record.workId}:${track.disc}.${track.position}`, {
              Namespace: noPartyId,
            }),
          ]),
      copyright("PLine", record),
    ]),
    displayTitle(track.title || record.fields.title || ""),
    displayArtists(artists, party),
    ...others.map(({ name, role }, at) => contributor(party(name), role, at + 1)),
    value("LanguageOfPerformance", record.fields.language),
    value("Duration", track.durationMs === undefined ? undefined : isoDuration(track.durationMs)),
    value("ParentalWarningType", "NoAdviceAvailable"),
  ]);
}

function cover(record: CatalogueRecord, index: number, partyId: string): string {
  return composite("Image", [
    value("ResourceReference", `A${index}`),
    value("Type", "FrontCoverImage"),
    composite("ResourceId", [value("ProprietaryId", `${record.workId}:cover`, { Namespace: partyId })]),
    value("ParentalWarningType", "NoAdviceAvailable"),
    composite("TechnicalDetails", [
      value("TechnicalResourceDetailsReference", `T${index}`),
      composite("File", [value("URI", record.fields.coverLink)]),
    ]),
  ]);
}

function copyright(name: "PLine" | "CLine", { fields, coop }: CatalogueRecord): string {
  const sign = name === "PLine" ? "℗" : "©";
  const year = fields.publishedOn?.slice(0, 4);
  const owner = fields.publisher ?? coop.name;
  return composite(name, [
    value("Year", year),
    value(`${name}Text`, `${sign} ${[year, owner].filter(Boolean).join(" ")}`),
  ]);
}

function release(
  record: CatalogueRecord,
  tracks: readonly Track[],
  {
    label,
    artist,
    party,
    partyId,
  }: { label: string; artist: string; party: (name: string) => string; partyId: string },
): string {
  const { fields } = record;
  const barcode = fields.identifiers?.find(({ scheme }) => scheme === "gtin")?.value;
  const number = tracks.length;
  const artists = artistsOf(record);
  const discs = [...new Set(tracks.map(({ disc }) => disc))];
  const item = (reference: string, sequence: number) =>
    composite("ResourceGroupContentItem", [
      value("SequenceNumber", sequence),
      value("ReleaseResourceReference", reference),
    ]);
  const group = (disc: number) =>
    composite("ResourceGroup", [
      value("SequenceNumber", disc),
      ...tracks.flatMap((track, index) =>
        track.disc === disc ? [item(`A${index + 1}`, track.position)] : [],
      ),
    ]);
  return composite("Release", [
    value("ReleaseReference", "R0"),
    value("ReleaseType", number === 1 ? "Single" : number < 7 ? "EP" : "Album"),
    composite("ReleaseId", [
      value("ICPN", barcode),
      value("ProprietaryId", record.workId, { Namespace: partyId }),
    ]),
    displayTitle(fields.title ?? "", fields.subtitle),
    displayArtists(artists.length > 0 ? artists : [artist], party),
    value("ReleaseLabelReference", label, { ApplicableTerritoryCode: "Worldwide" }),
    copyright("PLine", record),
    copyright("CLine", record),
    composite("Genre", [value("GenreText", fields.subjects?.[0]?.label ?? "Unknown")], {
      ApplicableTerritoryCode: "Worldwide",
    }),
    value("OriginalReleaseDate", fields.publishedOn),
    value("ParentalWarningType", "NoAdviceAvailable", { ApplicableTerritoryCode: "Worldwide" }),
    composite("ResourceGroup", [
      ...discs.map(group),
      fields.coverLink ? value("LinkedReleaseResourceReference", `A${number + 1}`) : "",
    ]),
  ]);
}

/** « PT3M25S ». */
function isoDuration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)];
  return `PT${hours ? `${hours}H` : ""}${hours || minutes ? `${minutes}M` : ""}${seconds % 60}S`;
}
