import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { expect, type Page } from "@playwright/test";
import { demoPeople } from "#dev/plant.ts";
import { linkInMail, signInThroughMail as signIn } from "#dev/sign-in.ts";
import { typeset } from "#dev/works/french.ts";
import { deskWords } from "#i18n/desk.ts";
import type { Locale } from "#i18n/locale.ts";
import { mailWords } from "#i18n/mails.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";
import { studioFilesWords, studioMoneyWords, studioRecordWords, studioWords } from "#i18n/studio.ts";
import { expectAccessible } from "./browser.ts";
import { type House, test } from "./house.ts";

// One sale through the whole house, once in each language: a member's files become works, a committee reads them, a reader without an
// account buys works of two co-ops, everybody's part reaches them, and axe finds nothing on any page.

for (const locale of ["fr", "en"] as const) {
  test(`first sale, from a member's file to everyone's share (${locale})`, async ({ browser, house }) => {
    const to = (
      ...[name, params, query]: [
        Parameters<typeof pathTo>[0],
        Record<string, string>?,
        Record<string, string>?,
      ]
    ) => house.stack.url + pathTo(name, locale, params, query);
    const open = async () =>
      (await browser.newContext({ locale: locale === "fr" ? "fr-CA" : "en-CA" })).newPage();
    const invitee = `invitee-${locale}@exemple.coop`;
    const title = `${typeset(house.fresh.book.plan.title)} (${locale})`;

    // The artist-member.
    const artist = await open();
    await signIn(artist, house.stack, locale, demoPeople.artist);
    await artist.goto(to("studio"));
    await expectAccessible(artist);
    const bookId = await uploadWork(artist, house, locale, "book", to("studioNew"));
    await artist.goto(to("studioDetails", { id: bookId }));
    const record = studioRecordWords(locale);
    await expect(artist.locator("#title")).toHaveValue(typeset(house.fresh.book.plan.title));
    await expectAccessible(artist);
    await artist.locator("#title").fill(title);
    await artist.locator("#descriptionFr").fill("Trente-deux poèmes écrits de nuit, entre deux rondes.");
    await artist.locator("input[name=priceKind][value=fixed]").check();
    await artist.locator("input[name=price]").fill(locale === "fr" ? "12,00" : "12.00");
    await artist.getByRole("button", { name: record.save }).click();
    await expect(artist.getByRole("status").filter({ hasText: record.saved }).first()).toBeVisible();
    await artist.goto(to("studioShares", { id: bookId }));
    await expectAccessible(artist);
    await shareWithInvitee(artist, locale, invitee);
    await submit(artist, locale, to("studioSubmission", { id: bookId }));

    const albumId = await uploadWork(artist, house, locale, "album", to("studioNew"));
    await artist.goto(to("studioDetails", { id: albumId }));
    await expect(artist.locator("#title")).toHaveValue(typeset(house.fresh.album.plan.title));
    await expectAccessible(artist);

    // The committee returns it once with a reason, then publishes.
    const curator = await open();
    const desk = deskWords(locale);
    await signIn(curator, house.stack, locale, demoPeople.curator);
    await curator.goto(to("desk"));
    await expectAccessible(curator);
    await curator.getByRole("link", { name: title }).first().click();
    await expectAccessible(curator);
    await curator.locator("#words").fill("Une phrase de plus sur la route 138 ?");
    await curator.getByRole("button", { name: desk.reasons.description_short.label }).click();
    await expect(curator.getByRole("status").filter({ hasText: desk.returned(title) })).toBeVisible();
    await artist.goto(to("studioSubmission", { id: bookId }));
    await expect(artist.getByText("Une phrase de plus sur la route 138 ?")).toBeVisible();
    await submit(artist, locale, to("studioSubmission", { id: bookId }));
    await curator.goto(to("desk"));
    await curator.getByRole("link", { name: title }).first().click();
    await curator.getByRole("button", { name: desk.decide.publish }).click();
    await expect(curator.getByRole("status").filter({ hasText: desk.published(title) })).toBeVisible();

    // A reader without an account.
    const reader = await open();
    const shop = shopWords(locale);
    const address = `lectrice-${locale}@exemple.org`;
    await reader.goto(to("home"));
    await expectAccessible(reader);
    await reader.goto(to("browse", {}, { q: title.replace("Rive", "rive").replace("nord", "nrod") }));
    await expectAccessible(reader);
    await reader.getByRole("link", { name: title }).first().click();
    await expect(reader.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expectAccessible(reader);
    await reader.getByRole("link", { name: shop.work.leaf }).first().click();
    await expectAccessible(reader);
    await reader.goBack();
    await reader.getByRole("button", { name: shop.work.add }).click();
    await expect(reader.getByRole("link", { name: shop.work.seeCart }).first()).toBeVisible();
    const other = house.planted.find(
      ({ plan }) => plan.coop === "atelier-des-halles" && plan.kind === "album",
    )!;
    await reader.goto(to("browse", {}, { q: other.plan.title }));
    await reader
      .getByRole("link", { name: typeset(other.plan.title) })
      .first()
      .click();
    await expect(reader.locator("audio").first()).toHaveAttribute("src", /\/ecoute\//);
    await expectAccessible(reader);
    await reader.locator("#price").fill(locale === "fr" ? "8,00" : "8.00");
    await reader.getByRole("button", { name: shop.work.add }).click();
    await reader.getByRole("link", { name: shop.work.seeCart }).first().click();
    await expectAccessible(reader);
    await reader.goto(to("checkout", {}, { place: "CA-QC" }));
    await expectAccessible(reader);
    // 12,00 + 8,00; TPS 5 % = 0,60 + 0,40; TVQ 9,975 % = 1,197 and 0,798, each line half up: 1,20 + 0,80.
    await expect(reader.getByText(locale === "fr" ? /23,00\s*\$/ : "$23.00").first()).toBeVisible();
    await reader.locator("#email").fill(address);
    const mails = (await house.stack.mail.messages()).length;
    await reader.getByRole("button", { name: shop.checkout.pay }).click();
    await reader.waitForURL(`${house.stack.stripe.url}/**`);
    await expectAccessible(reader);
    await reader.locator("button[name=card]").first().click();
    await reader.waitForURL(/\/(merci|thanks)\//);
    await expect(reader.getByRole("heading", { level: 1, name: shop.thanks.title })).toBeVisible();
    await expectAccessible(reader);
    const receipt = await linkInMail(
      house.stack,
      address,
      mails,
      pathTo("purchase", locale, { access: "x" }).slice(0, -1),
    );
    await reader.goto(receipt);
    await expect(async () => {
      await reader.reload();
      await expect(reader.getByText(mailWords(locale).receipt.cardFee).first()).toBeVisible({
        timeout: 1_000,
      });
    }).toPass({ timeout: 30_000 });
    await expectAccessible(reader);
    await expectOwnBytes(reader, house);

    // The same address signs in later and finds the works; a stranger with the address of a file gets nothing.
    const file = await reader
      .locator('a[href*="/telecharger/"], a[href*="/download/"]')
      .first()
      .getAttribute("href");
    const stranger = await open();
    const refused = await stranger.request.get(house.stack.url + file!.split("?")[0], { maxRedirects: 0 });
    expect(refused.status()).toBe(404);
    await signIn(reader, house.stack, locale, address);
    await reader.goto(to("library"));
    await expect(reader.getByText(title).first()).toBeVisible();
    await expectAccessible(reader);

    // The artist sees the sale and each deduction; staff see the books.
    const money = studioMoneyWords(locale);
    await artist.goto(to("studioEarnings"));
    await expectAccessible(artist);
    await artist.locator('a[href*="/revenus/"], a[href*="/earnings/"]').first().click();
    await expect(artist.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(artist);
    const treasurer = await open();
    await signIn(treasurer, house.stack, locale, demoPeople.treasurer);
    for (const page of ["office", "officeSales", "officeBooks", "officeMembers"] as const) {
      await treasurer.goto(to(page));
      await expect(treasurer.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(treasurer);
    }
    await treasurer.goto(to("officeSales"));
    await treasurer.locator('a[href*="/ventes/"], a[href*="/sales/"]').first().click();
    await expectAccessible(treasurer);

    // Who was invited accepts, opens an account, and what was held is released.
    const guest = await open();
    await signIn(guest, house.stack, locale, invitee);
    await guest.goto(to("studio"));
    await guest
      .getByRole("button", { name: studioWords(locale).home.accept })
      .first()
      .click();
    await guest.goto(to("studioPayouts"));
    await expectAccessible(guest);
    await guest.getByRole("button", { name: money.payouts.begin }).click();
    await guest.waitForURL(`${house.stack.stripe.url}/**`);
    await guest.locator("button[name=answer][value=finish]").click();
    await guest.waitForURL(`${house.stack.url}/**`);
    await expect(async () => {
      const { transfers } = await house.stack.stripe.control.snapshot();
      const account = await accountOf(house, invitee);
      expect(transfers.some((each) => each.destination === account && each.amount > 0)).toBe(true);
    }).toPass({ timeout: 30_000 });
    await guest.goto(to("studioPayouts"));
    await expectAccessible(guest);
  });
}

/** Starts a work, drops its files on the page, and waits until the worker has read each; returns the work's id. */
async function uploadWork(
  page: Page,
  house: House,
  locale: Locale,
  kind: "book" | "album",
  start: string,
): Promise<string> {
  const words = studioWords(locale);
  await page.goto(start);
  await expectAccessible(page);
  await page.locator(`input[name=kind][value=${kind}]`).check();
  await page.getByRole("button", { name: words.start.go }).click();
  await page.waitForURL(/\/(fichiers|files)/);
  const id = /works\/([0-9a-f-]{36})|oeuvres\/([0-9a-f-]{36})/.exec(page.url())!.slice(1).find(Boolean)!;
  const { files } = house.fresh[kind];
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles(files.map(({ path }) => path));
  for (const { path } of files) {
    await expect(page.locator("li", { hasText: basename(path) }).first()).toContainText(
      studioFilesWords(locale).states.accepted,
      {
        timeout: 90_000,
      },
    );
  }
  await expect(page.locator(".cover-aside img")).toBeVisible({ timeout: 90_000 });
  await expectAccessible(page);
  return id;
}

async function shareWithInvitee(page: Page, locale: Locale, email: string): Promise<void> {
  const words = studioWords(locale).shares;
  await page.getByRole("button", { name: words.save }).click();
  await expect(page.getByText(words.saved)).toBeVisible();
  await page.getByText(words.inviteTitle).first().click();
  await page.locator("#name").fill("Invitée de la démo");
  await page.locator("#email").fill(email);
  await page.locator("#share").fill("1");
  await page.getByRole("button", { name: words.invite, exact: true }).click();
  await expect(page.getByText(words.invited)).toBeVisible();
}

async function submit(page: Page, locale: Locale, url: string): Promise<void> {
  const words = studioWords(locale).submission;
  await page.goto(url);
  await expectAccessible(page);
  await page.getByRole("button", { name: words.submit }).click();
  await expect(page.getByText(words.waitingTitle)).toBeVisible();
}

/** What is downloaded from the purchase page is, byte for byte, what was uploaded. */
async function expectOwnBytes(page: Page, house: House): Promise<void> {
  const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  const uploaded = new Set(
    await Promise.all(house.fresh.book.files.map(async ({ path }) => hash(await readFile(path)))),
  );
  const hrefs = await page
    .locator('a[href*="/telecharger/"], a[href*="/download/"]')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
  const found = await Promise.all(
    hrefs.map(async (href) => {
      const answer = await page.request.get(href);
      expect(answer.status()).toBe(200);
      expect(answer.headers()["content-disposition"]).toContain("attachment");
      return hash(await answer.body());
    }),
  );
  expect(found.filter((each) => uploaded.has(each))).toHaveLength(uploaded.size);
}

async function accountOf(house: House, email: string): Promise<string | undefined> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: house.stack.env.DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query<{ stripe_account: string }>(
      "select a.stripe_account from payout_account a join member m on m.id = a.member_id join person p on p.id = m.person_id where p.email = $1",
      [email],
    );
    return rows[0]?.stripe_account;
  } finally {
    await client.end();
  }
}
