import { describe, expect, it } from "vitest";
import { changedSince, changeOf, fieldsOfChange, type Stands, withSubjects } from "./plan.ts";
import { planShape } from "./plan-shape.ts";

const album: Stands = {
  id: "0199a203-c911-741d-af5c-8d309960f717",
  kind: "album",
  language: "fr",
  publisher: null,
  rights: null,
  subjects: [{ label: "Chanson", scheme: "rvm", code: "1" }],
  price: { kind: "fixed", amount: 1000, suggested: null },
  priceChosen: true,
  hearing: "full",
  freePlays: null,
};
const book: Stands = { ...album, kind: "book" };

describe("a plan", () => {
  it("names only what becomes another, with what was there", () => {
    const change = changeOf(album, {
      price: { kind: "fixed", amount: 1200 },
      language: "fr",
      publisher: "",
      subjects: [{ code: "1", scheme: "rvm", label: "Chanson" }],
    });
    expect(change).toEqual({
      workId: album.id,
      price: { kind: "fixed", amount: 1200 },
      before: { price: { kind: "fixed", amount: 1000 } },
    });
    expect(fieldsOfChange(change!)).toEqual(["price"]);
    expect(changeOf(album, { language: "fr" })).toBeNull();
  });

  it("asks of no book how it is heard", () => {
    const wished = { hearing: { policy: "none" as const, freePlays: null } };
    expect(changeOf(book, wished)).toBeNull();
    expect(changeOf(album, wished)).toMatchObject(wished);
  });

  it("makes free of a price that nobody chose a choice", () => {
    const unpriced: Stands = {
      ...album,
      price: { kind: "fixed", amount: 0, suggested: null },
      priceChosen: false,
    };
    expect(changeOf(unpriced, { price: { kind: "free" } })).toMatchObject({ price: { kind: "free" } });
    expect(changeOf({ ...unpriced, priceChosen: true }, { price: { kind: "free" } })).toBeNull();
  });

  it("knows what somebody changed since it was shown, and only of its own fields", () => {
    const change = changeOf(album, { language: "en" })!;
    expect(changedSince(album, change)).toEqual([]);
    expect(changedSince({ ...album, language: "es", publisher: "Autre" }, change)).toEqual(["language"]);
    // Made already: the same plan sent twice.
    expect(changedSince({ ...album, language: "en" }, change)).toEqual([]);
  });

  it("comes back from its form the same", () => {
    const change = changeOf(album, {
      language: null,
      rights: "© Ana",
      hearing: { policy: "start", freePlays: 3 },
    })!;
    expect(planShape.parse(JSON.parse(JSON.stringify([change])))).toEqual([change]);
  });

  it("joins subjects to those that are there, each once", () => {
    expect(withSubjects(album.subjects, ["chanson", "Mer"])).toEqual([...album.subjects, { label: "Mer" }]);
  });
});
