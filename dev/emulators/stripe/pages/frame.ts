// The frame of the hosted pages: no script, nothing fetched from elsewhere, readable in light and in dark.
import { type Language, WORDS } from "./words.ts";

export type Page = { status: number; body: string } | { redirect: string };

/** Markup that is safe as it is; everything else that a template is given is escaped. */
class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
type Part = string | number | Markup | Part[] | false | null | undefined;

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const written = (part: Part): string => {
  if (part instanceof Markup) return part.text;
  if (Array.isArray(part)) return part.map(written).join("");
  return part === false || part === null || part === undefined ? "" : escaped(String(part));
};

export const html = (strings: TemplateStringsArray, ...parts: Part[]) =>
  new Markup(strings.reduce((all, text, i) => all + written(parts[i - 1]) + text));

const STYLE = `
:root { color-scheme: light dark; --ink: #22262b; --soft: #59616b; --paper: #fbfaf7; --edge: #d5d3cc; --mark: #1d5c4d; --on-mark: #fff; --note: #fff4d6; --on-note: #4a3600; --bad: #8c1d18; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceae4; --soft: #b3b8bf; --paper: #1b1e22; --edge: #474c54; --mark: #8fd3bf; --on-mark: #10211c; --note: #3d3211; --on-note: #ffeab0; --bad: #ffb4ab; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 system-ui, sans-serif; }
.notice { padding: .75rem 1.25rem; background: var(--note); color: var(--on-note); text-align: center; }
main { max-width: 34rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: .5rem 0 1.25rem; }
h2 { font-size: 1.125rem; margin: 2rem 0 .75rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .5rem 0; border-bottom: 1px solid var(--edge); text-align: start; vertical-align: top; }
th { font-weight: 400; color: var(--soft); font-size: .9375rem; }
td + td, th + th { padding-inline-start: 1rem; }
.number { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
tfoot td, tfoot th { border: 0; font-weight: 700; color: inherit; font-size: 1.0625rem; }
label { display: block; font-weight: 600; margin-top: 1.25rem; }
.hint { color: var(--soft); font-size: .9375rem; margin: .125rem 0 .375rem; }
input { width: 100%; min-height: 2.875rem; padding: .5rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--soft); border-radius: .375rem; }
button { display: flex; flex-wrap: wrap; justify-content: space-between; column-gap: 1rem; align-items: center; width: 100%; min-height: 2.875rem; margin-top: .75rem; padding: .5rem 1rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--soft); border-radius: .375rem; cursor: pointer; text-align: start; }
button.first { margin-top: 1.25rem; background: var(--mark); border-color: var(--mark); color: var(--on-mark); font-weight: 600; justify-content: center; }
button span { color: var(--soft); font-variant-numeric: tabular-nums; }
a { color: var(--mark); }
.away { margin-top: 2rem; }
:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
.problem { border-inline-start: .25rem solid var(--bad); padding: .25rem .875rem; color: var(--bad); }
`;

export function frame(language: Language, title: string, content: Markup, status = 200): Page {
  const page = html`<!doctype html>
<html lang="${language === "fr" ? "fr-CA" : "en-CA"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(STYLE)}</style>
</head>
<body>
<header class="notice">${WORDS[language].notice}</header>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
  return { status, body: page.text };
}

export const notFound = (language: Language) =>
  frame(language, WORDS[language].notFoundTitle, html`<p>${WORDS[language].notFound}</p>`, 404);
