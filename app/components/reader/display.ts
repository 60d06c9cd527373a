/** How a reader likes the page; kept on this device. */
export type Display = {
  /** Of the text, in percent. */
  size: number;
  theme: "auto" | "light" | "sepia" | "dark";
  font: "book" | "serif" | "sans";
  line: "book" | "normal" | "wide";
};

export const sizes = { least: 70, most: 220, step: 10 } as const;
export const themes = ["auto", "light", "sepia", "dark"] as const;
export const fonts = ["book", "serif", "sans"] as const;
export const lines = ["book", "normal", "wide"] as const;
const usual: Display = { size: 100, theme: "auto", font: "book", line: "book" };
const keptAs = "reader-display";

/** What was kept, as far as it can be read. */
function readDisplay(kept: unknown): Display {
  const { size, theme, font, line } = (kept ?? {}) as Partial<Display>;
  return {
    size:
      typeof size === "number" && size >= sizes.least && size <= sizes.most ? Math.round(size) : usual.size,
    theme: themes.find((each) => each === theme) ?? usual.theme,
    font: fonts.find((each) => each === font) ?? usual.font,
    line: lines.find((each) => each === line) ?? usual.line,
  };
}

export function keptDisplay(): Display {
  try {
    return readDisplay(JSON.parse(localStorage.getItem(keptAs) ?? "null"));
  } catch {
    return usual;
  }
}

export function keepDisplay(display: Display): void {
  try {
    localStorage.setItem(keptAs, JSON.stringify(display));
  } catch {
    // A browser that keeps nothing begins anew.
  }
}

const colours = {
  light: { ink: "#221d18", paper: "#fffdf8", link: "#8c2f1b" },
  sepia: { ink: "#3b2f20", paper: "#f4e9d2", link: "#7a3218" },
  dark: { ink: "#e9dfd0", paper: "#1b1815", link: "#f0a188" },
} as const;

/** `auto` as the device has it at this moment. */
export const shownTheme = (theme: Display["theme"]): "light" | "sepia" | "dark" =>
  theme !== "auto" ? theme : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";

/** What is laid over the book's own styles. */
export function bookRules(display: Display): Record<string, Record<string, string>> {
  const { ink, paper, link } = colours[shownTheme(display.theme)];
  const family = { book: null, serif: "Georgia, 'Iowan Old Style', serif", sans: "system-ui, sans-serif" }[
    display.font
  ];
  const height = { book: null, normal: "1.5", wide: "1.85" }[display.line];
  const text = {
    ...(family && { "font-family": `${family} !important` }),
    ...(height && { "line-height": `${height} !important` }),
  };
  return {
    html: { background: `${paper} !important` },
    body: { color: `${ink} !important`, background: `${paper} !important`, ...text },
    "p, li, dd, dt, blockquote, td, th, h1, h2, h3, h4, h5, h6, span, div, section, article, em, strong, i, b, cite, figcaption":
      {
        color: "inherit !important",
        "background-color": "transparent !important",
        ...(family && { "font-family": "inherit !important" }),
        ...(height && { "line-height": "inherit !important" }),
      },
    "a, a *": { color: `${link} !important` },
    "img, svg, video": { "max-width": "100% !important" },
  };
}
