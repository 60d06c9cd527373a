import { type Browser, expect, type Page } from "@playwright/test";
import { signInThroughMail as signIn } from "#dev/sign-in.ts";
import { hearingWords } from "#i18n/hearing.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { readingWords } from "#i18n/reading.ts";
import { shopWords } from "#i18n/shop.ts";
import { expectAccessible } from "./browser.ts";
import { type House, test } from "./house.ts";

// Once in each language: an album is heard while one browses, its queue put in order, and found again after a reload; a player of it
// stands for other sites. The sample of a book is read, the book bought, and read on where it was left on another device.

for (const locale of ["fr", "en"] as const) {
  const open = async (browser: Browser): Promise<Page> =>
    (await browser.newContext({ locale: locale === "fr" ? "fr-CA" : "en-CA" })).newPage();
  const album = "bistanclaque";
  const book = "les-eaux-hautes";

  test(`hear an album while browsing (${locale})`, async ({ browser, house }) => {
    const to = addressIn(house, locale);
    const words = hearingWords(locale);
    const page = await open(browser);
    await page.goto(to("work", { slug: album }));
    // The worker makes the streams one after the other, once the album is published.
    const tune = await firstStreamed(page);
    await page.getByRole("button", { name: words.playTrack(tune) }).click();
    const player = page.getByRole("region", { name: words.label });
    await expect(player.getByText(words.left(2))).toBeVisible();
    await expectAccessible(page);

    // It goes on over pages; none of them is loaded anew.
    await page.evaluate(() => Object.assign(window, { same: true }));
    await page.locator(".masthead-nav a").first().click();
    await page.waitForURL(/genre=book/);
    const before = await secondsOf(page);
    await expect.poll(() => secondsOf(page)).toBeGreaterThan(before);
    expect(await page.evaluate(() => "same" in window)).toBe(true);
    expect(await page.evaluate(() => navigator.mediaSession.metadata?.title)).toBe(tune);
    await expectAccessible(page);

    // Keys, then the queue.
    const slider = player.getByRole("slider");
    await slider.focus();
    await page.keyboard.press("Space");
    await expect(player.getByRole("button", { name: words.play, exact: true })).toBeVisible();
    const paused = await secondsOf(page);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => secondsOf(page)).toBe(paused + 5);
    await player.getByRole("button", { name: words.queue.open(await lengthOf(page)) }).click();
    await expectAccessible(page);
    const other = player.locator("ol > li:not([aria-current]):not([aria-current] + li)").last();
    const title = await other.locator(".player-item > span").first().innerText();
    await other.getByRole("button", { name: words.queue.next(title) }).click();
    await expect(player.locator("li[aria-current] + li")).toContainText(title);
    await player.getByRole("button", { name: words.queue.remove(title) }).click();
    await expect(player.getByText(title, { exact: true })).toHaveCount(0);

    // A reload finds it as it was, silent until it is asked.
    const kept = await secondsOf(page);
    await page.reload();
    await expect(player.getByText(tune, { exact: true })).toBeVisible();
    expect(await secondsOf(page)).toBe(kept);
    await player.getByRole("button", { name: words.play, exact: true }).click();
    await expect.poll(() => secondsOf(page)).toBeGreaterThan(kept);
    await player.getByRole("button", { name: words.close }).click();
    await expect(player).toHaveCount(0);

    // The player for other sites: they may frame it, and its links open beside them.
    const elsewhere = await open(browser);
    const answer = await elsewhere.goto(to("embed", { slug: album }));
    expect(answer?.headers()["content-security-policy"]).toContain("frame-ancestors *;");
    await expect(elsewhere.getByRole("link", { name: new RegExp(words.embed.buy) })).toHaveAttribute(
      "target",
      "_blank",
    );
    await elsewhere.getByRole("button", { name: words.playTrack(tune) }).click();
    await expect(elsewhere.getByRole("region", { name: words.label })).toBeVisible();
    await expectAccessible(elsewhere);
  });

  test(`read a book, here and on another device (${locale})`, async ({ browser, house }) => {
    const to = addressIn(house, locale);
    const words = readingWords(locale);
    const page = await open(browser);
    await page.goto(to("work", { slug: book }));
    await page.getByRole("link", { name: shopWords(locale).work.readSample }).click();
    await expect(page.getByRole("button", { name: words.settings.open })).toBeVisible();
    const frame = page.locator(".reader-page iframe").first();
    await expect(frame).toHaveAttribute("sandbox", "allow-same-origin");
    await expect(frame).toHaveAttribute("title", words.page);
    await expectAccessible(page, { beside: ".reader-page" });
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => percentOf(page)).toBeGreaterThan(0);
    await page.getByRole("button", { name: words.settings.open }).click();
    await page.getByLabel(words.settings.themes.dark).check();
    await page.getByRole("button", { name: words.settings.larger }).click();
    await expect(page.locator(".reader")).toHaveAttribute("data-theme", "dark");
    await expectAccessible(page, { beside: ".reader-page" });
    await page.getByRole("button", { name: words.search.open, exact: true }).first().click();
    await page.getByLabel(words.search.label).fill("eau");
    await page.keyboard.press("Enter");
    await expect(page.locator(".reader-panel .reader-item").first()).toBeVisible();
    await expectAccessible(page, { beside: ".reader-page" });

    const address = `liseuse-${locale}@exemple.org`;
    await buy(page, house, locale, book, address);
    await signIn(page, house.stack, locale, address);
    await page.goto(to("library"));
    await expectAccessible(page);
    await page.getByRole("link", { name: words.read }).click();
    await goForward(page, 6);
    const here = await percentOf(page);
    expect(here).toBeGreaterThan(0);

    // Another device takes it up there, and reads on.
    const tablet = await open(browser);
    await signIn(tablet, house.stack, locale, address);
    await tablet.goto(page.url());
    await expect(tablet.getByText(words.resumed(shown(here, locale)))).toBeVisible();
    await goForward(tablet, 4);
    const there = await percentOf(tablet);
    expect(there).toBeGreaterThan(here);

    // The first is told, and goes there if it likes.
    await page.keyboard.press("ArrowLeft");
    const go = page.getByRole("button", { name: words.goThere });
    await expect(go).toBeVisible();
    await expectAccessible(page, { beside: ".reader-page" });
    await go.click();
    await expect.poll(() => percentOf(page)).toBe(there);
  });
}

