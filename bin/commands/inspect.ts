import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { recordOf } from "#domain/metadata/file-record.ts";
import type { Inspection } from "#domain/metadata/inspection.ts";
import { MachineBusy } from "#workers/inspect/reader.ts";
import { closeIdle, inspectFile, MOST_READERS } from "#workers/inspect/run.ts";

const usage = "usage: ventes inspect FILE… [--json] [--covers FOLDER]";
/** A machine without time for a child is asked again; then the file is told as too slow, for nobody is there to try later. */
const mostTries = 3;

type Answer = { file: string; inspection: Inspection };

/**
 * Reads the files in the very children of the worker, several at once, and prints what they say in the order in which
 * they were named: with `--json` one line each. 0 whatever the verdicts; 2 when it was not asked anything.
 */
export async function inspect(args: string[]): Promise<number> {
  const { values, positionals: files } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: "boolean" }, covers: { type: "string" } },
  });
  if (files.length === 0) {
    console.error(usage);
    return 2;
  }
  const print = values.json ? asJson : asWords;
  if (values.covers) await mkdir(values.covers, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), "ventes-inspect-"));
  try {
    await inOrder(files, MOST_READERS, (file, index) => answer(file, index, folder, values.covers), print);
  } finally {
    await rm(folder, { recursive: true, force: true });
    closeIdle();
  }
  return 0;
}

async function answer(
  file: string,
  index: number,
  folder: string,
  covers: string | undefined,
): Promise<Answer> {
  const workDir = join(folder, String(index));
  // npm moves to the project's folder first; names are meant from where the person stands.
  const path =
    process.env.npm_lifecycle_event === "ventes" ? resolve(process.env.INIT_CWD ?? "", file) : file;
  const options = { fileName: basename(file), workDir, cover: covers ? "keep" : "measure" } as const;
  const inspection = await patiently(() => inspectFile(path, options));
  // By its place in the list: the name of a stranger's file never becomes a path.
  if (covers && inspection.cover) await rename(inspection.cover.path, join(covers, `${index + 1}.jpg`));
  return { file, inspection };
}

async function patiently(read: () => Promise<Inspection>): Promise<Inspection> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await read();
    } catch (problem) {
      if (tries < mostTries) continue;
      const code = problem instanceof MachineBusy ? ("too_slow" as const) : ("unreadable" as const);
      const detail = problem instanceof Error ? problem.message : String(problem);
      const reasons = [{ code, detail }];
      const mediaType = "application/octet-stream";
      return { verdict: "refused", kind: "unknown", mediaType, reasons, findings: [], seconds: 0 };
    }
  }
}

/** At most `atOnce` under way; each answer is told as soon as all before it are. */
async function inOrder<In, Out>(
  all: readonly In[],
  atOnce: number,
  work: (each: In, index: number) => Promise<Out>,
  tell: (answer: Out) => void,
): Promise<void> {
  const done = new Map<number, Out>();
  let next = 0;
  let told = 0;
  const worker = async () => {
    while (next < all.length) {
      const index = next;
      next += 1;
      done.set(index, await work(all[index] as In, index));
      for (let ready = done.get(told); ready !== undefined; ready = done.get(told)) {
        tell(ready);
        done.delete(told);
        told += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker));
}

function asJson({ file, inspection }: Answer): void {
  const { verdict, reasons, seconds, peakMb } = inspection;
  const line = JSON.stringify({
    file,
    verdict,
    reasons,
    record: recordOf(inspection),
    seconds: Math.round(seconds * 10_000) / 10_000,
    peak_mb: peakMb ?? 0,
  });
  process.stdout.write(`${line.replace(UNSAFE, escaped)}\n`);
}

/** Means the same to whoever parses the line, and nothing to a page or a terminal in which it is shown as it is. */
const UNSAFE = /[<>\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

function asWords({ file, inspection }: Answer): void {
  const { title, creators, language, duration } = recordOf(inspection);
  const reasons = inspection.reasons.map(({ code, detail }) => (detail ? `${code} (${detail})` : code));
  const said = [
    title && `« ${title} »`,
    creators.map(({ name }) => name).join(", "),
    language,
    duration && `${duration} s`,
    ...reasons,
  ];
  const words = `${inspection.verdict.padEnd(8)} ${file}  ${said.filter(Boolean).join("; ")}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a file's name may hold what moves the cursor
  process.stdout.write(`${words.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "")}\n`);
}
