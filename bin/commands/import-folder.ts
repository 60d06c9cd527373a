/** A folder in which a table stands beside the files of its works. */
import { readdir, realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { Sent } from "#domain/exchange/sent.ts";
import { kindOfName } from "#domain/uploads/limits.ts";

export type Folder = {
  /** The path of the ONIX or CSV. */
  table: string;
  /** The files of a line: those that it names, else those that are called like its ISBN or reference; `path` null where one is missing. */
  filesOf: (sent: Sent) => { name: string; path: string | null }[];
  /** Files that no line asked for. */
  unclaimed: () => string[];
};

const isTable = (name: string) => /\.(?:csv|tsv|xml|onix)$/i.test(name);
const plain = (name: string) => name.normalize("NFC").toLowerCase();

/** Or in words why it cannot be: no table in it, or several. Links that lead out of it are not followed. */
export async function openFolder(path: string): Promise<Folder | { problem: string }> {
  const root = await realpath(path);
  const found = new Map<string, string>();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith(".")) continue;
    const full = join(entry.parentPath, entry.name);
    found.set(plain(relative(root, full).split(sep).join("/")), full);
  }
  const tables = [...found].filter(([name]) => !name.includes("/") && isTable(name));
  if (tables.length !== 1)
    return {
      problem:
        tables.length === 0
          ? `${path} holds no CSV or ONIX`
          : `${path} holds ${tables.length} tables, and should hold one: ${tables.map(([name]) => name).join(", ")}`,
    };
  const files = new Map([...found].filter(([name]) => kindOfName(name) !== undefined));
  const asked = new Set<string>();
  /** As it is written, or by its bare name anywhere in the folder. */
  const find = (name: string): string | null => {
    const wanted = plain(name).replaceAll("\\", "/").replace(/^\.\//, "");
    const key = files.has(wanted)
      ? wanted
      : [...files.keys()].find((each) => each.split("/").at(-1) === wanted);
    if (key === undefined) return null;
    asked.add(key);
    return files.get(key) ?? null;
  };
  const calledLike = (sent: Sent): string[] => {
    const isbns = (sent.fields.identifiers ?? [])
      .filter(({ scheme }) => scheme === "isbn")
      .map(({ value }) => value);
    const names = new Set([sent.reference, ...isbns].map(plain));
    return [...files.keys()].filter((key) => {
      const bare = key
        .split("/")
        .at(-1)!
        .replace(/\.[^.]+$/, "");
      return names.has(bare) || names.has(bare.replaceAll("-", ""));
    });
  };
  return {
    table: tables[0]![1],
    filesOf: (sent) => {
      const named = sent.files ?? calledLike(sent);
      return named.map((name) => ({ name, path: find(name) }));
    },
    unclaimed: () => [...files.keys()].filter((key) => !asked.has(key)),
  };
}
