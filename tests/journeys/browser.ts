import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { sessionWords } from "#i18n/session.ts";
import type { Stack } from "#dev/stack.ts";

/** axe finds nothing on the page at hand, by the rules of WCAG 2.2 AA. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const said = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html }) => `    ${html}`).join("\n")}`);
  expect(said, `accessibility of ${page.url()}`).toEqual([]);
}

/** Signs in as a person does: asks for the link, opens it from the mail, says yes. */
export async function signIn(page: Page, stack: Stack, locale: Locale, email: string): Promise<void> {
  const words = sessionWords(locale);
  const before = (await stack.mail.messages()).length;
  await page.goto(stack.url + pathTo("signIn", locale));
  await page.getByLabel(words.email).fill(email);
  await page.getByRole("button", { name: words.ask }).click();
  await expect(page.getByRole("heading", { name: words.sentTitle })).toBeVisible();
  const link = await linkInMail(stack, email, before, pathTo("signIn", locale));
  await page.goto(link);
  await page.getByRole("button", { name: words.enter }).click();
  await page.waitForURL((url) => !url.pathname.startsWith(pathTo("signIn", locale)));
}

/** The first link of ours below `path`, in the first mail to this address that came after the `before` first ones. */
export async function linkInMail(stack: Stack, email: string, before: number, path: string): Promise<string> {
  let found: string | undefined;
  await expect
    .poll(
      async () => {
        const fresh = (await stack.mail.messages()).slice(before);
        const mail = fresh.find((each) => each.to.some((to) => to === email) && each.text.includes(path));
        found = mail && new RegExp(`${stack.url}${path}[^\\s>)"]+`).exec(mail.text)?.[0];
        return found;
      },
      { timeout: 20_000, message: `a mail to ${email} with a link to ${path}` },
    )
    .toBeTruthy();
  return found!;
}
