/** One folder for the files of a test, and the reader called on them as the jobs call it. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect } from "vitest";
import type { Inspection } from "#domain/metadata/inspection.ts";
import type { FieldName } from "#domain/metadata/record.ts";
import { MachineBusy } from "#workers/inspect/reader.ts";
import { inspectFile } from "#workers/inspect/run.ts";

/** A machine that had no processor for the file is asked again, as the worker's queue does; every other answer is the answer. */
export async function inspectPatiently(
  path: string,
  folder: string,
): Promise<{ inspection: Inspection; workDir: string }> {
  for (let tries = 1; ; tries += 1) {
    const workDir = await mkdtemp(join(folder, "work-"));
    try {
      return { inspection: await inspectFile(path, { fileName: basename(path), workDir }), workDir };
    } catch (error) {
      if (!(error instanceof MachineBusy) || tries === 5) throw error;
    }
  }
}

export async function readingRoom() {
  const folder = await mkdtemp(join(tmpdir(), "hostile-"));
  return {
    folder,
    async read(path: string): Promise<Inspection> {
      const { inspection, workDir } = await inspectPatiently(path, folder);
      expect(inspection.seconds).toBeLessThan(10);
      // Nothing but a cover is left behind, and only where it was told.
      expect((await readdir(workDir)).filter((name) => name !== "cover.jpg")).toEqual([]);
      return inspection;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

export const said = (inspection: Inspection, field: FieldName) =>
  inspection.findings.find((each) => each.field === field)?.value;
export const codes = ({ reasons }: Inspection) => reasons.map(({ code }) => code);
