import type { Response } from "express";
import { describe, expect, it } from "vitest";
import type { Settings } from "#gateways/env.ts";
import { pathTo } from "#i18n/paths.ts";
import { securityHeaders } from "./guards.ts";

const settings = {
  ...{ production: true, secure: true, stripe: {} },
  storage: { bucket: "oeuvres", region: "ca-central-1" },
} as Settings;

/** The policy of the page at this address, directive by directive. */
function policyOf(path: string): Record<string, string> {
  const headers: Record<string, string> = {};
  const response = {
    req: { path },
    setHeader: (name: string, value: string) => {
      headers[name] = value;
    },
  };
  securityHeaders(response as unknown as Response, { nonce: "n", settings });
  const parts = headers["content-security-policy"]!.split("; ");
  return Object.fromEntries(parts.map((part) => [part.split(" ")[0], part.slice(part.indexOf(" ") + 1)]));
}

describe("the policy of a page", () => {
  const house = policyOf("/oeuvres/marees");
  const readers = (["fr", "en"] as const).flatMap((locale) => [
    pathTo("reader", locale, { right: "01a2" }),
    pathTo("sampleReader", locale, { slug: "marees" }),
  ]);
  const players = (["fr", "en"] as const).map((locale) => pathTo("embed", locale, { slug: "marees" }));

  it("lets no other site frame it, but the player", () => {
    expect(house["frame-ancestors"]).toBe("'none'");
    for (const path of readers) expect(policyOf(path)["frame-ancestors"]).toBe("'none'");
    for (const path of players) {
      const { "frame-ancestors": ancestors, "form-action": forms, ...rest } = policyOf(path);
      expect([ancestors, forms]).toEqual(["*", "'none'"]);
      expect(rest["style-src"]).toBe("'self'");
    }
    // Addresses that merely look like one.
    for (const path of ["/oeuvres/lecteur", "/oeuvres/a/b/lecteur", "/en/works/a/player/b", "/lecteur"])
      expect(policyOf(path)["frame-ancestors"]).toBe("'none'");
  });

  it("shows in the reader what is inside a book, lets nothing run there and nothing out", () => {
    for (const path of readers) {
      const policy = policyOf(path);
      expect(policy["script-src"]).toBe(house["script-src"]);
      expect(policy["style-src"]).toBe("'self' 'unsafe-inline' blob:");
      expect(policy["img-src"]).toBe("'self' data: blob:");
      for (const name of ["frame-src", "form-action", "object-src"]) expect(policy[name]).toBe("'none'");
      expect(policy["connect-src"]).toBe("'self'");
      expect(Object.values(policy).join(" ")).not.toMatch(/https?:|unsafe-eval/);
    }
    for (const path of ["/lire", "/oeuvres/lire", "/oeuvres/marees/lire/plus", "/en/read"])
      expect(policyOf(path)["style-src"]).toBe("'self'");
  });
});
