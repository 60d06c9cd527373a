/**
 * Books and tracks read a second, by our reader (isolated, bounded, completed) and by the bare libraries in one process,
 * over the same files in the same run, in turn, once everything is warm; and by ebook-meta and exiftool where the machine
 * has them. `node tests/benchmarks/inspect.ts [FOLDER]`: FOLDER holds EPUBs and sounds, at any depth (the samples beside
 * the project when it is not said). Prints a table; run it on an idle machine. `--rounds` and `--times` make it shorter, `--alone` leaves out
 * the others.
 */
import { execFileSync, fork, spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { closeIdle, inspectFile, MOST_READERS } from "#workers/inspect/run.ts";

// Sizes of a run: each round reads every file this many times.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "5" },
    times: { type: "string", default: "4" },
    alone: { type: "boolean", default: false },
  },
});
const [rounds, times] = [Number(values.rounds), Number(values.times)];

const folder = resolve(positionals[0] ?? fileURLToPath(new URL("../../../shared/samples", import.meta.url)));
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function filesOf(pattern: RegExp): Promise<string[]> {
  const all = await readdir(folder, { recursive: true });
  return all
    .filter((path) => pattern.test(path) && !/(?:^|\/)hostile\//.test(path))
    .map((path) => join(folder, path));
}

/** Seconds that our reader takes, as many files at once as it has children. */
async function ours(files: readonly string[], workDir: string): Promise<number> {
  const begun = performance.now();
  let next = 0;
  const one = async () => {
    for (let path = files[next]; path !== undefined; path = files[next]) {
      next += 1;
      await inspectFile(path, { fileName: basename(path), workDir, cover: "measure" });
    }
  };
  await Promise.all(Array.from({ length: MOST_READERS }, one));
  return (performance.now() - begun) / 1000;
}

/** Files a second of a programme that reads many in one call, or undefined where there is none. */
function programme(
  command: string,
  args: (file: string[]) => string[][],
  files: string[],
): number | undefined {
  if (values.alone || spawnSync(command, ["--version"], { stdio: "ignore" }).error) return undefined;
  const begun = performance.now();
  for (const each of args(files)) execFileSync(command, each, { stdio: "ignore" });
  return files.length / ((performance.now() - begun) / 1000);
}

const workDir = await mkdtemp(join(tmpdir(), "benchmark-inspect-"));
const bare = fork(fileURLToPath(new URL("bare-readers.ts", import.meta.url)));
const answer = () => new Promise<unknown>((settle) => bare.once("message", settle));
await answer();
const alone = async (files: readonly string[]) => {
  const said = answer();
  bare.send({ files });
  return ((await said) as { seconds: number }).seconds;
};

const lines = [
  `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${availableParallelism()} at once, load ${loadavg()[0]!.toFixed(1)} before, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}.`,
  "",
  `| what | files | ours, ${MOST_READERS} children | bare library, one process | ratio | others |`,
  "|---|---|---|---|---|---|",
];
try {
  for (const [name, pattern] of [
    ["books", /\.epub$/i],
    ["tracks", /\.(?:mp3|flac|m4a|ogg|oga|opus|wav|aiff?)$/i],
  ] as const) {
    const files = await filesOf(pattern);
    if (files.length === 0) {
      console.log(`no ${name} in ${folder}`);
      continue;
    }
    const many = Array.from({ length: times }, () => files).flat();
    // Once for nothing: libraries loaded, code compiled, files in the page cache.
    await ours(many, workDir);
    await alone(many);
    const [mine, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      mine.push(many.length / (await ours(many, workDir)));
      theirs.push(many.length / (await alone(many)));
    }
    const ratio = median(mine.map((each, index) => each / theirs[index]!));
    const others =
      name === "books"
        ? { "ebook-meta": programme("ebook-meta", (all) => all.map((file) => [file]), files) }
        : { exiftool: programme("exiftool", (all) => [all], files) };
    const said = Object.entries(others).map(([tool, rate]) => `${tool} ${rate?.toFixed(1) ?? "not asked"}`);
    lines.push(
      `| ${name} | ${files.length} | ${median(mine).toFixed(0)}/s | ${median(theirs).toFixed(0)}/s | ${ratio.toFixed(2)} | ${said.join(", ")} |`,
    );
  }
  console.log(lines.join("\n"));
} finally {
  bare.disconnect();
  closeIdle();
  await rm(workDir, { recursive: true, force: true });
}
