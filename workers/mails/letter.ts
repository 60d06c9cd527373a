import type { Locale } from "#i18n/locale.ts";
import { mailWords } from "#i18n/mails.ts";
import { html, type Markup } from "./markup.ts";

/** A mail as it leaves us: both forms say the same. */
export type Letter = {
  subject: string;
  html: string;
  text: string;
  /** What the mail program is told besides: how to end such letters. */
  headers?: Record<string, string>;
};

/**
 * What every mail shares. Mail programs know little: tables for the layout, styles on the elements (some drop the sheet), no
 * image from outside and no script. The sheet in the head only adds the dark colours, where it is understood.
 */
export const styles = {
  h1: "margin:0 0 18px;font-family:Literata,Georgia,'Times New Roman',serif;font-size:27px;line-height:1.2;font-weight:600;letter-spacing:-0.01em;color:#221d18",
  h2: "margin:0 0 8px;font-family:Literata,Georgia,'Times New Roman',serif;font-size:19px;line-height:1.3;font-weight:600;color:#221d18",
  p: "margin:0 0 16px;font-size:16px;line-height:1.6;color:#221d18",
  soft: "margin:0 0 12px;font-size:14px;line-height:1.55;color:#5c5247",
  cell: "padding:7px 0;font-size:15px;line-height:1.45;color:#221d18;vertical-align:top",
  amount:
    "padding:7px 0 7px 18px;font-size:15px;line-height:1.45;color:#221d18;text-align:right;white-space:nowrap;vertical-align:top",
  quote:
    "margin:0 0 10px;font-family:Literata,Georgia,'Times New Roman',serif;font-size:17px;line-height:1.6;color:#221d18",
} as const;

const dark = `@media (prefers-color-scheme: dark) {
  .paper { background: #1b1815 !important; }
  .sheet { background: #24201b !important; border-color: #40382f !important; }
  .ink, .ink h1, .ink h2, .ink p, .ink td, .ink th { color: #f0e7d9 !important; }
  .soft, .ink .soft { color: #bcae9d !important; }
  .line { border-color: #40382f !important; }
  .button { background: #f0a188 !important; }
  .button a { color: #2a120a !important; }
  .link { color: #f0a188 !important; }
  .mark { color: #f0a188 !important; }
  .part { border-color: #24201b !important; }
}
@media (max-width: 480px) {
  .sheet { padding: 26px 20px !important; }
}`;

export function letter(input: {
  locale: Locale;
  subject: string;
  /** What a list of mails shows after the subject. */
  preview: string;
  body: Markup;
  text: string[];
  homeUrl: string;
  /** Why the reader receives this. */
  because: string;
}): Letter {
  const { foot } = mailWords(input.locale);
  const page = html`<!doctype html>
<html lang="${input.locale === "fr" ? "fr-CA" : "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${input.subject}</title>
<style>${{ markup: dark }}</style>
</head>
<body class="paper" style="margin:0;padding:0;background:#f7f2e8;-webkit-text-size-adjust:100%">
<div style="display:none;max-height:0;overflow:hidden">${input.preview}</div>
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f7f2e8">
<tr><td align="center" style="padding:32px 14px 40px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;font-family:'Atkinson Hyperlegible Next','Atkinson Hyperlegible',Verdana,Arial,sans-serif">
<tr><td class="ink" style="padding:0 4px 18px;font-family:Literata,Georgia,'Times New Roman',serif;font-size:23px;font-weight:700;letter-spacing:-0.03em;color:#221d18">ventes<span class="mark" style="color:#8c2f1b;font-style:italic;font-weight:500">.coop</span></td></tr>
<tr><td class="sheet ink" style="padding:36px 36px 28px;background:#fffdf8;border:1px solid #d8ccb6;border-radius:8px">
${input.body}
</td></tr>
<tr><td style="padding:20px 4px 0">
<p class="soft" style="${styles.soft}">${input.because}</p>
<p class="soft" style="${styles.soft}"><a class="link" href="${input.homeUrl}" style="color:#8c2f1b">ventes.coop</a> · ${foot}</p>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
  const text = [...input.text, "--", input.because, `${input.homeUrl} · ${foot}`, ""].join("\n\n");
  return { subject: input.subject, html: page.markup, text };
}

/** A button that is one in every mail program: a coloured cell around a link. */
export const button = (
  href: string,
  label: string,
): Markup => html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:6px 0 24px"><tr>
<td class="button" bgcolor="#8c2f1b" style="border-radius:5px;background:#8c2f1b"><a href="${href}" style="display:inline-block;padding:13px 26px;font-size:16px;line-height:1.2;font-weight:700;color:#fffaf2;text-decoration:none">${label}</a></td>
</tr></table>`;
