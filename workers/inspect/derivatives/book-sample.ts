import { runBounded } from "../bounded.ts";
import type { PdfSampleAnswer, PdfSampleJob } from "./pdf-sample-child.ts";
import type { SampleAnswer, SampleJob } from "./sample-child.ts";

const TIMEOUT_MS = 30_000;
const MEMORY_MB = 400;

/** A sample of the EPUB at `path`, in `workDir`; undefined when none could be made within the bounds. */
export async function makeBookSample(
  path: string,
  workDir: string,
  job: Omit<SampleJob, "path">,
): Promise<SampleAnswer | undefined> {
  const programme = new URL("./sample-child.ts", import.meta.url);
  const { lines } = await runBounded(
    programme,
    { ...job, path },
    { workDir, timeoutMs: TIMEOUT_MS, memoryMb: MEMORY_MB },
  );
  const answer = lines.at(-1) ? (JSON.parse(lines.at(-1) as string) as SampleAnswer) : undefined;
  return answer && answer.pages.length > 0 ? answer : undefined;
}

/** The first pages of the PDF at `path`, drawn; undefined when they could not be within the bounds. */
export async function makePdfSample(
  path: string,
  workDir: string,
  job: Omit<PdfSampleJob, "path">,
): Promise<PdfSampleAnswer | undefined> {
  const programme = new URL("./pdf-sample-child.ts", import.meta.url);
  const bounds = { workDir, timeoutMs: TIMEOUT_MS, memoryMb: MEMORY_MB };
  const { lines } = await runBounded(programme, { ...job, path }, bounds);
  const answer = lines.at(-1) ? (JSON.parse(lines.at(-1) as string) as PdfSampleAnswer) : undefined;
  return answer && answer.pages.length > 0 ? answer : undefined;
}
