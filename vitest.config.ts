import { defineConfig } from "vitest/config";

/** Pure tests lie beside the code; those that need PostgreSQL or a neighbour's double lie in tests/. Journeys are Playwright's. */
export default defineConfig({
  test: {
    include: ["{domain,i18n,gateways,app,workers,dev}/**/*.test.{ts,tsx}", "tests/**/*.test.ts"],
    exclude: ["tests/journeys/**", "node_modules/**", "build/**"],
    globalSetup: ["tests/cluster.ts"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
