/**
 * An album as a DDEX ERN 4.3 NewReleaseMessage of the Audio profile, without deals: who made which recording, and in what order they
 * are released. `tests/ddex-rules.ts` holds what the standard asks of it. It is delivered to nobody: a sender needs a party id of
 * DDEX and an agreement with who receives, and their deal. Pure.
 */
import type { CatalogueRecord, SentTrack } from "./sent.ts";
import { composite, value } from "./xml-text.ts";

const namespace = "http://ddex.net/xml/ern/43";
/** Where a sender or a receiver has no party id of DDEX yet, this stands in its place and says so. */
const noPartyId = "PADPIDA0000000000X";

type Party = { reference: string; name: string; sortName?: string };
type DdexGap = "album" | "tracks" | "duration";

/** What a message cannot do without, and this record does not have: nothing where it can be written. */
export function ddexGaps({ kind, fields: { tracks = [] } }: CatalogueRecord): DdexGap[] {
  if (kind !== "album") return ["album"];
  if (tracks.length === 0) return ["tracks"];
  return tracks.every(({ durationMs }) => durationMs !== undefined) ? [] : ["duration"];
}

/** A record without gaps as its message. */
export function ddexMessage(
  record: CatalogueRecord,
  {
    sentAt,
    partyId = noPartyId,
    recipientId = noPartyId,
  }: { sentAt: Date; partyId?: string; recipientId?: string },
): string {
  const parties = partiesOf(record);
  const party = (name: string) => parties.find((each) => each.name === name)?.reference ?? "";
  const tracks = tracksOf(record);
  const to = { party, partyId };
  const body = [
    composite("MessageHeader", [
      value("MessageThreadId", record.workId),
      value("MessageId", `${record.workId}-${sentAt.getTime()}`),
      composite("MessageSender", [
        value("PartyId", partyId),
        composite("PartyName", [value("FullName", record.coop.name)]),
      ]),
      composite("MessageRecipient", [value("PartyId", recipientId)]),
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
      ...tracks.map((track, index) => soundRecording(record, track, index, to)),
      record.fields.coverLink ? cover(record, tracks.length + 1, partyId) : "",
    ]),
    composite("ReleaseList", [
      release(record, tracks, to),
      ...tracks.map((_, index) => trackRelease(record, index, to)),
    ]),
  ];
  const attributes = {
    "xmlns:ern": namespace,
    ReleaseProfileVersionId: "Audio",
    AvsVersionId: "5",
    LanguageAndScriptCode: languageOf(record) ?? "fr",
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${composite("ern:NewReleaseMessage", body, attributes)}\n`;
}

const tracksOf = ({ fields }: CatalogueRecord): SentTrack[] =>
  (fields.tracks ?? []).toSorted((a, b) => a.disc - b.disc || a.position - b.position);

/** « zxx » says that nothing is sung: that is told otherwise. */
const languageOf = ({ fields: { language } }: CatalogueRecord): string | undefined =>
  language && language !== "zxx" ? language : undefined;

const labelOf = ({ fields, coop }: CatalogueRecord): string => fields.publisher ?? coop.name;

/** Who plays; where nobody is said to, everybody; where nobody is named at all, who releases it. */
const artistsOf = (record: CatalogueRecord): string[] => {
  const people = record.fields.contributors ?? [];
  const artists = people.filter(({ role }) => role === "performer");
  const names = [...new Set((artists.length > 0 ? artists : people).map(({ name }) => name))];
  return names.length > 0 ? names : [labelOf(record)];
};

function partiesOf(record: CatalogueRecord): Party[] {
  const names = [
    labelOf(record),
    ...(record.fields.contributors ?? []).map(({ name }) => name),
    ...tracksOf(record).flatMap(({ credits }) => credits.map(({ name }) => name)),
  ];
  return [...new Set(names)].map((name, index) => {
    const sortName = record.fields.contributors?.find((each) => each.name === name)?.sortName;
    return { reference: `P${index + 1}`, name, ...(sortName && { sortName }) };
  });
}

/** Allowed values of DDEX beside our roles; what has none is a « UserDefined » with our word. */
const ROLES: Record<string, string> = {
  ...{ composer: "Composer", lyricist: "Lyricist", arranger: "Arranger", conductor: "Conductor" },
  ...{ producer: "StudioProducer", mixer: "Mixer", mastering: "MasteringEngineer", engineer: "Engineer" },
  ...{ remixer: "Remixer", author: "Author", translator: "Translator", narrator: "Narrator" },
  ...{ illustrator: "Illustrator", photographer: "Photographer", designer: "Designer", editor: "Editor" },
  ...{ cover_artist: "CoverDesigner", performer: "AssociatedPerformer" },
};

const contributor = (reference: string, role: string, sequence: number, partyId: string) =>
  composite(
    "Contributor",
    [
      value("ContributorPartyReference", reference),
      ROLES[role]
        ? value("Role", ROLES[role])
        : value("Role", "UserDefined", { Namespace: partyId, UserDefinedValue: role }),
    ],
    { SequenceNumber: String(sequence) },
  );

const everywhere = { ApplicableTerritoryCode: "Worldwide" };
const byDefault = { ...everywhere, IsDefault: "true" };

const displayTitle = (title: string, subtitle?: string) =>
  value("DisplayTitleText", title, byDefault) +
  composite("DisplayTitle", [value("TitleText", title), value("SubTitle", subtitle)], byDefault);

const displayArtists = (names: readonly string[], party: (name: string) => string) =>
  value("DisplayArtistName", names.join(", "), byDefault) +
  names
    .map((name, index) =>
      composite(
        "DisplayArtist",
        [value("ArtistPartyReference", party(name)), value("DisplayArtistRole", "MainArtist")],
        { SequenceNumber: String(index + 1) },
      ),
    )
    .join("");

type To = { party: (name: string) => string; partyId: string };

function soundRecording(
  record: CatalogueRecord,
  track: SentTrack,
  index: number,
  { party, partyId }: To,
): string {
  const performers = [
    ...new Set(track.credits.filter(({ role }) => role === "performer").map(({ name }) => name)),
  ];
  const artists = performers.length > 0 ? performers : artistsOf(record);
  const others = track.credits.filter(({ role }) => role !== "performer");
  // An ISRC names one recording: whoever gave it twice was wrong at least once.
  const isFirst = tracksOf(record).findIndex(({ isrc }) => isrc === track.isrc) === index;
  return composite("SoundRecording", [
    value("ResourceReference", `A${index + 1}`),
    value("Type", "MusicalWorkSoundRecording"),
    composite("SoundRecordingEdition", [
      composite("ResourceId", [
        track.isrc && isFirst
          ? value("ISRC", track.isrc)
          : value("ProprietaryId", trackId(record, track), { Namespace: partyId }),
      ]),
      copyright("PLine", record),
    ]),
    displayTitle(track.title || record.fields.title || ""),
    displayArtists(artists, party),
    ...others.map(({ name, role }, at) => contributor(party(name), role, at + 1, partyId)),
    value("Duration", isoDuration(track.durationMs ?? 0)),
    value("ParentalWarningType", "NoAdviceAvailable"),
    value("IsInstrumental", record.fields.language === "zxx" ? "true" : undefined),
    value("LanguageOfPerformance", languageOf(record)),
  ]);
}

const trackId = ({ workId }: CatalogueRecord, { disc, position }: SentTrack) =>
  `${workId}:${disc}.${position}`;

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

function copyright(name: "PLine" | "CLine", record: CatalogueRecord): string {
  const sign = name === "PLine" ? "℗" : "©";
  const year = record.fields.publishedOn?.slice(0, 4);
  return composite(name, [
    value("Year", year),
    value(`${name}Text`, `${sign} ${[year, labelOf(record)].filter(Boolean).join(" ")}`),
  ]);
}

const label = (record: CatalogueRecord, { party }: To) =>
  value("ReleaseLabelReference", party(labelOf(record)), everywhere);
const genre = ({ fields }: CatalogueRecord) =>
  composite("Genre", [value("GenreText", fields.subjects?.[0]?.label ?? "Unknown")], everywhere);

/** An EAN or a UPC: what a shelf of records is counted by. */
const barcodeOf = ({ fields }: CatalogueRecord): string | undefined =>
  fields.identifiers?.find(
    ({ scheme, value: code }) => scheme === "gtin" && /^(?:\d{8}|\d{12,13})$/.test(code),
  )?.value;

function release(record: CatalogueRecord, tracks: readonly SentTrack[], to: To): string {
  const { fields } = record;
  const number = tracks.length;
  const discs = [...new Set(tracks.map(({ disc }) => disc))];
  const items = (disc: number) =>
    tracks.flatMap((track, index) =>
      track.disc === disc
        ? [
            composite("ResourceGroupContentItem", [
              value("SequenceNumber", track.position),
              value("ReleaseResourceReference", `A${index + 1}`),
            ]),
          ]
        : [],
    );
  const group = (disc: number) =>
    composite("ResourceGroup", [value("SequenceNumber", disc), ...items(disc)], {
      ResourceGroupType: "Component",
    });
  const length = tracks.reduce((all, { durationMs = 0 }) => all + durationMs, 0);
  return composite("Release", [
    value("ReleaseReference", "R0"),
    value("ReleaseType", number === 1 ? "Single" : number < 7 ? "EP" : "Album"),
    composite("ReleaseId", [
      value("ICPN", barcodeOf(record)),
      value("ProprietaryId", record.workId, { Namespace: to.partyId }),
    ]),
    displayTitle(fields.title ?? "", fields.subtitle),
    displayArtists(artistsOf(record), to.party),
    label(record, to),
    copyright("PLine", record),
    copyright("CLine", record),
    value("Duration", isoDuration(length)),
    genre(record),
    value("OriginalReleaseDate", fields.publishedOn),
    value("ParentalWarningType", "NoAdviceAvailable", everywhere),
    composite("ResourceGroup", [
      ...(discs.length > 1 ? discs.map(group) : items(discs[0] ?? 1)),
      value("LinkedReleaseResourceReference", fields.coverLink && `A${number + 1}`, {
        LinkDescription: "CoverArt",
      }),
    ]),
  ]);
}

/** Each recording can be had by itself, as shops of music sell it. */
const trackRelease = (record: CatalogueRecord, index: number, to: To): string =>
  composite("TrackRelease", [
    value("ReleaseReference", `R${index + 1}`),
    composite("ReleaseId", [
      value("ProprietaryId", trackId(record, tracksOf(record)[index]!), { Namespace: to.partyId }),
    ]),
    value("ReleaseResourceReference", `A${index + 1}`),
    label(record, to),
    genre(record),
  ]);

/** « PT3M25S ». */
function isoDuration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)];
  return `PT${hours ? `${hours}H` : ""}${hours || minutes ? `${minutes}M` : ""}${seconds % 60}S`;
}
