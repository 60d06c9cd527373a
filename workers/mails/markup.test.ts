import { expect, it } from "vitest";
import { html, paragraphs } from "./markup.ts";

it("escapes what is put in, in text and in attributes, and leaves markup alone", () => {
  const inner = html`<b>${"<i>&\"'"}</b>`;
  expect(html`<p title="${'"><script>'}">${inner}${[inner, 3]}${null}${false}</p>`.markup).toBe(
    '<p title="&quot;&gt;&lt;script&gt;"><b>&lt;i&gt;&amp;&quot;&#39;</b><b>&lt;i&gt;&amp;&quot;&#39;</b>3</p>',
  );
});

it("makes paragraphs of blank lines and keeps line ends", () => {
  expect(paragraphs("Un\ndeux\n\n  \n<Trois>", "m").map(({ markup }) => markup)).toEqual([
    '<p style="m">Un<br>deux</p>',
    '<p style="m">&lt;Trois&gt;</p>',
  ]);
});
