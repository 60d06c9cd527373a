import type { Page } from "playwright";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { sessionWords } from "#i18n/session.ts";
import type { Stack } from "./stack.ts";

/** Signs in as a person does: asks for the link, opens it from the mail, says yes. */
export async function signInThroughMail(
  page: Page,
  stack: Pick<Stack, "url" | "mail">,
  locale: Locale,
  email: string,
): Promise<void> {
  const words = sessionWords(locale);
  const before = (await stack.mail.messages()).length;
  await page.goto(stack.url + pathTo("signIn", locale));
  await page.getByLabel(words.email).fill(email);
  await page.getByRole("button", { name: words.ask }).click();
  await page.getByRole("heading", { name: words.sentTitle }).waitFor();
  await page.goto(await linkInMail(stack, email, before, pathTo("signIn", locale)));
  await page.getByRole("button", { name: words.enter }).click();
  await page.waitForURL((url) => !url.pathname.startsWith(pathTo("signIn", locale)));
}

/** The first link of ours below `path` in the first mail to this address after the `before` first ones; waits 30 s for it. */
export async function linkInMail(
  { url, mail }: Pick<Stack, "url" | "mail">,
  email: string,
  before: number,
  path: string,
): Promise<string> {
  const patience = Date.now() + 30_000;
  while (Date.now() < patience) {
    const all = await mail.messages();
    // Newest first: what came since stands before the others.
    const fresh = all.slice(0, all.length - before).filter(({ to }) => to.includes(email));
    const link = fresh.flatMap(({ links }) => links).find((each) => each.startsWith(`${url}${path}`));
    if (link) return link;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`no mail to ${email} with a link to ${path}`);
}
