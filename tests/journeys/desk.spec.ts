import { expect } from "@playwright/test";
import { sql } from "kysely";
import { openDatabase } from "#db/connection.ts";
import { demoPeople } from "#dev/plant.ts";
import { signInThroughMail as signIn } from "#dev/sign-in.ts";
import { deskWords } from "#i18n/desk.ts";
import { deskKeyWords } from "#i18n/desk-keys.ts";
import { pathTo } from "#i18n/paths.ts";
import { expectAccessible } from "./browser.ts";
import { test } from "./house.ts";

/** As many as a committee reads on a day of great cleaning. */
const submissions = 50;

// A curator answers a whole pile without touching anything but the keyboard; typing words never sets off a shortcut.
test(`${submissions} submissions, by keyboard alone`, async ({ browser, house }) => {
  const locale = "fr";
  const words = deskWords(locale);
  const keys = deskKeyWords(locale);
  const { db } = openDatabase(house.stack.env.DATABASE_URL!, { max: 2 });
  await sql`
    with made as (
      insert into work (id, coop_id, member_id, slug, kind, title, price, state, state_at, created_at, updated_at)
      select gen_random_uuid(), m.coop_id, m.id, 'pile-' || n, 'book', 'Pile ' || lpad(n::text, 2, '0'), 900, 'submitted',
        now(), now(), now()
      from generate_series(1, ${submissions}) n, (select m.* from member m join work w on w.member_id = m.id
        where w.state = 'published' and m.coop_id in (select r.coop_id from coop_role r join person p on p.id = r.person_id
          where p.email = ${demoPeople.curator}) limit 1) m
      returning id, member_id, slug),
    sent as (insert into submission (id, work_id, member_id, submitted_at)
      select gen_random_uuid(), id, member_id, now() - interval '1 day' + split_part(slug, '-', 2)::int * interval '1 minute' from made),
    filed as (insert into asset (id, work_id, role, storage_key, media_type, bytes, created_at)
      select gen_random_uuid(), id, 'original', 'pile/' || id, 'application/epub+zip', 4200, now() from made),
    lists as (insert into share_list (id, work_id, in_force_from, created_at)
      select gen_random_uuid(), id, now() - interval '1 day', now() from made returning id, work_id)
    insert into share (share_list_id, member_id, parts, position, accepted_at)
      select lists.id, made.member_id, 1, 1, now() from lists join made on made.id = lists.work_id`.execute(
    db,
  );

  const page = await (await browser.newContext({ locale: "fr-CA" })).newPage();
  await signIn(page, house.stack, locale, demoPeople.curator);
  await page.goto(house.stack.url + pathTo("desk", locale));
  await expect(page.getByRole("button", { name: keys.sheet })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const title = page.getByRole("heading", { level: 1 });
  await expect(title).toHaveText("Pile 01");
  await expect(title).toBeFocused();

  // The sheet; then there and back; then words, in which letters are letters.
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: keys.title })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await expect(title).toHaveText("Pile 02");
  await page.keyboard.press("k");
  await expect(title).toHaveText("Pile 01");
  await page.keyboard.press("m");
  await page.keyboard.type("jkpq ?");
  await expect(page.locator(".review-answer textarea")).toHaveValue("jkpq ?");
  await expect(title).toHaveText("Pile 01");
  await page.keyboard.press("Escape");

  for (let n = 1; n <= submissions; n += 1) {
    const name = `Pile ${String(n).padStart(2, "0")}`;
    await expect(title).toHaveText(name);
    const publishes = n % 3 !== 0;
    await page.keyboard.press(publishes ? "p" : "r");
    if (!publishes) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(
      page
        .getByRole("status")
        .filter({ hasText: `« ${name} »` })
        .first(),
    ).toBeVisible();
  }
  await expect(page.getByRole("heading", { name: words.emptyTitle })).toBeVisible();
  const { rows } = await sql<{ decision: string; reason: string | null; count: number }>`
    select s.decision, s.reason_code as reason, count(*)::int from submission s join work w on w.id = s.work_id
    where w.slug like 'pile-%' group by 1, 2 order by 1`.execute(db);
  expect(rows).toEqual([
    { decision: "published", reason: null, count: submissions - Math.floor(submissions / 3) },
    { decision: "returned", reason: "description_short", count: Math.floor(submissions / 3) },
  ]);
  await db.destroy();
});
