/** The few calls of opentype.js that the covers use; the package carries no types. */
declare module "opentype.js" {
  interface Options {
    kerning?: boolean;
    /** Parts of the em. */
    letterSpacing?: number;
  }
  export interface Command {
    type: "M" | "L" | "Q" | "C" | "Z";
    x?: number;
    y?: number;
    x1?: number;
    y1?: number;
    x2?: number;
    y2?: number;
  }
  export interface Font {
    unitsPerEm: number;
    ascender: number;
    descender: number;
    getPath(text: string, x: number, y: number, size: number, options?: Options): { commands: Command[] };
    getAdvanceWidth(text: string, size: number, options?: Options): number;
    charToGlyph(character: string): { advanceWidth?: number };
  }
  const opentype: { parse(buffer: ArrayBuffer): Font };
  export default opentype;
}
