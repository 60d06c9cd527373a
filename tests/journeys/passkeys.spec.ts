import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { buildApplication } from "#dev/build.ts";
import { demoPeople, plantDemo } from "#dev/plant.ts";
import { startPostgres } from "#dev/postgres.ts";
import { signInThroughMail } from "#dev/sign-in.ts";
import { type Stack, startStack } from "#dev/stack.ts";
import { accountWords } from "#i18n/account.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { testCluster } from "../cluster.ts";
import { expectAccessible } from "./browser.ts";

// Who keeps the money makes a passkey when they first come, acts with it, and comes in with it alone the next time. The device is
// Chromium's own authenticator in software.

const test = base.extend<object, { stack: Pick<Stack, "url" | "mail"> }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs.
    async ({}, use) => {
      const dataDir = await mkdtemp(join(tmpdir(), "ventes-passkeys-"));
      await buildApplication();
      const database = `passkeys_${process.pid}`;
      const postgres = await startPostgres(testCluster);
      const stack = await startStack({ dataDir, database, durable: false, postgres });
      // A passkey is made for a name, and never for a number.
      const url = stack.url.replace("127.0.0.1", "localhost");
      Object.assign(stack.env, { PUBLIC_URL: url, PASSKEY_REQUIRED: "true" });
      try {
        await Promise.all([stack.startWorker(), stack.startWeb()]);
        await plantDemo(stack, [], () => {});
        await use({ url, mail: stack.mail });
      } finally {
        await stack.stop();
        await postgres.dropDatabase(database);
        await rm(dataDir, { recursive: true, force: true });
      }
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

/** A device in software that has a finger on it; returns how many keys it holds. */
async function withDevice(page: Page) {
  const device = await page.context().newCDPSession(page);
  await device.send("WebAuthn.enable");
  const { authenticatorId } = await device.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    keys: async () => (await device.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length,
    /** The next time nobody puts a finger on it. */
    verified: (isUserVerified: boolean) =>
      device.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
  };
}

for (const locale of ["fr", "en"] as const satisfies Locale[]) {
  test(`a treasurer makes a passkey and comes back with it alone (${locale})`, async ({ browser, stack }) => {
    const words = accountWords(locale);
    const to = (...address: Parameters<typeof pathTo>) => stack.url + pathTo(...address);
    // Each language is a treasurer of their own: a key that is lost is for a second administrator to replace.
    const email = locale === "fr" ? demoPeople.treasurer : demoPeople.curator;
    const page = await (await browser.newContext({ locale: locale === "fr" ? "fr-CA" : "en-CA" })).newPage();
    const device = await withDevice(page);

    await signInThroughMail(page, stack, locale, email);
    if (locale === "fr") {
      await expect(page.getByRole("heading", { name: words.passkeys.needTitle })).toBeVisible();
    } else await page.goto(to("accountPasskeys", locale));
    await expectAccessible(page);
    await page.getByLabel(words.passkeys.name).fill("Chromium");
    await page.getByRole("button", { name: words.passkeys.add }).click();
    await expect(page.getByText(words.passkeys.added)).toBeVisible();
    await expect(page.getByRole("heading", { name: "Chromium" })).toBeVisible();
    expect(await device.keys()).toBe(1);
    await expectAccessible(page);
    for (const room of ["account", "accountSessions", "accountMail", "accountPrivacy"] as const) {
      await page.goto(to(room, locale));
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page);
    }
    if (locale === "fr")
      for (const room of ["officeActs", "officeAudit"] as const) {
        await page.goto(to(room, locale));
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectAccessible(page);
      }

    await page.goto(to("account", locale));
    await page.locator("main").getByRole("button").click();
    await page.waitForURL(to("home", locale));
    await page.goto(to("signIn", locale, {}, { vers: pathTo("accountSessions", locale) }));
    await expectAccessible(page);
    await device.verified(false);
    await page.getByRole("button", { name: words.signIn.passkey }).click();
    await expect(page.getByText(words.signIn.refused)).toBeVisible();
    await device.verified(true);
    await page.getByRole("button", { name: words.signIn.passkey }).click();
    await page.waitForURL(to("accountSessions", locale));
    await expect(page.getByText(words.sessions.proof.passkey)).toBeVisible();
    await page.goto(to("accountConfirm", locale, {}, { vers: pathTo("account", locale) }));
    await expectAccessible(page);
    await page.getByRole("button", { name: words.confirm.byPasskey }).click();
    await page.waitForURL(to("account", locale));
  });
}
