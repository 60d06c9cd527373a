/** A whole file that cannot be read, or is a trap; what was read before stays as it was told. */
export type UnreadableCode =
  | "not_known"
  | "xml_dtd"
  | "xml_encoding"
  | "xml_malformed"
  | "xml_too_deep"
  | "xml_too_large"
  | "onix_release"
  | "csv_encoding"
  | "csv_malformed"
  | "csv_too_large"
  | "csv_columns";

export class UnreadableFile extends Error {
  readonly code: UnreadableCode;
  readonly detail: string | undefined;
  constructor(code: UnreadableCode, detail?: string) {
    super(detail ? `${code}: ${detail}` : code);
    this.name = "UnreadableFile";
    this.code = code;
    this.detail = detail;
  }
}
