import type { Canvas } from "./ink.ts";
import type { Layout } from "./layout.ts";

/** A drawing without words, and where the words go on it. */
export interface Design {
  draw: (c: Canvas) => string;
  words: Layout;
}
