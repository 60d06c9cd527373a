import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseXml, type XmlNode } from "../xml.ts";
import { ALLOWED_ATTRIBUTES, ALLOWED_TAGS, bodyOf, cutAfter, sanitise } from "./sanitise.ts";

const clean = (page: string) =>
  sanitise(page, { sourceOf: (reference) => (reference === "img/a.jpg" ? "images/1.jpg" : undefined) });

describe("sanitise", () => {
  it("keeps what is read and drops what runs, calls or dresses", () => {
    expect(clean(`<h1 class="t" id="x" style="color:red" onclick="alert(1)">Titre</h1>`)).toBe(
      "<h1>Titre</h1>",
    );
    expect(
      clean(
        `<p>a<script>alert(1)</script><style>p{}</style><iframe src="x">y</iframe><a href="https://x.test">lien</a></p>`,
      ),
    ).toBe("<p>alien</p>");
    expect(clean(`<p xml:lang="en" dir="rtl">x</p><p lang="&quot;><script>">y</p>`)).toBe(
      `<p dir="rtl" lang="en">x</p><p>y</p>`,
    );
    expect(clean(`<ruby>漢<rt>かん</rt></ruby><br/><hr/>`)).toBe("<ruby>漢<rt>かん</rt></ruby><br /><hr />");
  });
  it("lets through only the pictures that were made again", () => {
    expect(
      clean(`<img src="img/a.jpg" alt="Une oie" onerror="alert(1)" srcset="http://x.test/a.jpg"/>`),
    ).toBe(`<img src="images/1.jpg" alt="Une oie" />`);
    expect(clean(`<img src="http://x.test/a.jpg"/><img src="javascript:alert(1)"/><img/>`)).toBe("");
    expect(clean(`<svg><image xlink:href="img/a.jpg"/></svg>`)).toBe(`<img src="images/1.jpg" alt="" />`);
  });
  it("is not led astray by self-closing tags of XHTML", () => {
    expect(clean(`<script src="x.js"/><p>mot</p><title/><p>mot</p>`)).toBe("<p>mot</p><p>mot</p>");
  });
  it("never lets anything unforeseen through, and is stable", () => {
    const pieces = fc.constantFrom(
      "<p>",
      "</p>",
      "<script>",
      "</script>",
      "<a href='javascript:x'>",
      "<svg>",
      "<math>",
      "<img src=x onerror=y>",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "&lt;script&gt;",
      "&",
      "<",
      ">",
      '"',
      "<style>",
      "</style>",
      "<p/onclick=x>",
      "texte",
      "<b",
      "<IMG SRC=img/a.jpg>",
      "<noscript>",
      "<template>",
      "\u0000",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 25 }), (all) => {
        const fragment = clean(all.join(""));
        const tree = parseXml(Buffer.from(`<section>${fragment.replaceAll("\u0000", "")}</section>`));
        expect(tree?.errors).toBe(0);
        const visit = (node: XmlNode) => {
          expect(ALLOWED_TAGS).toContain(node.name);
          for (const name of node.attributes.keys()) expect(ALLOWED_ATTRIBUTES).toContain(name);
          for (const child of node.children) if (typeof child !== "string") visit(child);
        };
        if (tree) visit(tree.root);
      }),
      { numRuns: 300 },
    );
  });
});

it("takes the body of a page, and cuts behind a whole paragraph", () => {
  expect(bodyOf(`<html><head><title>x</title></head><body class="a"><p>mot</p></body></html>`)).toBe(
    "<p>mot</p>",
  );
  const three = "<div><p>un deux trois</p><p>quatre cinq</p><p>six</p></div>";
  expect(cutAfter(three, 4)).toBe("<div><p>un deux trois</p><p>quatre cinq</p></div>");
  expect(cutAfter(three, 99)).toBe(three);
});
