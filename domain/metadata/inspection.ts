/** What the reader of files (`workers/inspect`) hands over: the shape of its answer, agreed on here. */
import type { Reason, Verdict } from "../uploads/reasons.ts";
import type { Finding } from "./record.ts";

export type Kind = "epub" | "pdf" | "audio" | "image" | "unknown";

export type ContentsEntry = { title: string; depth: number; href?: string };

/** From page `from` (the first is 0): prefix, then a number counted from `first` in that style; « none » shows the prefix alone. */
export type PageLabels = {
  from: number;
  prefix: string;
  style: "decimal" | "roman" | "ROMAN" | "letters" | "LETTERS" | "none";
  first: number;
};

export type AudioFacts = {
  /** Null when the file does not say, or says something impossible. */
  durationMs: number | null;
  codec: string;
  container: string;
  lossless: boolean;
  sampleRate: number | null;
  bitDepth?: number;
  channels: number | null;
  /** Bits per second. */
  bitrate: number | null;
};

/** All that was learned of one file. A refused file keeps its reasons and nothing else that matters. */
export type Inspection = {
  verdict: Verdict;
  kind: Kind;
  mediaType: string;
  reasons: Reason[];
  findings: Finding[];
  /** A JPEG made by us (never the file's own bytes), in the work folder. */
  cover?: { path: string; mediaType: "image/jpeg"; width: number; height: number };
  /** The cover as the file holds it: its own type and size, and by which sign it was recognised. */
  picture?: { mediaType: string; width: number; height: number; source: string };
  /** How a PDF numbers its pages, where it does otherwise than 1, 2, 3… */
  pageLabels?: PageLabels[];
  contents?: ContentsEntry[];
  audio?: AudioFacts;
  /** Wall time from the moment the file was given to a child to its answer. */
  seconds: number;
  /** The most memory that the child held meanwhile, itself included, in MB. */
  peakMb?: number;
};
