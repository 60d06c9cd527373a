import { v7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { House } from "#domain/house.ts";
import { setClock } from "#gateways/clock.ts";
import { readEnv } from "#gateways/env.ts";
import { type Letter, MailFailure } from "#gateways/mail.ts";
import { createStripe } from "#gateways/stripe.ts";
import { freshDatabase, type ScratchDatabase } from "#tests/database.ts";
import { sayOnce } from "#workers/mails/say-once.ts";
import { sendReceipt } from "#workers/tasks/send-receipt.ts";
import { sendReviewOutcome } from "#workers/tasks/send-review-outcome.ts";
import { sendSignInLink } from "#workers/tasks/send-sign-in-link.ts";

const clock = setClock("2026-11-22T10:00:00-05:00");
let scratch: ScratchDatabase;
let sent: Letter[] = [];
/** What the mail server does next: an error to throw, or a wait. */
let next: (() => Promise<void>) | null = null;
let house: House;

beforeAll(async () => {
  scratch = await freshDatabase();
  const settings = readEnv({
    SESSION_SECRET: "s".repeat(40),
    DATABASE_URL: scratch.url,
    PUBLIC_URL: "https://ventes.example",
    S3_BUCKET: "b",
    S3_ACCESS_KEY_ID: "k",
    S3_SECRET_ACCESS_KEY: "k",
    STRIPE_SECRET_KEY: "sk_test_x",
    STRIPE_WEBHOOK_SECRET: "whsec_x",
    STRIPE_API_BASE: "http://127.0.0.1:1",
    SMTP_URL: "smtp://127.0.0.1:1",
    MAIL_FROM: "boutique@ventes.example",
  });
  house = {
    clock,
    queue: scratch.queue,
    settings,
    stripe: createStripe(settings.stripe),
    storage: undefined as never, // no mail fetches a file
    mail: {
      async send(letter) {
        const now = next;
        next = null;
        await now?.();
        sent.push(letter);
      },
      verify: async () => {},
      close: () => {},
    },
  };
});
beforeEach(() => {
  sent = [];
  next = null;
});
afterAll(() => scratch.close());

const say = (key: string) =>
  sayOnce(scratch.db, house, {
    key,
    to: "ana@exemple.coop",
    compose: () => ({ subject: "Bonjour", html: "<p>Bonjour</p>", text: "Bonjour" }),
  });
const kept = (key: string) =>
  scratch.db.selectFrom("mail_sent").selectAll().where("key", "=", key).executeTakeFirstOrThrow();

describe("a letter is said once", () => {
  it("is sent the first time and known the second", async () => {
    expect(await say("k:once")).toBe("sent");
    expect(await say("k:once")).toBe("known");
    expect(sent).toHaveLength(1);
    expect(await kept("k:once")).toMatchObject({ recipient: "ana@exemple.coop", sent_at: clock.now() });
  });

  it("is never sent by two workers at the same time", async () => {
    let release = () => {};
    next = () => new Promise<void>((resolve) => (release = resolve));
    const first = say("k:together");
    await expect.poll(() => next).toBeNull();
    await expect(say("k:together")).rejects.toThrow("being sent elsewhere");
    release();
    expect(await first).toBe("sent");
    expect(sent).toHaveLength(1);
  });

  it("is tried again at once when the server was busy, with the same Message-ID", async () => {
    next = () => Promise.reject(new MailFailure("421 try later", false, null));
    await expect(say("k:busy")).rejects.toThrow("421");
    expect(await say("k:busy")).toBe("sent");
    expect(sent[0]?.messageId).toMatch(/^<[0-9a-f]{32}@ventes\.example>$/);
  });

  it("goes out again, as the same letter, when a worker died before it could mark it", async () => {
    await scratch.db
      .insertInto("mail_sent")
      .values({
        key: "k:crash",
        recipient: "x",
        leased_until: new Date(clock.now().getTime() + 300_000),
      })
      .execute();
    await expect(say("k:crash")).rejects.toThrow("being sent elsewhere");
    clock.advance(300_000);
    expect(await say("k:crash")).toBe("sent");
  });

  it("is given up, with the server's words, when it will never be taken", async () => {
    next = () => Promise.reject(new MailFailure("550 no such user", true, null));
    expect(await say("k:refused")).toBe("refused");
    expect(await say("k:refused")).toBe("known");
    expect(sent).toHaveLength(0);
    expect(await kept("k:refused")).toMatchObject({ sent_at: null, refusal: "550 no such user" });
  });
});

describe("the letters of the house", () => {
  it("carries the sign-in link, and keeps no trace of it", async () => {
    const link = "https://ventes.example/connexion/secret-token";
    await sendSignInLink(scratch.db, house, { email: "lea@exemple.coop", link, locale: "fr" });
    await sendSignInLink(scratch.db, house, { email: "lea@exemple.coop", link, locale: "fr" });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ to: "lea@exemple.coop", subject: "Votre lien pour entrer" });
    expect(sent[0]?.text).toContain(link);
    expect(sent[0]?.html).toContain(`href="${link}"`);
    const keys = await scratch.db.selectFrom("mail_sent").select("key").execute();
    expect(keys.map(({ key }) => key).join()).not.toContain("secret-token");
  });

  it("tells the artist in their language what the co-op answered, and why", async () => {
    const submissionId = await answeredSubmission("en", {
      decision: "returned",
      reason_code: "cover_missing",
      reason: "The <cover> is blurred.\n\nThe rest is lovely.",
    });
    await sendReviewOutcome(scratch.db, house, { submissionId });
    await sendReviewOutcome(scratch.db, house, { submissionId });
    expect(sent).toHaveLength(1);
    expect(sent[0]?.to).toBe("ana@returned.coop");
    expect(sent[0]?.text).toContain("Hello Ana,");
    expect(sent[0]?.text).toContain("The cover is missing, blurred or too small");
    expect(sent[0]?.html).toContain("The &lt;cover&gt; is blurred.");
    expect(sent[0]?.text).toMatch(/https:\/\/ventes\.example\/en\/studio\/works\/[0-9a-f-]+\/submission/);
    const published = await answeredSubmission("fr", {
      decision: "published",
      reason_code: null,
      reason: null,
    });
    await sendReviewOutcome(scratch.db, house, { submissionId: published });
    expect(sent[1]?.text).toContain("https://ventes.example/oeuvres/w-published");
  });

  it("gives the buyer of a free work the key to it, though Stripe does not answer", async () => {
    const saleId = v7();
    const { db } = scratch;
    const work = await db.selectFrom("work").select(["id", "coop_id"]).executeTakeFirstOrThrow();
    await db
      .insertInto("sale")
      .values({
        id: saleId,
        state: "claimed",
        email: "lea@exemple.coop",
        locale: "fr",
        currency: "cad",
        total: 0,
        idempotency_key: saleId,
        opened_at: clock.now(),
        expires_at: clock.now(),
        paid_at: clock.now(),
      })
      .execute();
    await db
      .insertInto("sale_line")
      .values({
        id: v7(),
        sale_id: saleId,
        position: 1,
        work_id: work.id,
        coop_id: work.coop_id,
        title: "Fil d’eau",
        quantity: 1,
        unit_price: 0,
        amount: 0,
      })
      .execute();
    await sendReceipt(db, house, { saleId });
    expect(sent[0]?.text).toMatch(new RegExp(`https://ventes\\.example/achats/${saleId}\\.[\\w-]{43}`));
    await sendReceipt(db, house, { saleId });
    expect(sent).toHaveLength(1);
  });
});

