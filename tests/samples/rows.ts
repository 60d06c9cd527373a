/** Rows of a CSV with a header, quoted cells and doubled quotes (RFC 4180), as objects. */
export function rows(text: string): Record<string, string>[] {
  const cells = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)];
  const lines: string[][] = [[]];
  for (const [whole, quoted, bare = "", end] of cells) {
    if (whole === "" && (lines.at(-1)?.length ?? 0) === 0) continue;
    lines.at(-1)?.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end !== ",") lines.push([]);
  }
  const [header = [], ...body] = lines.filter((line) => line.length > 1);
  return body.map((line) => Object.fromEntries(header.map((name, index) => [name, line[index] ?? ""])));
}
