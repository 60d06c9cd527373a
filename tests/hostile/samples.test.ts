/**
 * The corpora that lie beside the project, where they do: real books, PDFs and music, whose records were read by other
 * tools, and hostile files with what a sane system answers. Absent, these tests are skipped and say so.
 */
import { existsSync, readFileSync } from "node:fs";
import { access, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Inspection } from "#domain/metadata/inspection.ts";
import type { Contributor, FieldName } from "#domain/metadata/record.ts";
import { inspectPatiently } from "./reading.ts";
import { rows } from "./rows.ts";

// Each file is read by a process of its own: on a busy machine that takes seconds.
vi.setConfig({ testTimeout: 120_000 });

const samples = fileURLToPath(new URL("../../../shared/samples/", import.meta.url));
const present = existsSync(join(samples, "manifest.csv"));
if (!present) console.warn(`skipped: no samples at ${samples}`);
const table = (name: string) => (present ? rows(readFileSync(join(samples, name), "utf8")) : []);

/** Every good sample takes a second or two: one in six by default, all of them with SAMPLES=all (about three minutes). */
const some = <Row>(all: Row[]) =>
  process.env.SAMPLES === "all" ? all : all.filter((_, index) => index % 6 === 0);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "samples-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const read = async (path: string) => (await inspectPatiently(join(samples, path), folder)).inspection;
const said = (inspection: Inspection, field: FieldName) =>
  inspection.findings.find((each) => each.field === field)?.value;

describe.skipIf(!present)("hostile samples", () => {
  let canary: Server;
  let visits = 0;
  beforeAll(async () => {
    // Where some of the files would call, if anything in us listened to them.
    canary = createServer((_, response) => {
      visits += 1;
      response.end();
    });
    await new Promise<void>((ready) =>
      canary.once("error", () => ready()).listen(59_999, "127.0.0.1", ready),
    );
  });
  afterAll(() => canary.close());

  const answers: Record<string, string> = {
    accept: "accepted",
    "accept-with-warning": "warned",
    reject: "refused",
  };
  it.each(table("hostile/expectations.csv").map((row) => [row.path as string, row] as const))(
    "%s",
    async (path, row) => {
      const inspection = await read(`hostile/${path}`);
      expect((row.expected as string).split("|").map((answer) => answers[answer])).toContain(
        inspection.verdict,
      );
      expect(inspection.seconds).toBeLessThanOrEqual(10);
      const title = said(inspection, "title") ?? said(inspection, "trackTitle");
      if (row.expected_title && inspection.verdict !== "refused") expect(title).toBe(row.expected_title);
      const text = JSON.stringify(inspection);
      expect(text).not.toMatch(/root:x:0|[\u202A-\u202E\u2066-\u2069]|\\u0000/);
      const duration = inspection.audio?.durationMs ?? 1;
      expect(duration).toBeGreaterThan(0);
      expect(duration).toBeLessThan(48 * 3_600_000);
      expect(visits).toBe(0);
      expect((await readdir("/tmp")).filter((name) => name.startsWith("pwned-ventes-"))).toEqual([]);
    },
  );
});

describe.skipIf(!present)("good samples", () => {
  it.each(some(table("manifest.csv")).map((row) => [row.path as string, row] as const))(
    "%s",
    async (path, row) => {
      await access(join(samples, path));
      const inspection = await read(path);
      expect(inspection.verdict).not.toBe("refused");
      if (row.kind === "artwork") return;
      const isTrack = row.kind === "track";
      if (row.title) expect(said(inspection, isTrack ? "trackTitle" : "title")).toBe(row.title);
      if (row.language)
        expect(said(inspection, "language")).toBe(
          Intl.getCanonicalLocales((row.language as string).replace("fra", "fr"))[0],
        );
      const people = (said(inspection, "contributors") ?? []) as Contributor[];
      for (const name of names(row.creators)) expect(people.map((person) => person.name)).toContain(name);
      if (row.series) expect(said(inspection, "series")).toMatchObject({ name: row.series });
      if (row.pages) expect(said(inspection, "pageCount")).toBe(Number(row.pages));
      if (row.isrc)
        expect(said(inspection, "identifiers")).toContainEqual({ scheme: "isrc", value: row.isrc });
      if (row.album) expect(said(inspection, "albumTitle")).toBe(row.album);
      if (isTrack)
        expect(
          Math.abs((inspection.audio?.durationMs ?? 0) / 1_000 - Number(row.duration_s)),
        ).toBeLessThanOrEqual(0.1);
      if (isTrack || row.format === "EPUB")
        expect(Boolean(inspection.cover)).toBe(!["none", "folder"].includes(row.cover as string));
    },
  );
});

function names(cell: string | undefined): string[] {
  return (cell ?? "")
    .split(";")
    .map((person) => (person.split("|")[0] ?? "").trim())
    .filter((name) => name !== "");
}
