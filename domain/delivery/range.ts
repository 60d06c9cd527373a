export type Span = { start: number; end: number };

/**
 * What a `Range` header asks of a file of `size` bytes (RFC 9110): one span of bytes, `end` included; null for the whole file (no
 * header, another unit, several spans: answering all of it is allowed); « unsatisfiable » where it begins after the end.
 */
export function readRange(header: string | null, size: number): Span | null | "unsatisfiable" {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "");
  if (!found || (found[1] === "" && found[2] === "")) return null;
  const [, from = "", to = ""] = found;
  if (from === "") {
    const length = Math.min(Number(to), size);
    return length === 0 ? "unsatisfiable" : { start: size - length, end: size - 1 };
  }
  const start = Number(from);
  if (start >= size) return "unsatisfiable";
  const end = to === "" ? size - 1 : Math.min(Number(to), size - 1);
  return end < start ? null : { start, end };
}
