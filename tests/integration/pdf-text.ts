import * as mupdf from "mupdf";

/** What a PDF says and what it is: read by another hand than the one that wrote it. */
export async function readPdf(body: ReadableStream<Uint8Array>): Promise<{
  pages: number;
  /** Lines of text, spaces made plain. */
  lines: string[];
  title: string | undefined;
  language: string;
  tagged: boolean;
  /** Names of the fonts, and whether each is carried along. */
  fonts: { name: string; embedded: boolean }[];
  bytes: number;
}> {
  const bytes = new Uint8Array(await new Response(body).arrayBuffer());
  const document = mupdf.Document.openDocument(bytes, "application/pdf") as mupdf.PDFDocument;
  const lines: string[] = [];
  const pages = document.countPages();
  const fonts = new Map<string, boolean>();
  for (let n = 0; n < pages; n += 1) {
    const page = document.loadPage(n) as mupdf.PDFPage;
    lines.push(...page.toStructuredText("").asText().split("\n").map(plain));
    page
      .getObject()
      .get("Resources", "Font")
      .forEach((font: mupdf.PDFObject) => {
        const descendant = font.get("DescendantFonts", 0);
        fonts.set(font.get("BaseFont").asName(), !descendant.get("FontDescriptor", "FontFile2").isNull());
      });
  }
  const root = document.getTrailer().get("Root");
  return {
    pages,
    lines: lines.filter((line) => line !== ""),
    title: document.getMetaData("info:Title"),
    language: root.get("Lang").asString(),
    tagged: root.get("MarkInfo", "Marked").asBoolean() && !root.get("StructTreeRoot").isNull(),
    fonts: [...fonts].map(([name, embedded]) => ({ name, embedded })),
    bytes: bytes.length,
  };
}

export const plain = (text: string): string => text.replace(/[\u00a0\u202f\s]+/g, " ").trim();
