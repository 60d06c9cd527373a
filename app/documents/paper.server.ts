import { once } from "node:events";
import { PassThrough, Readable } from "node:stream";
import { setImmediate as breathe } from "node:timers/promises";
import PDFDocument from "pdfkit";
import type { Locale } from "#i18n/locale.ts";
import { cutOf, type Run, runsOf, type Weight } from "./type.server.ts";

const ink = "#221d18";
const soft = "#5c5247";
const line = "#d8ccb6";
const accent = "#8c2f1b";
const margin = 48;
const footHeight = 30;

type Look = { size: number; weight?: Weight; colour?: string; align?: "left" | "right"; numeric?: boolean };
/** `share`: of the width, in parts of the sum of all; amounts stand on the right, in figures of one width. */
export type Column = { head: string; share: number; amount?: boolean };
export type Cell = string | { text: string; note?: string; strong?: boolean };
/** `strong`: a total. `soft`: said quietly. */
export type RowLook = { strong?: boolean; soft?: boolean };

export type Table = {
  /** Waits where the reader is slow, and lets other requests through. */
  row(cells: readonly Cell[], look?: RowLook): Promise<void>;
  end(): void;
};

export type Paper = {
  title(text: string): void;
  heading(text: string): void;
  paragraph(text: string, look?: { soft?: boolean; small?: boolean }): void;
  facts(pairs: readonly (readonly [label: string, value: string])[]): void;
  table(columns: readonly Column[], caption: string): Table;
};

export type PaperOptions = {
  locale: Locale;
  /** In the document's properties and the title bar of readers. */
  title: string;
  author: string;
  landscape?: boolean;
  /** At the foot of every page, with its number. */
  foot: string;
  madeAt: Date;
  page: (n: number) => string;
};

/**
 * A PDF as it is written: tagged, with its language and title, in type that it carries along (only the signs used), without ever
 * being whole in memory. What `write` throws ends the stream with an error; a reader that goes away ends the writing.
 */
export function paper(
  options: PaperOptions,
  write: (paper: Paper) => Promise<void>,
): ReadableStream<Uint8Array> {
  const document = new PDFDocument({
    size: "LETTER",
    layout: options.landscape ? "landscape" : "portrait",
    margins: { top: margin, left: margin, right: margin, bottom: 0 },
    pdfVersion: "1.7",
    // Known to pdfkit, and not yet to its types.
    subset: "PDF/UA" as never,
    tagged: true,
    lang: options.locale === "fr" ? "fr-CA" : "en-CA",
    displayTitle: true,
    autoFirstPage: false,
    // None of the built-in type, which would not be carried along.
    font: "",
    info: {
      Title: options.title,
      Author: options.author,
      CreationDate: options.madeAt,
      ModDate: options.madeAt,
    },
  });
  const out = new PassThrough();
  document.pipe(out);
  const flow = {
    async wait() {
      if (out.destroyed) throw new ReaderGone();
      if (out.writableNeedDrain) await Promise.race([once(out, "drain"), once(out, "close")]);
      else await breathe();
    },
  };
  void (async () => {
    try {
      const { sheet, finish } = compose(document, options, flow);
      await write(sheet);
      finish();
    } catch (error) {
      document.unpipe(out);
      out.destroy(error instanceof ReaderGone ? undefined : (error as Error));
    }
  })();
  return Readable.toWeb(out) as ReadableStream<Uint8Array>;
}

class ReaderGone extends Error {}

