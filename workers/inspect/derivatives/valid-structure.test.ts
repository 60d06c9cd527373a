import fc from "fast-check";
import { expect, it } from "vitest";
import { parseXml } from "../xml.ts";
import { ALLOWED_TAGS } from "./sanitise.ts";
import { validChildren, written } from "./valid-structure.ts";

const mended = (fragment: string): string =>
  written(validChildren(parseXml(Buffer.from(`<section>${fragment}</section>`))?.root.children ?? []));

it("leaves alone what is in order", () => {
  for (const good of [
    `<h1>Titre</h1><p>Un <em>mot</em> &amp; <br />un autre</p><ul><li>a</li><li><p>b</p></li></ul>`,
    `<dl><dt>terme</dt><dd>sens</dd><dd>autre sens</dd></dl><figure><img src="images/1.jpg" alt="" /><figcaption>là</figcaption></figure>`,
    `<table><caption>Prix</caption><thead><tr><th>a</th></tr></thead><tbody><tr><td colspan="2">1</td></tr></tbody></table>`,
    `<p><ruby>漢<rt>かん</rt>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby></p>`,
  ])
    expect(mended(good)).toBe(good);
});

it("gives strays a place, and keeps their words", () => {
  expect(mended("<p>avant<blockquote>cité</blockquote>après</p>")).toBe(
    "<div>avant<blockquote>cité</blockquote>après</div>",
  );
  expect(mended("<h2>Un<p>deux</p></h2>")).toBe("<h2>Un deux </h2>");
  expect(mended("<em><p>penché</p></em>")).toBe("<p>penché</p>");
  expect(mended("<ul>mot<p>bloc</p></ul><li>seul</li>")).toBe(
    "<ul><li>mot</li><li><p>bloc</p></li></ul><div>seul</div>",
  );
  expect(mended("<dl><dd>sens</dd><dt>terme</dt></dl>")).toBe("<div>sens</div><div>terme</div>");
  expect(mended("<table><td>a</td><tr>b<td rowspan='x'>c</td></tr></table>")).toBe(
    "<table><tbody><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>",
  );
  expect(mended("<tr><td>perdu</td></tr><table><caption>vide</caption></table>")).toBe(
    "<div>perdu</div><div>vide</div>",
  );
  expect(mended("<figure>a<figcaption>b</figcaption>c</figure>")).toBe("<figure>a<div>b</div>c</figure>");
  expect(mended("<ruby><rt>seul</rt></ruby><dl><dt><h3>t</h3></dt><dd>s</dd></dl>")).toBe(
    "<span><span>seul</span></span><dl><dt><div>t</div></dt><dd>s</dd></dl>",
  );
});

it("loses no word whatever is nested in what, and has nothing to mend twice", () => {
  const empty = new Set(["img", "br", "hr"]);
  const tree = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom("mot", "x", "élan"),
      fc
        .tuple(fc.constantFrom(...ALLOWED_TAGS), fc.array(tie("node"), { maxLength: 4 }))
        .map(([tag, inside]) =>
          empty.has(tag)
            ? `<${tag}${tag === "img" ? ' src="a" alt=""' : ""}/>`
            : `<${tag}>${inside.join("")}</${tag}>`,
        ),
    ),
  })).node;
  const wordsIn = (html: string) => html.replace(/<[^>]*>/g, "").replace(/\s+/g, "");
  fc.assert(
    fc.property(fc.array(tree, { maxLength: 5 }), (nodes) => {
      const once = mended(nodes.join(""));
      expect(wordsIn(once)).toBe(wordsIn(nodes.join("")));
      expect(mended(once)).toBe(once);
    }),
    { numRuns: 400 },
  );
});
