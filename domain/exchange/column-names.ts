/** The columns of a catalogue as a table, and the names by which people head them. Pure. */

/** In the order of the file. Each is written from a record; `fields` are those of the record that the cell speaks of. */
export const COLUMNS = [
  "reference",
  "kind",
  "state",
  "formats",
  "title",
  "subtitle",
  "sort_title",
  "contributors",
  "language",
  "languages",
  "original_language",
  "publisher",
  "published_on",
  "series",
  "series_position",
  "subjects",
  "description_fr",
  "description_en",
  "isbn",
  "isbn_epub",
  "isbn_pdf",
  "identifiers",
  "rights",
  "licence",
  "page_count",
  "word_count",
  "accessibility",
  "layout",
  "price",
  "price_kind",
  "suggested_price",
  "currency",
  "cover",
  "release",
  "disc",
  "track",
  "isrc",
  "duration",
] as const;
export type Column = (typeof COLUMNS)[number];

/** Other names under which a column is known: what people call it, what spreadsheets of publishers call it. */
const ALSO: Record<string, Column> = {
  ref: "reference",
  id: "reference",
  sku: "reference",
  type: "kind",
  genre: "kind",
  titre: "title",
  soustitre: "subtitle",
  titredetri: "sort_title",
  auteur: "contributors",
  auteurs: "contributors",
  autrice: "contributors",
  author: "contributors",
  authors: "contributors",
  artist: "contributors",
  artiste: "contributors",
  personnes: "contributors",
  langue: "language",
  langueoriginale: "original_language",
  editeur: "publisher",
  date: "published_on",
  datedeparution: "published_on",
  parution: "published_on",
  publicationdate: "published_on",
  serie: "series",
  tome: "series_position",
  volume: "series_position",
  sujets: "subjects",
  motscles: "subjects",
  keywords: "subjects",
  resume: "description_fr",
  description: "description_fr",
  descriptionfrancais: "description_fr",
  descriptionenglish: "description_en",
  isbn13: "isbn",
  ean: "isbn",
  isbnepub: "isbn_epub",
  isbnpdf: "isbn_pdf",
  droits: "rights",
  copyright: "rights",
  license: "licence",
  pages: "page_count",
  nombredepages: "page_count",
  mots: "word_count",
  prix: "price",
  devise: "currency",
  couverture: "cover",
  album: "release",
  disque: "disc",
  piste: "track",
  tracknumber: "track",
  duree: "duration",
};

const bare = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "");
const BY_NAME = new Map<string, Column>([
  ...Object.entries(ALSO),
  ...COLUMNS.map((column) => [bare(column), column] as const),
]);

/** The column that a heading names, in French or English, however it is written; undefined for one that we do not know. */
export const columnNamed = (heading: string): Column | undefined => BY_NAME.get(bare(heading));
