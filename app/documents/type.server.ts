import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The cuts of Literata that documents are set in. WOFF, not WOFF2: of the latter, no subset can be made that holds accents. */
export type Weight = 400 | 600;

const require = createRequire(import.meta.url);
/** By how often a name or a title needs them: the first one holds French and English whole. */
const scripts = [
  "latin",
  "latin-ext",
  "vietnamese",
  "greek",
  "greek-ext",
  "cyrillic",
  "cyrillic-ext",
] as const;
type Script = (typeof scripts)[number];

const files = new Map<string, Buffer>();

/** The bytes of one cut, read once in the life of the process (20 kB each). */
export function cutOf(weight: Weight, script: Script): Buffer {
  const name = `@fontsource/literata/files/literata-${script}-${weight}-normal.woff`;
  const known = files.get(name);
  if (known) return known;
  const file = readFileSync(require.resolve(name));
  files.set(name, file);
  return file;
}

/** Which cut has a sign: the two weights hold the same. Asked once for each sign. */
const scriptOf = new Map<number, Script | null>();

export type Run = { script: Script; text: string };

/**
 * Cuts a text into runs that one cut of the type can set. `holds` says whether a cut has a sign; what none has is a question mark,
 * and the narrow no-break space, which none has, the usual one.
 */
export function runsOf(text: string, holds: (script: Script, codePoint: number) => boolean): Run[] {
  const runs: Run[] = [];
  for (const sign of text.replace(/[\u202f\u2009]/g, "\u00a0").replace(/[\n\r\t]+/g, " ")) {
    const codePoint = sign.codePointAt(0)!;
    let script = scriptOf.get(codePoint);
    if (script === undefined) {
      script = scripts.find((each) => holds(each, codePoint)) ?? null;
      scriptOf.set(codePoint, script);
    }
    const last = runs.at(-1);
    if (last && (last.script === script || script === null)) last.text += script ? sign : "?";
    else runs.push({ script: script ?? "latin", text: script ? sign : "?" });
  }
  return runs;
}
