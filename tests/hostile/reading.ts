/** One folder for the files of a test, and the reader called on them as the jobs call it. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { Inspection } from "#domain/metadata/inspection.ts";
import type { FieldName } from "#domain/metadata/record.ts";
import { inspectFile } from "#workers/inspect/run.ts";

export async function readingRoom() {
  const folder = await mkdtemp(join(tmpdir(), "hostile-"));
  return {
    folder,
    async read(path: string): Promise<Inspection> {
      const workDir = await mkdtemp(join(folder, "work-"));
      const inspection = await inspectFile(path, { fileName: path.split("/").at(-1) as string, workDir });
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
