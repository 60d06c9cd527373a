import { cleanLine } from "#domain/metadata/clean-text.ts";
import type { AudioFacts, ContentsEntry, Inspection, Kind } from "#domain/metadata/inspection.ts";
import type { FieldName, Finding } from "#domain/metadata/record.ts";
import { finding } from "#domain/metadata/record.ts";
import { REASONS, type Reason, type ReasonCode, verdictOf } from "#domain/uploads/reasons.ts";

/** Ends the reading of a file with a reason. Anything else thrown while reading is « unreadable ». */
export class Unacceptable extends Error {
  readonly code: ReasonCode;
  readonly detail: string | undefined;
  constructor(code: ReasonCode, detail?: string) {
    super(detail === undefined ? code : `${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** What a reader fills in as it goes. Reasons are kept once each; a finding that does not parse is dropped. */
export class Notebook {
  readonly reasons: Reason[] = [];
  readonly findings: Finding[] = [];
  contents: ContentsEntry[] | undefined;
  audio: AudioFacts | undefined;
  cover: Inspection["cover"];
  picture: Inspection["picture"];
  pageLabels: Inspection["pageLabels"];

  warn(code: ReasonCode, detail?: string): void {
    if (this.reasons.some((reason) => reason.code === code)) return;
    this.reasons.push(detail === undefined ? { code } : { code, detail: printable(detail) });
  }

  note(field: FieldName, value: unknown, source: string): void {
    const claim = finding(field, value, source);
    if (claim) this.findings.push(claim);
  }

  /** The last resort for a book without a title: the name of its file, which the artist will correct. */
  noteNameOfFile(fileName: string): void {
    this.note(
      "title",
      cleanLine(fileName.replace(/\.[a-z0-9]{2,5}$/i, "").replace(/_/g, " "), 200),
      "file-name",
    );
  }

  has(field: FieldName): boolean {
    return this.findings.some((claim) => claim.field === field);
  }

  close(kind: Kind, mediaType: string, startedAt: number): Inspection {
    return {
      verdict: verdictOf(this.reasons),
      kind,
      mediaType,
      reasons: this.reasons,
      findings: this.findings,
      ...(this.cover ? { cover: this.cover } : {}),
      ...(this.picture ? { picture: this.picture } : {}),
      ...(this.pageLabels ? { pageLabels: this.pageLabels } : {}),
      ...(this.contents ? { contents: this.contents } : {}),
      ...(this.audio ? { audio: this.audio } : {}),
      seconds: (performance.now() - startedAt) / 1000,
    };
  }
}

export function refusal(
  code: ReasonCode,
  detail: string | undefined,
  seconds: number,
  kind: Kind = "unknown",
  mediaType = "application/octet-stream",
): Inspection {
  if (REASONS[code] !== "refused") throw new TypeError(`${code} does not refuse`);
  return {
    verdict: "refused",
    kind,
    mediaType,
    reasons: [detail === undefined ? { code } : { code, detail: printable(detail) }],
    findings: [],
    seconds,
  };
}

/** A detail goes to a log and to a curator's screen: short, and nothing but printable characters. */
function printable(detail: string): string {
  return detail
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .slice(0, 200);
}
