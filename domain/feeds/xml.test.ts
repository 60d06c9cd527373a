import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { xml, xmlDocument } from "./xml.ts";

test("whatever is put in comes out as text, and nothing else", () => {
  const hostile = `</title><script>alert("1 & 2")</script>]]>\u0000\u0008\uD800\uFFFE'`;
  const seen: string[] = [];
  let attribute = "";
  const parser = new SaxesParser();
  parser.on("text", (text) => seen.push(text));
  parser.on("opentag", ({ name, attributes }) => {
    if (name === "title") attribute = String(attributes.of);
    expect(["feed", "title"]).toContain(name);
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xmlDocument(xml`<feed><title of="${hostile}">${hostile}</title></feed>`)).close();
  const expected = `</title><script>alert("1 & 2")</script>]]>\uFFFD'`;
  expect(seen.join("").trim()).toBe(expected);
  expect(attribute).toBe(expected);
});

test("pieces, lists and nothing", () => {
  const items = ["a", "b"].map((each) => xml`<i>${each}</i>`);
  expect(xml`<l>${items}${null}${undefined}${false}${3}</l>`.text).toBe("<l><i>a</i><i>b</i>3</l>");
});