async function answeredSubmission(
  locale: "fr" | "en",
  answer: { decision: "published" | "returned"; reason_code: string | null; reason: string | null },
): Promise<string> {
  const { db } = scratch;
  const [coop, person, member, work, submission] = [v7(), v7(), v7(), v7(), v7()];
  const at = clock.now();
  await db
    .insertInto("coop")
    .values({
      id: coop,
      slug: answer.decision,
      name: "Les Halles",
      legal_form: "coop_qc",
      place: "CA-QC",
      created_at: at,
    })
    .execute();
  await db
    .insertInto("person")
    .values({ id: person, email: `ana@${answer.decision}.coop`, locale, created_at: at })
    .execute();
  await db
    .insertInto("member")
    .values({ id: member, coop_id: coop, person_id: person, slug: "ana", name: "Ana", joined_at: at })
    .execute();
  await db
    .insertInto("work")
    .values({
      id: work,
      coop_id: coop,
      member_id: member,
      slug: `w-${answer.decision}`,
      kind: "book",
      title: "Fil d’eau",
      state: answer.decision,
      state_at: at,
      created_at: at,
      updated_at: at,
    })
    .execute();
  await db
    .insertInto("submission")
    .values({
      id: submission,
      work_id: work,
      member_id: member,
      submitted_at: at,
      decided_at: at,
      decided_by: person,
      ...answer,
    })
    .execute();
  return submission;
}
