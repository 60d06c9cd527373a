import { defineConfig } from "@playwright/test";
import { chromiumOptions } from "./dev/chromium.ts";

/** A few journeys in a real browser, each with a whole house of its own. Chromium is the machine's. */
export default defineConfig({
  testDir: "tests/journeys",
  workers: 1,
  fullyParallel: false,
  retries: 0,
  // One journey is a whole day of the house: two minutes on an idle machine, more on a busy one.
  timeout: 600_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json", { outputFile: ".cache/tests/playwright.json" }]],
  outputDir: ".cache/journeys",
  use: {
    actionTimeout: 20_000,
    browserName: "chromium",
    launchOptions: chromiumOptions(),
    timezoneId: "America/Montreal",
    trace: "retain-on-failure",
  },
});
