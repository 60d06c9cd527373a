/** What a demo work is before it is made: pure data, read by the generators and by whoever enters it into the shop. */

export type CoopSlug = "presses-du-fleuve" | "atelier-des-halles";
export type Language = "fr" | "en";

export interface CoopPlan {
  slug: CoopSlug;
  name: string;
  /** Legal form in the words of its country. */
  form: string;
  city: string;
  /** ISO 3166-2 place. */
  place: string;
  description: { fr: string; en: string };
}

export interface PersonPlan {
  slug: string;
  name: string;
  sortName: string;
  email: string;
  coop: CoopSlug;
  bio: { fr: string; en?: string };
}

export type Role =
  | "author"
  | "translator"
  | "illustrator"
  | "editor"
  | "composer"
  | "lyricist"
  | "performer"
  | "producer"
  | "mixer";

export interface Credit {
  /** A `PersonPlan.slug`. */
  person: string;
  role: Role;
  /** What a performer plays, in French. */
  instrument?: string;
}

/** A part of what remains for the makers, in basis points; the parts of one work add up to 10000. */
export interface Share {
  person: string;
  bp: number;
}

/** Minor units of the shop's settlement currency (CAD cents): a cart is in one currency, whatever the co-op's country. */
export type PricePlan =
  | { kind: "fixed"; amount: number }
  | { kind: "open"; floor: number; suggested: number }
  | { kind: "free" };

export interface Palette {
  paper: string;
  ink: string;
  /** Three colours that carry the drawing, strongest first. */
  accent: string;
  second: string;
  third: string;
}

export interface CoverPlan {
  design: string;
  seed: number;
  palette: Palette;
}

interface WorkPlan {
  slug: string;
  coop: CoopSlug;
  title: string;
  subtitle?: string;
  language: Language;
  originalLanguage: Language;
  credits: Credit[];
  shares: Share[];
  price: PricePlan;
  /** Day of publication, ISO. */
  published: string;
  genre: string;
  subjects: string[];
  description: { fr: string; en?: string };
  cover: CoverPlan;
}

export interface BookPlan extends WorkPlan {
  kind: "book";
  /** 13 digits, one for each format: that is how ISBNs are given. */
  isbn: string;
  isbnPdf?: string;
  /** Thema codes. */
  thema: string[];
  /** All languages of the text where there is more than one. */
  languages?: Language[];
  /** The title in the original language, of a translation. */
  originalTitle?: string;
  /** Slug of the original, where it is in the catalogue too. */
  translationOf?: string;
  series?: { name: string; position: number };
  formats: readonly ("epub" | "pdf")[];
}

export type AudioFormat = "flac" | "mp3" | "ogg" | "opus" | "m4a";
export type Style =
  | "folk"
  | "trad"
  | "piano"
  | "ambient"
  | "tides"
  | "electro"
  | "chanson"
  | "jazz"
  | "loom"
  | "harp"
  | "glass"
  | "waltz";

export interface TrackPlan {
  title: string;
  isrc: string;
  seed: number;
  /** Asked length; a piece ends on its bar, a few seconds around it. */
  seconds: number;
  lyrics?: string;
}

export interface AlbumPlan extends WorkPlan {
  kind: "album";
  artist: string;
  style: Style;
  format: AudioFormat;
  tracks: TrackPlan[];
}

export type Plan = BookPlan | AlbumPlan;
