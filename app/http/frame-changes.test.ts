import { expect, test } from "vitest";
import { frameChanges } from "./frame-changes.ts";

const step = (from: string, to: string, formMethod?: string) =>
  frameChanges({ formMethod, currentUrl: new URL(from, "http://shop"), nextUrl: new URL(to, "http://shop") });

test("the frame asks again after a form, after the sign-in pages and on the page of thanks, in both languages", () => {
  expect(step("/panier", "/panier", "POST")).toBe(true);
  for (const page of ["/connexion", "/connexion/abc", "/en/sign-in", "/en/sign-in/abc"])
    expect(step(page, "/")).toBe(true);
  for (const page of ["/merci/x.y", "/en/thanks/x.y"]) expect(step(page, page)).toBe(true);
  expect(step("/oeuvres", "/oeuvres/les-eaux-hautes")).toBe(false);
  expect(step("/en/works", "/en/cart")).toBe(false);
});
