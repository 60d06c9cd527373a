import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanLine, cleanText, LONGEST, repairMojibake, withoutMarkup } from "./clean-text.ts";

describe("cleanLine", () => {
  it("takes out what reverses a name, and keeps what Hebrew and French need", () => {
    expect(cleanLine("Roman\u202Egpj.exe")).toBe("Romangpj.exe");
    expect(cleanLine("מפליגים \u200Fבישראל")).toBe("מפליגים \u200Fבישראל");
    expect(cleanLine("Qui va là\u00A0?")).toBe("Qui va là\u00A0?");
  });
  it("makes one line, composed, of what had several", () => {
    expect(cleanLine("  E\u0301mile\r\n\tNelligan\u0000 ")).toBe("Émile Nelligan");
  });
  it("never leaves a control, an override, a lone surrogate or too much, whatever comes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3_000 }), (raw) => {
        const clean = cleanLine(raw);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are precisely what is looked for
        expect(clean).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]/);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean.length).toBeLessThanOrEqual(LONGEST.line);
      }),
    );
  });
});

describe("cleanText", () => {
  it("keeps paragraphs, and never more than one empty line", () => {
    expect(cleanText("un\r\n\r\n\r\n\r\ndeux \u2028 trois")).toBe("un\n\ndeux\ntrois");
  });
});

describe("repairMojibake", () => {
  it("reads UTF-8 that was declared as Latin-1, smart quotes included", () => {
    expect(repairMojibake("NoÃ«l Ã\u00A0 GaspÃ©")).toBe("Noël à Gaspé");
    expect(repairMojibake("lâ€™Ã©tÃ©")).toBe("l’été");
  });
  it("leaves honest accents alone", () => {
    for (const honest of ["Noël à Gaspé", "Ça, c’est l’été", "ÂGE D’OR", "日本語"])
      expect(repairMojibake(honest)).toBeUndefined();
  });
});

describe("withoutMarkup", () => {
  it("turns a description in HTML into paragraphs and drops scripts with their body", () => {
    expect(cleanText(withoutMarkup("<p>Un &amp; deux</p><script>alert(1)</script><p>Trois&nbsp;!</p>"))).toBe(
      "Un & deux\nTrois\u00A0!",
    );
  });
  it("does not touch a text that merely compares", () => {
    expect(withoutMarkup("2 < 3 et 5 > 4")).toBe("2 < 3 et 5 > 4");
  });
});
