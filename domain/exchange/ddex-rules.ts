/**
 * What DDEX asks of an ERN 4.3 NewReleaseMessage of audio: which elements, in which order, how often; values of its lists; and that each
 * reference leads somewhere. Of the standard, what our messages and their neighbours use; an element that is not here is a mistake too.
 */
import { SaxesParser } from "saxes";

export type Xml = { name: string; attributes: Record<string, string>; children: Xml[]; text: string };

type Often = "1" | "?" | "*" | "+";
/** « Name », « Name? », « Name* », « Name+ », in the order of the standard. */
const CONTENT: Record<string, string> = {
  NewReleaseMessage:
    "MessageHeader ReleaseAdmin* PartyList CueSheetList? ResourceList ChapterList? ReleaseList DealList? SupplementalDocumentList?",
  MessageHeader:
    "MessageThreadId? MessageId MessageFileName? MessageSender SentOnBehalfOf? MessageRecipient+ MessageCreatedDateTime MessageAuditTrail? MessageControlType?",
  MessageSender: "PartyId PartyName? TradingName?",
  MessageRecipient: "PartyId PartyName? TradingName?",
  PartyList: "Party+",
  Party: "PartyReference PartyName+ PartyId* Affiliation* RelatedParty* ArtistProfilePage*",
  PartyName:
    "FullName FullNameAsciiTranscribed? FullNameIndexed? NamesBeforeKeyName? KeyName? NamesAfterKeyName? AbbreviatedName?",
  ResourceList: "SoundRecording* Video* Image* Text* SheetMusic* Software*",
  SoundRecording:
    "ResourceReference Type SoundRecordingEdition+ RecordingFormat* WorkId* DisplayTitleText+ DisplayTitle+ AdditionalTitle* VersionType* DisplayArtistName+ DisplayArtist+ Contributor* Character* ResourceRightsController* WorkRightsController* CourtesyLine* Duration CreationDate? MasteredDate? RemasteredDate? FirstPublicationDate* LocationAndDateOfSession* ParentalWarningType+ RelatedRelease* RelatedResource* CompositeMusicalWorkType? IsCover? HasVocalPerformance? HasForegroundVocalPerformance? IsInstrumental? ContainsHiddenContent? IsRemastered? IsHiResMusic? DisableCrossfade? DisableSearch? DisplayCredits* LanguageOfPerformance* Raga* Tala* Deity* AudioChapterReference*",
  SoundRecordingEdition: "Type? ResourceId+ EditionContributor* PLine* RecordingMode? TechnicalDetails*",
  ResourceId: "ISRC? CatalogNumber? ProprietaryId*",
  PLine: "Year? PLineCompany? PLineText",
  CLine: "Year? CLineCompany? CLineText",
  DisplayTitle: "TitleText SubTitle*",
  DisplayArtist: "ArtistPartyReference DisplayArtistRole ArtisticRole* TitleDisplayInformation*",
  Contributor:
    "ContributorPartyReference Role* InstrumentType* HasMadeFeaturedContribution? HasMadeContractedContribution? IsCredited? DisplayCredits*",
  Image:
    "ResourceReference Type ResourceId+ DisplayTitleText* DisplayTitle* AdditionalTitle* VersionType* DisplayArtistName* DisplayArtist* Contributor* ResourceRightsController* WorkRightsController* CLine* CourtesyLine* CreationDate? FirstPublicationDate* ParentalWarningType* RelatedRelease* RelatedResource* ContainsHiddenContent? Description* TechnicalDetails*",
  TechnicalDetails:
    "TechnicalResourceDetailsReference ImageCodecType? ImageHeight? ImageWidth? AspectRatio* ColorDepth? ImageResolution? BitDepth? IsClip? ClipDetails* File? IsProvidedInDelivery? Fingerprint*",
  File: "URI HashSum? FileSize?",
  ReleaseList: "Release TrackRelease* ClipRelease*",
  Release:
    "ReleaseReference ReleaseType+ ReleaseId DisplayTitleText+ DisplayTitle+ AdditionalTitle* VersionType* DisplayArtistName+ DisplayArtist+ ReleaseLabelReference+ AdministratingRecordCompany* PLine* CLine* CourtesyLine* Duration? Genre+ ReleaseDate* OriginalReleaseDate* ReleaseVisibilityReference* ParentalWarningType+ AvRating* RelatedRelease* RelatedResource* ResourceGroup ExternalResourceLink* TargetURL? Keywords* Synopsis* Raga* Tala* Deity* HiResMusicDescription? IsSoundtrack? IsHiResMusic? MarketingComment*",
  ReleaseId: "GRid? ICPN? CatalogNumber? ProprietaryId*",
  Genre: "GenreText SubGenre?",
  ResourceGroup:
    "DisplayTitleText* DisplayTitle* AdditionalTitle* SequenceNumber? DisplayArtist* CarrierType* Duration? ResourceGroup* ResourceGroupContentItem* LinkedReleaseResourceReference*",
  ResourceGroupContentItem:
    "SequenceNumber? ReleaseResourceReference LinkedReleaseResourceReference* IsBonusResource?",
  TrackRelease:
    "ReleaseReference ReleaseId DisplayTitleText* DisplayTitle* AdditionalTitle* ReleaseResourceReference LinkedReleaseResourceReference* ReleaseLabelReference+ Genre+",
};
const ATTRIBUTES: Record<string, string[]> = {
  NewReleaseMessage: ["AvsVersionId", "LanguageAndScriptCode"],
  ProprietaryId: ["Namespace"],
};

