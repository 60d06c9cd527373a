import { describe, expect, it } from "vitest";
import { lettersWrong, meant, numberOf, queryOf, withoutOneLetter, wordsOf } from "./search-words.ts";

describe("the words of a query", () => {
  it("are plain, each once, without the very short ones", () => {
    expect(wordsOf("L’Été d’un cœur, l'ÉTÉ & 1984")).toEqual(["ete", "coeur", "1984"]);
    expect(wordsOf("';--")).toEqual([]);
  });

  it("share a form without one letter with every word that is one letter away", () => {
    for (const other of ["maree", "mare", "marree", "maere", "marae", "amree"])
      expect(
        withoutOneLetter(other).some((form) => withoutOneLetter("maree").includes(form)),
        other,
      ).toBe(true);
  });

  it("are as far from another as letters are wrong, missing, too many or swapped", () => {
    expect([
      lettersWrong("maree", "maree"),
      lettersWrong("maere", "maree"),
      lettersWrong("mare", "maree"),
    ]).toEqual([0, 1, 1]);
    expect([lettersWrong("chaloupe", "chloupte"), lettersWrong("a", "bcdefgh")]).toEqual([2, 4]);
  });

  it("may have meant the nearest words of the catalogue, fewer letters being forgiven in short ones", () => {
    expect(meant("marre", ["maree", "marre", "marteau", "barre"])).toEqual(["marre", "maree", "barre"]);
    expect(meant("nuit", ["suie"])).toEqual([]);
    expect(meant("electri", ["electrique"])).toEqual(["electrique"]);
  });

  it("become a query of groups, of which one may be missing where there are three", () => {
    const groups = [["nuit", "nuits"], ["loup"], ["mer"]];
    expect(queryOf(groups)).toBe("(nuit | nuits) & loup & mer");
    expect(queryOf(groups, true)).toBe("(loup & mer) | ((nuit | nuits) & mer) | ((nuit | nuits) & loup)");
    expect(queryOf(groups.slice(1), true)).toBe("loup & mer");
  });

  it("are no words where they are a number", () => {
    expect(numberOf("978-2-07-036822-8")).toBe("9782070368228");
    expect(numberOf("2-07-036822-X")).toBe("9782070368228");
    expect(numberOf("isrc CA-X1X-26-00001")).toBe("CAX1X2600001");
    expect(numberOf("10.1234/Abc.5")).toBe("10.1234/abc.5");
    expect([numberOf("1984"), numberOf("20 000 lieues"), numberOf("la mer")]).toEqual([null, null, null]);
  });
});
