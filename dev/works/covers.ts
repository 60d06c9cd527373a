import sharp from "sharp";
import { coops, personOf } from "./catalogue.ts";
import type { Design } from "./covers/design.ts";
import * as albumDesigns from "./covers/designs-album.ts";
import * as hallesDesigns from "./covers/designs-album-halles.ts";
import * as figureDesigns from "./covers/designs-figure.ts";
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

/**
 * A drawing without words in the manner of a book, for its inside: the design's lower part, where the drawing is.
 * Another seed gives another weather.
 */
export function illustrationSvg(design: string, palette: Palette, seed: number): string {
  const w = 1600;
  const h = 2400;
  const drawing = designNamed(design).draw({ w, h, p: palette, random: seeded(seed) });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 860 ${w} 1340" width="${w}" height="1340">${drawing}</svg>`;
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