const addressIn =
  (house: House, locale: Locale) =>
  (name: Parameters<typeof pathTo>[0], params: Record<string, string> = {}): string =>
    house.stack.url + pathTo(name, locale, params);

/** The title of a track whose stream is made: one that may be heard three times. Others have their excerpt until theirs is. */
async function firstStreamed(page: Page): Promise<string> {
  let title = "";
  await expect(async () => {
    await page.reload();
    for (const track of await page.locator("li.track:has(audio)").all()) {
      const sound = await track.locator("audio").evaluate((audio) => (audio as HTMLAudioElement).src);
      const told = (await (await page.request.get(`${sound}?etat=1`)).json()) as { left: number | null };
      title = told.left === 3 ? await track.locator(".track-title").innerText() : title;
    }
    expect(title).not.toBe("");
    // Enough of them to be put in order.
    expect(await page.locator("li.track audio").count()).toBeGreaterThan(2);
  }).toPass({ timeout: 240_000 });
  return title;
}

/** Where the player is, in whole seconds. */
const secondsOf = async (page: Page): Promise<number> =>
  Number(await page.locator(".player input[type=range]").inputValue());

const lengthOf = async (page: Page): Promise<number> =>
  Number(/\((\d+)\)/.exec(await page.locator(".player-more").innerText())?.[1]);

const shown = (percent: number, locale: Locale): string =>
  new Intl.NumberFormat(locale === "fr" ? "fr-CA" : "en-CA", { style: "percent" }).format(percent / 100);

/** How much of the book is read, as the reader says. */
const percentOf = async (page: Page): Promise<number> =>
  Number(/(\d+)\s*%/.exec(await page.locator(".reader-foot [role=status]").innerText())?.[1] ?? 0);

/** Turns pages, and waits until the house has been told. */
async function goForward(page: Page, pages: number): Promise<void> {
  await expect(page.locator(".reader-page iframe").first()).toBeVisible();
  // The book is measured before it says how far one is.
  await expect(page.locator(".reader-foot [role=status]")).toContainText("%");
  let told = "";
  page.on("response", (answer) => {
    const asked = answer.request();
    if (asked.method() === "PUT" && answer.ok()) told = (asked.postDataJSON() as { place: string }).place;
  });
  for (let i = 0; i < pages; i += 1) {
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(500);
  }
  await expect.poll(async () => told !== "" && told === (await placeKept(page))).toBe(true);
}

/** The latest place that this device has kept, of whichever book. */
const placeKept = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const kept = Object.entries(localStorage)
      .filter(([key]) => key.startsWith("reading-"))
      .map(([, value]) => JSON.parse(value) as { place: string; at: number });
    return kept.sort((a, b) => b.at - a.at)[0]?.place ?? "";
  });

async function buy(page: Page, house: House, locale: Locale, slug: string, email: string): Promise<void> {
  const shop = shopWords(locale);
  const to = addressIn(house, locale);
  await page.goto(to("work", { slug }));
  await page.getByRole("button", { name: shop.work.add }).click();
  await page.getByRole("link", { name: shop.work.seeCart }).first().click();
  await page.goto(`${to("checkout")}?place=CA-QC`);
  await page.locator("#email").fill(email);
  await page.getByRole("button", { name: shop.checkout.pay }).click();
  await page.waitForURL(`${house.stack.stripe.url}/**`);
  await page.locator("button[name=card]").first().click();
  await page.waitForURL(/\/(merci|thanks)\//);
  await expect(page.getByRole("heading", { level: 1, name: shop.thanks.title })).toBeVisible();
}
