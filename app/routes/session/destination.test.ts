import { describe, expect, it } from "vitest";
import { ownPath } from "./destination.ts";

const shop = "https://ventes.example";

describe("the destination after signing in", () => {
  it.each(["/atelier", "/en/works?genre=book&page=2", "/merci/x%2Fy"])("keeps our own path %s", (path) => {
    expect(ownPath(path, shop)).toBe(path);
  });

  it.each([
    null,
    "",
    "atelier",
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "/\t/evil.example",
    "javascript:alert(1)",
  ])("drops %s", (given) => {
    expect(ownPath(given, shop)).toBeNull();
  });
});
