/**
 * ONIX has two sets of tags for the same elements. A composite's short tag is its name in small letters; each element that holds
 * a value has a code of its own. Reading goes by the reference name in small letters, whichever set a file is written in.
 */
const SHORT = `
a001 RecordReference a002 NotificationType b221 ProductIDType b233 IDTypeName b244 IDValue x314 ProductComposition b012 ProductForm
b333 ProductFormDetail b334 ProductFormFeatureType b335 ProductFormFeatureValue b336 ProductFormFeatureDescription
x416 PrimaryContentType b385 ProductContentType x317 EpubTechnicalProtection x511 EpubLicenseName x508 EpubLicenseExpressionType
x510 EpubLicenseExpressionLink x329 CollectionType x479 CollectionSequenceType x481 CollectionSequenceNumber b202 TitleType
b034 SequenceNumber x409 TitleElementLevel x410 PartNumber b203 TitleText b030 TitlePrefix b031 TitleWithoutPrefix b029 Subtitle
x501 NoPrefix b035 ContributorRole x415 NameIDType b036 PersonName b037 PersonNameInverted b038 TitlesBeforeNames b039 NamesBeforeKey
b247 PrefixToKey b040 KeyNames b041 NamesAfterKey b248 SuffixToKey b042 LettersAfterNames b047 CorporateName
x443 CorporateNameInverted b249 UnnamedPersons b048 ContributorDescription b253 LanguageRole b252 LanguageCode b251 CountryCode
b218 ExtentType b219 ExtentValue b220 ExtentUnit x425 MainSubject b067 SubjectSchemeIdentifier b171 SubjectSchemeName
b068 SubjectSchemeVersion b069 SubjectCode b070 SubjectHeadingText x426 TextType x427 ContentAudience d104 Text
x436 ResourceContentType x437 ResourceMode x441 ResourceForm x435 ResourceLink b079 ImprintName b291 PublishingRole
b081 PublisherName b394 PublishingStatus x448 PublishingDateRole b306 Date j260 DateFormat b087 CopyrightYear x512 CopyrightType
x454 WorkRelationCode b201 WorkIDType x455 ProductRelationCode j396 ProductAvailability j192 UnpricedItemType x462 PriceType
j262 PriceTypeDescription j151 PriceAmount j152 CurrencyCode x470 TaxType x471 TaxRateCode x472 TaxRatePercent x473 TaxableAmount
x474 TaxAmount j292 SupplierRole j137 SupplierName x298 SenderName x307 SentDateTime b284 LevelSequenceNumber x540 AVItemType
x541 AVItemIDType x544 AVDuration x449 CountriesIncluded x450 RegionsIncluded`;

const REFERENCE = new Map(
  [...SHORT.matchAll(/([a-z]\d{3})\s+(\w+)/g)].map(
    ([, short, name]) => [short, name?.toLowerCase()] as const,
  ),
);

/** « b203 », « TitleText » and « onix:TitleText » → « titletext ». */
export function referenceName(tag: string): string {
  const local = tag.slice(tag.indexOf(":") + 1);
  return REFERENCE.get(local) ?? local.toLowerCase();
}