/** Of each list what may be said; of the longest, the roles, what our roles can become. */
const VALUES: Record<string, string[]> = {
  "SoundRecording/Type": [
    "MusicalWorkSoundRecording",
    "NonMusicalWorkSoundRecording",
    "SpokenWordSoundRecording",
    "UserDefined",
  ],
  "Image/Type": [
    "FrontCoverImage",
    "BackCoverImage",
    "BookletFrontImage",
    "Icon",
    "Logo",
    "Photograph",
    "Poster",
    "UserDefined",
  ],
  ReleaseType: [
    "Album",
    "EP",
    "Single",
    "AudioBookRelease",
    "ClassicalAlbum",
    "SingleResourceRelease",
    "UserDefined",
  ],
  DisplayArtistRole: ["Artist", "Brand", "Composer", "FeaturedArtist", "MainArtist", "UserDefined"],
  ParentalWarningType: [
    "Explicit",
    "ExplicitContentEdited",
    "NoAdviceAvailable",
    "NotExplicit",
    "Unknown",
    "UserDefined",
  ],
  Role: "Arranger AssociatedPerformer Author Composer Conductor CoverDesigner Designer Editor Engineer Illustrator Lyricist MasteringEngineer Mixer Narrator Photographer Remixer StudioProducer Translator UserDefined".split(
    " ",
  ),
  IsInstrumental: ["true", "false"],
};
const SHAPES: Record<string, RegExp> = {
  PartyId: /^PADPIDA[a-zA-Z0-9]+$/,
  PartyReference: /^P[\d\-_a-zA-Z]+$/,
  ResourceReference: /^A[\d\-_a-zA-Z]+$/,
  ReleaseReference: /^R[\d\-_a-zA-Z]+$/,
  TechnicalResourceDetailsReference: /^T[\d\-_a-zA-Z]+$/,
  ISRC: /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/,
  ICPN: /^(?:\d{8}|\d{12}|\d{13})$/,
  Duration: /^PT(?:\d+H)?(?:\d+M)?\d+(?:\.\d+)?S$/,
  OriginalReleaseDate: /^\d{4}(?:-\d{2}){0,2}$/,
  Year: /^\d{4}$/,
  SequenceNumber: /^\d+$/,
  LanguageOfPerformance: /^[a-zA-Z]{2,3}(-[a-zA-Z]+)?(-[a-zA-Z]{2}|-[0-9]{3})?(-[a-zA-Z][a-zA-Z0-9]{4,})?$/,
  MessageCreatedDateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/,
  URI: /^https?:\/\//,
};
/** Who points at whom. */
const REFERENCES: Record<string, string> = {
  ArtistPartyReference: "PartyReference",
  ContributorPartyReference: "PartyReference",
  ReleaseLabelReference: "PartyReference",
  ReleaseResourceReference: "ResourceReference",
  LinkedReleaseResourceReference: "ResourceReference",
};

/** What is wrong with a message, each with where; nothing where it is as the standard asks. */
export function ddexMistakes(message: Xml): string[] {
  const root = { ...message, name: message.name.replace(/^ern:/, "") };
  return [...mistakesIn(root, root.name), ...referenceMistakes(root)];
}

