import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readEnv, SettingsError } from "./env.ts";

const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
const source = readFileSync(new URL("env.ts", import.meta.url), "utf8");

const whole = {
  PUBLIC_URL: "https://ventes.example/",
  SESSION_SECRET: "x".repeat(32),
  DATABASE_URL: "postgres://localhost/ventes",
  S3_BUCKET: "ventes",
  S3_ACCESS_KEY_ID: "key",
  S3_SECRET_ACCESS_KEY: "secret",
  STRIPE_SECRET_KEY: "sk_live_x",
  STRIPE_WEBHOOK_SECRET: "whsec_x",
  SMTP_URL: "smtps://user:word@mail.example:465",
  MAIL_FROM: "Ma coop <bonjour@ventes.example>",
};

describe("settings", () => {
  it("are each explained in .env.example, which names no other", () => {
    const known = [...source.matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map(([, name]) => name);
    const explained = [...example.matchAll(/^([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
    expect(known.length).toBeGreaterThan(15);
    expect(explained.sort()).toEqual(known.filter((name) => name !== "DEMO_OUTBOX_URL").sort());
  });

  it("are read once, with an empty one as absent", () => {
    const settings = readEnv({ ...whole, S3_ENDPOINT: "", S3_FORCE_PATH_STYLE: "true" });
    expect(settings).toMatchObject({
      publicUrl: "https://ventes.example",
      secure: true,
      stripe: { live: true },
    });
    expect(settings.storage).toMatchObject({ endpoint: undefined, forcePathStyle: true });
  });

  it("name every one that is missing or wrong, in one go, and say where to look", () => {
    const { DATABASE_URL: _, ...rest } = whole;
    const read = () => readEnv({ ...rest, SESSION_SECRET: "short", PORT: "many" });
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(/\.env\.example[\s\S]*PORT[\s\S]*SESSION_SECRET[\s\S]*DATABASE_URL/);
    // The value of a secret is never in the words.
    expect(read).not.toThrow(/short/);
  });
});
