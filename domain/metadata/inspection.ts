/** What the reader of files (`workers/inspect`) hands over: the shape of its answer, agreed on here. */
import type { Reason, Verdict } from "../uploads/reasons.ts";
import type { Finding } from "./record.ts";

export type Kind = "epub" | "pdf" | "audio" | "image" | "unknown";

export type ContentsEntry = { title: string; depth: number; href?: string };

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
  contents?: ContentsEntry[];
  audio?: AudioFacts;
  /** Wall time, from start of the child to its end. */
  seconds: number;
};
