import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** axe finds nothing on the page at hand, by the rules of WCAG 2.2 AA; `beside`: what is not ours to judge, as the inside of a book. */
export async function expectAccessible(page: Page, { beside }: { beside?: string } = {}): Promise<void> {
  const axe = new AxeBuilder({ page }).withTags([
    ...["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  ]);
  const { violations } = await (beside ? axe.exclude(beside) : axe).analyze();
  const said = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html }) => `    ${html}`).join("\n")}`,
  );
  expect(said, `accessibility of ${page.url()}`).toEqual([]);
}