function compose(document: PDFKit.PDFDocument, options: PaperOptions, flow: { wait(): Promise<void> }) {
  const opened = new Set<string>();
  let pages = 0;
  let y = margin;
  const width = () => document.page.width - 2 * margin;
  const bottom = () => document.page.height - margin - footHeight;
  const root = document.struct("Document");
  document.addStructure(root);

  /** One cut ready to set with; its name in the document is weight and script. */
  function open(weight: Weight, script: Run["script"]): void {
    const name = `${weight} ${script}`;
    if (!opened.has(name)) document.registerFont(name, cutOf(weight, script));
    opened.add(name);
    document.font(name);
  }
  const holds = (script: Run["script"], codePoint: number) => {
    open(400, script);
    const { font } = (
      document as unknown as { _font: { font: { hasGlyphForCodePoint(c: number): boolean } } }
    )._font;
    return font.hasGlyphForCodePoint(codePoint);
  };
  const features = (look: Look) => (look.numeric ? { features: ["tnum" as const] } : {});

  /** Laying out is most of the work, and the same prices, dates and titles come again and again. */
  const widths = new Map<string, number>();
  function widthOf(run: Run, look: Look): number {
    const key = `${look.weight ?? 400} ${look.size} ${look.numeric ?? ""} ${run.script} ${run.text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    open(look.weight ?? 400, run.script);
    const wide = document.fontSize(look.size).widthOfString(run.text, features(look));
    if (widths.size > 5000) widths.clear();
    widths.set(key, wide);
    return wide;
  }
  const measure = (runs: readonly Run[], look: Look) =>
    runs.reduce((sum, run) => sum + widthOf(run, look), 0);

  /** One line of text, cut with an ellipsis where it does not fit. */
  function put(text: string, x: number, top: number, room: number, look: Look): void {
    if (text === "") return;
    let runs = runsOf(text, holds);
    let wide = measure(runs, look);
    for (let kept = text.length; wide > room + 0.5 && kept > 1; ) {
      kept = Math.min(kept - 1, Math.floor((kept * room) / wide));
      runs = runsOf(`${text.slice(0, Math.max(1, kept)).trimEnd()}…`, holds);
      wide = measure(runs, look);
    }
    let at = look.align === "right" ? x + room - wide : x;
    document.fillColor(look.colour ?? ink).fontSize(look.size);
    for (const run of runs) {
      open(look.weight ?? 400, run.script);
      document.text(run.text, at, top, { lineBreak: false, ...features(look) });
      at += widthOf(run, look);
    }
  }

  /** The lines that a text takes in so much room, broken at its spaces. */
  function wrap(text: string, room: number, look: Look): string[] {
    const lines: string[] = [];
    for (const word of text.split(" ")) {
      const last = lines.at(-1);
      const joined = last === undefined ? word : `${last} ${word}`;
      if (last === undefined || measure(runsOf(joined, holds), look) > room) lines.push(word);
      else lines[lines.length - 1] = joined;
    }
    return lines;
  }

  const asArtifact = (draw: () => void) => {
    document.markContent("Artifact", { type: "Layout" });
    draw();
    document.endMarkedContent();
  };
  const ruleAt = (at: number, colour: string, thick: number) =>
    asArtifact(() =>
      document
        .moveTo(margin, at)
        .lineTo(margin + width(), at)
        .lineWidth(thick)
        .strokeColor(colour)
        .stroke(),
    );

  function turn(): void {
    document.addPage();
    pages += 1;
    y = margin;
    const foot = document.page.height - margin - 8;
    document.markContent("Artifact", { type: "Pagination" });
    put(options.foot, margin, foot, width() * 0.75, { size: 8, colour: soft });
    put(options.page(pages), margin, foot, width(), { size: 8, colour: soft, align: "right" });
    document.endMarkedContent();
  }
  turn();

  function ensure(height: number): void {
    if (y + height > bottom()) turn();
  }

  function block(tag: string, text: string, look: Look, after: number): void {
    const lines = wrap(text, width(), look);
    const leading = look.size * 1.4;
    ensure(Math.min(lines.length * leading, bottom() - margin));
    root.add(
      document.struct(tag, {}, () => {
        for (const each of lines) {
          put(each, margin, y, width(), look);
          y += leading;
        }
      }),
    );
    y += after;
  }

  function table(columns: readonly Column[], caption: string): Table {
    const total = columns.reduce((sum, column) => sum + column.share, 0);
    const gap = 6;
    const lefts: number[] = [];
    const rooms = columns.map((column, i) => {
      lefts.push(i === 0 ? margin : lefts[i - 1]! + (columns[i - 1]!.share / total) * width());
      return (column.share / total) * width() - (i === columns.length - 1 ? 0 : gap);
    });
    const struct = document.struct("Table", { title: caption });
    root.add(struct);
    const size = columns.length > 6 ? 8.5 : 10;
    const leading = size * 1.35;
    const headLook = { size: size - 1.5, weight: 600 as const, colour: soft };
    // Two lines for a head that is long: a column of amounts is narrow.
    const heads = columns.map((column, i) => wrap(column.head, rooms[i]!, headLook).slice(0, 2));
    const headLines = Math.max(...heads.map((lines) => lines.length));
    const drawHead = (i: number) => {
      const lines = heads[i]!;
      lines.forEach((text, n) => {
        put(text, lefts[i]!, y + (headLines - lines.length + n) * (size * 1.2), rooms[i]!, {
          ...headLook,
          align: columns[i]!.amount ? "right" : "left",
        });
      });
    };
    const afterHead = () => {
      y += headLines * size * 1.2 + 4;
      ruleAt(y, ink, 0.8);
      y += 4;
    };
    let isFirst = true;
    const head = () => {
      if (isFirst) {
        const row = document.struct("TR");
        struct.add(row);
        columns.forEach((_, i) => {
          row.add(document.struct("TH", { scope: "Column" } as object, () => drawHead(i)));
        });
        row.end();
      } else
        asArtifact(() => {
          for (const i of columns.keys()) drawHead(i);
        });
      isFirst = false;
      afterHead();
    };
    ensure(headLines * size * 1.2 + 8 + 2 * leading);
    head();
    let rows = 0;
    return {
      async row(cells, look = {}) {
        const notes = cells.some((cell) => typeof cell !== "string" && cell.note);
        const height = leading * (notes ? 1.9 : 1) + 5;
        if (y + height > bottom()) {
          turn();
          head();
        }
        if (look.strong) ruleAt(y - 3.5, ink, 0.8);
        const row = document.struct("TR");
        struct.add(row);
        cells.forEach((cell, i) => {
          const { text, note, strong } =
            typeof cell === "string" ? { text: cell, note: undefined, strong: false } : cell;
          const amount = columns[i]!.amount ?? false;
          row.add(
            document.struct("TD", {}, () => {
              put(text, lefts[i]!, y, rooms[i]!, {
                size,
                weight: look.strong || strong ? 600 : 400,
                align: amount ? "right" : "left",
                numeric: amount,
                colour: look.soft ? soft : ink,
              });
              if (note)
                put(note, lefts[i]!, y + leading * 0.95, rooms[i]!, { size: size - 1.5, colour: soft });
            }),
          );
        });
        row.end();
        y += height;
        if (!look.strong) ruleAt(y - 3.5, line, 0.4);
        rows += 1;
        if (rows % 10 === 0) await flow.wait();
      },
      end() {
        struct.end();
        y += 10;
      },
    };
  }

  const sheet: Paper = {
    title(text) {
      asArtifact(() => {
        const mark = { size: 13, weight: 600 as const };
        put("ventes", margin, y, 100, mark);
        put(".coop", margin + measure([{ script: "latin", text: "ventes" }], mark), y, 100, {
          size: 13,
          colour: accent,
        });
      });
      y += 34;
      block("H1", text, { size: 22, weight: 600 }, 8);
    },
    heading(text) {
      // Never alone at the foot of a page.
      ensure(90);
      y += 8;
      block("H2", text, { size: 13, weight: 600 }, 4);
    },
    paragraph(text, look = {}) {
      const size = look.small ? 8.5 : 10;
      block("P", text, { size, ...(look.soft && { colour: soft }) }, 5);
    },
    facts(pairs) {
      for (const [label, value] of pairs) {
        ensure(16);
        root.add(
          document.struct("P", {}, () => {
            put(label, margin, y, 130, { size: 10, colour: soft });
            put(value, margin + 138, y, width() - 138, { size: 10 });
          }),
        );
        y += 15;
      }
      y += 6;
    },
    table,
  };
  return {
    sheet,
    finish() {
      root.end();
      document.end();
    },
  };
}
