import sharp from "sharp";
import { coops, personOf } from "./catalogue.ts";
import type { Design } from "./covers/design.ts";
import * as albumDesigns from "./covers/designs-album.ts";
import * as hallesDesigns from "./covers/designs-album-halles.ts";
import * as figureDesigns from "./covers/designs-figure.ts";
import * as nightDesigns from "./covers/designs-night.ts";
import * as patternDesigns from "./covers/designs-pattern.ts";
import * as stillDesigns from "./covers/designs-still.ts";
import * as waterDesigns from "./covers/designs-water.ts";
import type { CoverWords } from "./covers/layout.ts";
import { setWords } from "./covers/layout.ts";
import { typeset } from "./french.ts";
import type { Palette, Plan } from "./plan.ts";
import { seeded } from "./seeded.ts";

const designs: Record<string, Design> = {
  ...waterDesigns,
  ...figureDesigns,
  ...stillDesigns,
  ...nightDesigns,
  ...patternDesigns,
  ...albumDesigns,
  ...hallesDesigns,
};

function designNamed(name: string): Design {
  const design = designs[name];
  if (!design) throw new Error(`No cover design is called ${name}`);
  return design;
}

function wordsOf(plan: Plan): CoverWords {
  const imprint = coops.find((coop) => coop.slug === plan.coop)?.name ?? "";
  const authors = plan.credits.filter(({ role }) => role === "author" || role === "illustrator");
  const makers =
    plan.kind === "album" ? [plan.artist] : [...new Set(authors.map(({ person }) => personOf(person).name))];
  const translator = plan.credits.find(({ role }) => role === "translator");
  if (plan.kind === "book" && plan.translationOf && translator)
    makers.push(
      `${plan.language === "fr" ? "traduction d'" : "translated by "}${personOf(translator.person).name}`,
    );
  const words: CoverWords = {
    title: typeset(plan.title),
    makers: makers.map(typeset),
    imprint: typeset(imprint),
  };
  if (plan.subtitle) words.subtitle = typeset(plan.subtitle);
  if (plan.kind === "book" && plan.series) words.series = `${plan.series.name} · ${plan.series.position}`;
  return words;
}

/** The cover as SVG, its words as outlines: 1600 x 2400 for a book, 1600 x 1600 for an album. */
export function coverSvg(plan: Plan): string {
  const w = 1600;
  const h = plan.kind === "book" ? 2400 : 1600;
  const design = designNamed(plan.cover.design);
  const canvas = { w, h, p: plan.cover.palette, random: seeded(plan.cover.seed) };
  return svg(w, h, design.draw(canvas) + setWords(canvas, wordsOf(plan), design.words));
}

/** Where the drawing is on a book's cover, in its 1600 x 2400 units, when it is not the lower part. */
const drawings: Record<string, { top: number; height: number }> = {
  moon: { top: 150, height: 1200 },
  weave: { top: 1220, height: 1120 },
};

/**
 * A drawing without words in the manner of a cover, for the inside of a book: a JPEG 1200 wide. Another seed gives another
 * weather. JPEG rather than SVG, because few reading programs show SVG well.
 */
export async function printIllustration(name: string, palette: Palette, seed: number): Promise<Buffer> {
  const design = designNamed(name);
  const square = Object.hasOwn(albumDesigns, name) || Object.hasOwn(hallesDesigns, name);
  const { top, height } = square
    ? { top: 500, height: 1100 }
    : (drawings[name] ?? { top: 862, height: 1330 });
  const canvas = { w: 1600, h: square ? 1600 : 2400, p: palette, random: seeded(seed) };
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 ${top} 1600 ${height}" width="1200" height="${height * 0.75}">${design.draw(canvas)}</svg>`;
  return sharp(Buffer.from(drawing)).flatten({ background: palette.paper }).jpeg({ quality: 80 }).toBuffer();
}

function svg(w: number, h: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}">${content}</svg>`;
}

/** The cover printed: JPEG of the same size with a light grain of paper. The same plan gives the same bytes. */
export async function printCover(plan: Plan): Promise<Buffer> {
  return sharp(Buffer.from(coverSvg(plan)))
    .composite([{ input: await grain(), blend: "soft-light", tile: true }])
    .flatten({ background: plan.cover.palette.paper })
    .jpeg({ quality: 86, chromaSubsampling: "4:4:4", mozjpeg: false })
    .toBuffer();
}

let grainTile: Promise<Buffer> | undefined;

/** A tile of soft grey noise. */
function grain(): Promise<Buffer> {
  grainTile ??= (async () => {
    const size = 400;
    const random = seeded(1871);
    const raw = Buffer.alloc(size * size * 4);
    for (let i = 0; i < size * size; i++) {
      const v = 128 + Math.round((random() + random() + random() - 1.5) * 74);
      raw.set([v, v, v, 60], i * 4);
    }
    return sharp(raw, { raw: { width: size, height: size, channels: 4 } })
      .blur(0.6)
      .png()
      .toBuffer();
  })();
  return grainTile;
}
