import { expect, test } from "vitest";
import { placeOf } from "./place.ts";

const from = (languages: string, search = "") =>
  placeOf(new Request(`http://shop/panier${search}`, { headers: { "accept-language": languages } }));

test("the choice is kept; without one, the browser's languages suggest", () => {
  expect(from("en-US,en", "?place=FR")).toBe("FR");
  expect(from("fr-CA,fr;q=0.8")).toBe("CA-QC");
  expect(from("en-CA")).toBe("CA-ON");
  expect(from("fr-FR,fr;q=0.9,en-CA;q=0.1")).toBe("FR");
  expect(from("de-DE,de", "?place=MARS")).toBe("ZZ");
  expect(from("fr")).toBe("CA-QC");
  expect(from("")).toBe("CA-QC");
});