function mistakesIn(element: Xml, path: string): string[] {
  const model = CONTENT[element.name];
  const wrong: string[] = [];
  const parent = path.split("/").at(-2);
  for (const name of ATTRIBUTES[element.name] ?? [])
    if (!element.attributes[name]) wrong.push(`${path}: no @${name}`);
  if (element.name === "ResourceGroup" && parent === "ResourceGroup" && !element.attributes.ResourceGroupType)
    wrong.push(`${path}: no @ResourceGroupType`);
  if (
    element.text === "UserDefined" &&
    !(element.attributes.UserDefinedValue && element.attributes.Namespace)
  )
    wrong.push(`${path}: UserDefined without its value and namespace`);
  if (!model) {
    if (element.children.length > 0) return [...wrong, `${path}: not of the standard, or not known here`];
    if (element.text.trim() === "") wrong.push(`${path}: empty`);
    const allowed = VALUES[`${parent}/${element.name}`] ?? VALUES[element.name];
    if (allowed && !allowed.includes(element.text))
      wrong.push(`${path}: « ${element.text} » is not of its list`);
    const shape = SHAPES[element.name];
    if (shape && !shape.test(element.text)) wrong.push(`${path}: « ${element.text} » has not its shape`);
    return wrong;
  }
  const order = model.split(/\s+/).map((each) => ({
    name: each.replace(/[?*+]$/, ""),
    often: (/[?*+]$/.exec(each)?.[0] ?? "1") as Often,
  }));
  let at = 0;
  for (const child of element.children) {
    const place = order.findIndex(({ name }) => name === child.name);
    if (place < 0) wrong.push(`${path}: <${child.name}> does not belong here`);
    else if (place < at) wrong.push(`${path}: <${child.name}> comes too late`);
    else at = place;
  }
  for (const { name, often } of order) {
    const count = element.children.filter((child) => child.name === name).length;
    if (count === 0 && (often === "1" || often === "+")) wrong.push(`${path}: no <${name}>`);
    if (count > 1 && (often === "1" || often === "?")) wrong.push(`${path}: ${count} <${name}>`);
  }
  // An identifier of some kind is asked for, whichever.
  if (/^(?:ResourceId|ReleaseId)$/.test(element.name) && element.children.length === 0)
    wrong.push(`${path}: empty`);
  return [...wrong, ...element.children.flatMap((child) => mistakesIn(child, `${path}/${child.name}`))];
}

function referenceMistakes(root: Xml): string[] {
  const all: Xml[] = [];
  const walk = (element: Xml) => {
    all.push(element);
    element.children.forEach(walk);
  };
  walk(root);
  const named = (name: string) => all.filter((each) => each.name === name).map(({ text }) => text);
  const twice = [
    "PartyReference",
    "ResourceReference",
    "ReleaseReference",
    "TechnicalResourceDetailsReference",
    "ISRC",
  ].flatMap((name) => {
    const values = named(name);
    return values.filter((text, i) => values.indexOf(text) !== i).map((text) => `${name} ${text} twice`);
  });
  const lost = Object.entries(REFERENCES).flatMap(([from, to]) => {
    const there = new Set(named(to));
    return named(from).flatMap((text) => (there.has(text) ? [] : [`${from} ${text} leads nowhere`]));
  });
  const used = new Set([...named("ReleaseResourceReference"), ...named("LinkedReleaseResourceReference")]);
  const alone = named("ResourceReference").flatMap((text) =>
    used.has(text) ? [] : [`resource ${text} is in no release`],
  );
  return [...twice, ...lost, ...alone];
}

/** A message as strictly as XML with namespaces can be read: an unbound prefix or a wrong sign throws. */
export function readXml(text: string): Xml {
  const top: Xml = { name: "", attributes: {}, children: [], text: "" };
  const path = [top];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const values = Object.fromEntries(Object.entries(attributes).map(([key, { value }]) => [key, value]));
    const element: Xml = { name, attributes: values, children: [], text: "" };
    path.at(-1)!.children.push(element);
    path.push(element);
  });
  parser.on("text", (words) => {
    path.at(-1)!.text += words;
  });
  parser.on("closetag", () => path.pop());
  parser.write(text).close();
  return top.children[0]!;
}
