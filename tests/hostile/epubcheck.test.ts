/** Every sample is a valid EPUB, whatever the book was: judged by EPUBCheck where it is installed (Debian: apt install epubcheck). */
import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeSampleEpub } from "#workers/inspect/derivatives/sample-epub.ts";
import { ALLOWED_TAGS, sanitise } from "#workers/inspect/derivatives/sanitise.ts";
import { validChildren, written } from "#workers/inspect/derivatives/valid-structure.ts";
import { parseXml } from "#workers/inspect/xml.ts";
import { picture } from "./make-files.ts";

const run = promisify(execFile);
const jar = "/usr/share/java/epubcheck.jar";
const isHere = existsSync(jar) && spawnSync("java", ["-version"], { stdio: "ignore" }).status === 0;
if (!isHere) console.warn("EPUBCheck is not installed: the samples are not judged by it");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "epubcheck-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Pages as no book should have them: anything in anything. */
function pages(count: number): string[] {
  const empty = new Set(["img", "br", "hr"]);
  const attributes = fc.constantFrom(
    "",
    ' lang="fr"',
    ' dir="rtl"',
    ' colspan="0"',
    ' rowspan="-1"',
    ' colspan="2"',
  );
  const tree = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom("mot", "&amp;", "x", " "),
      fc
        .tuple(fc.constantFrom(...ALLOWED_TAGS), attributes, fc.array(tie("node"), { maxLength: 4 }))
        .map(([tag, said, inside]) =>
          empty.has(tag) ? `<${tag} src="a.jpg"/>` : `<${tag}${said}>${inside.join("")}</${tag}>`,
        ),
    ),
  })).node;
  return fc.sample(
    fc.array(tree, { minLength: 3, maxLength: 8 }).map((all) => all.join("")),
    {
      numRuns: count,
      seed: 20261122,
    },
  );
}

const cut = (page: string): string => {
  const clean = sanitise(page, { sourceOf: () => "images/1.jpg" });
  return written(validChildren(parseXml(Buffer.from(`<section>${clean}</section>`))?.root.children ?? []));
};

it.skipIf(!isHere)("judges a sample of the wildest pages valid", { timeout: 300_000 }, async () => {
  const jpeg = await picture(60, 80);
  const path = join(folder, "sample.epub");
  await writeSampleEpub(path, {
    identifier: "urn:uuid:5b6f0a54-2a52-4a3b-9f0e-5f5d3a1c8e11",
    title: "Tout & <n’importe quoi>",
    people: ["Ana « la » Roy", ""],
    language: "fr-CA",
    direction: "ltr",
    modifiedAt: "2026-03-01T10:00:00.000Z",
    pages: pages(80).map((page, at) => ({ title: `Page ${at + 1}`, fragment: cut(page) })),
    pictures: [{ name: "1.jpg", jpeg }],
    cover: jpeg,
  });
  const { stdout, stderr } = await run("java", ["-jar", jar, path], { maxBuffer: 1e8 }).catch(
    (problem: { stdout: string; stderr: string }) => problem,
  );
  const told = `${stdout}\n${stderr}`.split("\n").filter((line) => /^(?:ERROR|FATAL|WARNING)/.test(line));
  expect(told.slice(0, 10).map((line) => line.slice(0, 300))).toEqual([]);
  expect(stdout).toMatch(/No errors or warnings|Aucune erreur/);
});
