const marks: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A piece of HTML that is safe to put into another. */
export type Markup = { readonly markup: string };

type Piece = Markup | string | number | false | null | undefined | Piece[];

/** HTML by hand: `html\`<p>${title}</p>\``. What is put in is escaped, unless it is markup itself; lists follow one another. */
export function html(parts: TemplateStringsArray, ...pieces: Piece[]): Markup {
  return { markup: String.raw({ raw: parts }, ...pieces.map(rendered)) };
}

function rendered(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return "";
  if (Array.isArray(piece)) return piece.map(rendered).join("");
  if (typeof piece === "object") return piece.markup;
  return String(piece).replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);
}

/** Words with blank lines between paragraphs → paragraphs; a line end stays one. */
export function paragraphs(words: string, style: string): Markup[] {
  return words
    .split(/\n\s*\n/)
    .map((each) => each.trim())
    .filter(Boolean)
    .map(
      (each) =>
        html`<p style="${style}">${each.split("\n").map((line, n) => (n === 0 ? html`${line}` : html`<br>${line}`))}</p>`,
    );
}
