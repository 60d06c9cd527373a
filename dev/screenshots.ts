import { mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type BrowserContext, chromium } from "playwright";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { buildApplication } from "./build.ts";
import { chromiumOptions } from "./chromium.ts";
import { demoPeople, plantDemo } from "./plant.ts";
import { begin } from "./progress.ts";
import { signInThroughMail } from "./sign-in.ts";
import { startStack } from "./stack.ts";
import { makeDemoWorks } from "./works/make.ts";

// Pictures of the main pages, as a person meets them: both languages, desktop and phone, light and dark, into screenshots/. The data
// are the demo's, planted where they are not there yet; the demo itself must not be running.

const out = fileURLToPath(new URL("../screenshots/", import.meta.url));
const looks = [
  { name: "desktop-light", viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  { name: "desktop-dark", viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  { name: "phone-light", viewport: { width: 390, height: 844 }, colorScheme: "light" },
  { name: "phone-dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
] as const;

const building = begin("Building the pages");
await buildApplication();
building.done();
const making = begin("Demo works");
const works = await makeDemoWorks(
  fileURLToPath(new URL("../.data/works", import.meta.url)),
  (done, total, what) => making.at(done, total, what),
);
making.done();
const stack = await startStack({
  dataDir: fileURLToPath(new URL("../.data/demo", import.meta.url)),
  database: "ventes",
  durable: true,
});
const browser = await chromium.launch(chromiumOptions());
try {
  await Promise.all([stack.startWorker(), stack.startWeb()]);
  const planting = begin("Entering the works");
  await plantDemo(stack, works, (done, total, what) => planting.at(done, total, what));
  planting.done();
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  for (const locale of ["fr", "en"] as const) await shoot(locale);
} finally {
  await browser.close();
  await stack.stop();
}

async function shoot(locale: Locale): Promise<void> {
  const shooting = begin(`Pictures (${locale})`);
  const book = works.find(({ plan }) => plan.slug === "les-eaux-hautes")!.plan.slug;
  const album = works.find(({ plan }) => plan.kind === "album")!.plan.slug;
  const to = (
    name: Parameters<typeof pathTo>[0],
    params?: Record<string, string>,
    query?: Record<string, string>,
  ) => pathTo(name, locale, params, query);
  const open: [string, string][] = [
    ["home", to("home")],
    ["browse", to("browse")],
    ["search", to("browse", {}, { q: "maree" })],
    ["work-book", to("work", { slug: book })],
    ["work-album", to("work", { slug: album })],
    ["sample", to("sample", { slug: book })],
    ["coop", to("coop", { slug: "presses-du-fleuve" })],
    ["about", to("about")],
    ["sign-in", to("signIn")],
    ["not-found", `${to("home")}/rien`.replace("//", "/")],
  ];
  const rooms: { email: string; pages: [string, string][] }[] = [
    {
      email: demoPeople.artist,
      pages: [
        ["studio", to("studio")],
        ["studio-earnings", to("studioEarnings")],
        ["studio-payouts", to("studioPayouts")],
        ["library", to("library")],
      ],
    },
    {
      email: demoPeople.curator,
      pages: [
        ["desk", to("desk")],
        ["desk-works", to("deskWorks")],
      ],
    },
    {
      email: demoPeople.treasurer,
      pages: [
        ["office", to("office")],
        ["office-sales", to("officeSales")],
        ["office-books", to("officeBooks")],
        ["office-members", to("officeMembers")],
      ],
    },
  ];
  const total = looks.length * (open.length + 2 + rooms.reduce((sum, { pages }) => sum + pages.length, 0));
  let done = 0;
  const take = async (context: BrowserContext, look: string, pages: [string, string][]) => {
    const page = await context.newPage();
    for (const [name, path] of pages) {
      await page.goto(stack.url + path, { waitUntil: "networkidle" });
      await page.screenshot({ path: `${out}${name}-${locale}-${look}.png`, fullPage: true });
      done += 1;
      shooting.at(done, total, name);
    }
    await page.close();
  };
  const signedIn = new Map<string, Awaited<ReturnType<BrowserContext["storageState"]>>>();
  for (const { email } of rooms) {
    const context = await browser.newContext();
    await signInThroughMail(await context.newPage(), stack, locale, email);
    signedIn.set(email, await context.storageState());
    await context.close();
  }
  for (const { name: look, ...looked } of looks) {
    // In Québec, so that the cart shows its taxes.
    const options = {
      ...looked,
      locale: locale === "fr" ? "fr-CA" : "en-CA",
      timezoneId: "America/Montreal",
    };
    const visitor = await browser.newContext(options);
    await take(visitor, look, open);
    const page = await visitor.newPage();
    await page.goto(stack.url + to("work", { slug: book }));
    await page.locator("button[name=intent]").first().click();
    await page.locator(".buy").getByRole("link").first().waitFor();
    await page.close();
    await take(visitor, look, [
      ["cart", to("cart")],
      ["checkout", to("checkout")],
    ]);
    await visitor.close();
    for (const { email, pages } of rooms) {
      const context = await browser.newContext({ ...options, storageState: signedIn.get(email)! });
      await take(context, look, pages);
      await context.close();
    }
  }
  shooting.done(`${done} in screenshots/`);
}
