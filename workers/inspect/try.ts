/** `node workers/inspect/try.ts FILE…`: what the reader makes of files, for who mends it. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { inspectFile } from "./run.ts";

for (const path of process.argv.slice(2)) {
  const workDir = await mkdtemp(join(tmpdir(), "inspect-"));
  console.dir(
    { path, ...(await inspectFile(path, { fileName: basename(path), workDir })) },
    { depth: 6, maxStringLength: 300 },
  );
}
