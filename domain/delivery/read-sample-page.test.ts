import { expect, test } from "vitest";
import { cleanSample } from "./read-sample-page.server.ts";

test("what could act goes, what is read stays", () => {
  const page = `<h1 lang="">Un</h1><p lang="en" onclick="x()" style="position:fixed">a <em>b</em><script>alert(1)</script></p>
    <a href="javascript:x()">lien</a><img src="https://ailleurs.example/pixel.gif"><img src="data:image/svg+xml;base64,PA=="><form><input></form>`;
  const clean = cleanSample(page);
  expect(clean).toContain('<h2>Un</h2><p lang="en">a <em>b</em></p>');
  expect(clean).toContain("lien");
  expect(clean).not.toMatch(/script|style|onclick|href|img|form|input|javascript/);
});

test("a picture that the page carries within stays, with its words", () => {
  const picture = '<img src="data:image/jpeg;base64,AAAA" alt="Une chaloupe" />';
  expect(cleanSample(`<figure>${picture}</figure>`)).toBe(`<figure>${picture}</figure>`);
});
