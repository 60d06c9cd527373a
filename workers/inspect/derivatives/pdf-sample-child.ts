/**
 * The child that makes the sample of a PDF: its first pages drawn as pictures, one HTML fragment each, under the same
 * bounds as the inspector. What the page says is beside the picture for those who do not see it.
 */
import { writeSync } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cleanLine } from "#domain/metadata/clean-text.ts";
import { drawPage, openPdf } from "../pdf/open-pdf.ts";
import { escapeXml } from "./sample-epub.ts";

export type PdfSampleJob = { path: string; language: string | null };
export type PdfSampleAnswer = { pages: { file: string; title: string; words: number }[]; language: string };

const MOST_PAGES = 12;
const SIZE = { width: 1_000, height: 1_500, quality: 72 };

const job = JSON.parse(process.argv[2] ?? "{}") as PdfSampleJob & { workDir: string };
for (const name of ["uncaughtException", "unhandledRejection"] as const)
  process.on(name, () => process.exit(1));
writeSync(3, `${JSON.stringify(await makeSample())}\n`);
process.exit(0);

async function makeSample(): Promise<PdfSampleAnswer> {
  const document = openPdf(job.path, (await stat(job.path)).size);
  // A tenth, as of every book; of a leaflet the first page alone.
  const count = Math.min(MOST_PAGES, Math.max(1, Math.floor(document.countPages() / 10)));
  const language = job.language ?? "und";
  const pages: PdfSampleAnswer["pages"] = [];
  for (let index = 0; index < count; index += 1) {
    const jpeg = Buffer.from(drawPage(document, index, SIZE)).toString("base64");
    const text = cleanLine(document.loadPage(index).toStructuredText("").asText(), 4_000);
    const file = `page-${index + 1}.html`;
    const picture = `<img src="data:image/jpeg;base64,${jpeg}" alt="${escapeXml(text || String(index + 1))}" />`;
    await writeFile(
      join(job.workDir, file),
      `<div lang="${language}" dir="ltr"><figure>${picture}</figure></div>`,
    );
    pages.push({ file, title: String(index + 1), words: text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0 });
  }
  return { pages, language };
}
