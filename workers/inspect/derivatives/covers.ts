import { runBounded } from "../bounded.ts";

/** `position` is the width for which it was made; `file` its name in the work folder. */
export type CoverFile = { width: number; height: number; position: number; mediaType: string; file: string };
export type Covers = { colour: string; files: CoverFile[] };

/** Two seconds of the processor; more where the machine is busy. */
const BOUNDS = { timeoutMs: 120_000, memoryMb: 500 };

/**
 * The sizes and formats of one cover, made in `workDir` by a process of their own. `jpeg` is the path of the one that the inspector
 * made, never a stranger's bytes: what fails is no fault of a file, and thrown.
 */
export async function makeCovers(jpeg: string, workDir: string): Promise<Covers> {
  const programme = new URL("./covers-child.ts", import.meta.url);
  const { lines, why } = await runBounded(programme, { path: jpeg }, { workDir, ...BOUNDS });
  const answer = lines.at(-1);
  if (answer === undefined) throw new Error(`the covers were not made (${why ?? "stopped"})`);
  return JSON.parse(answer) as Covers;
}
