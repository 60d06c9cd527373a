import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { setPrice } from "#domain/catalogue/set-price.server.ts";
import { startWork } from "#domain/catalogue/start-work.server.ts";
import { foundCoop } from "#domain/coops/found-coop.server.ts";
import { publish } from "#domain/curation/publish.server.ts";
import { submitWork } from "#domain/curation/submit-work.server.ts";
import { adoptRule } from "#domain/governance/adopt-rule.server.ts";
import { proposeRule } from "#domain/governance/propose-rule.server.ts";
import { openHouse } from "#domain/house.server.ts";
import type { House } from "#domain/house.ts";
import { admitMember } from "#domain/membership/admit-member.server.ts";
import { grantRole } from "#domain/membership/grant-role.server.ts";
import { correctRecord } from "#domain/metadata/correct-record.server.ts";
import { refreshAccount } from "#domain/payouts/refresh-account.server.ts";
import { startOnboarding } from "#domain/payouts/start-onboarding.server.ts";
import { setShares } from "#domain/revenue/set-shares.server.ts";
import { openUpload } from "#domain/uploads/open-upload.server.ts";
import { listUploads } from "#domain/uploads/queries.server.ts";
import { receiveUpload } from "#domain/uploads/receive-upload.server.ts";
import { signParts } from "#domain/uploads/sign-parts.server.ts";
import { setClock } from "#gateways/clock.ts";
import { readEnv } from "#gateways/env.ts";
import type { Stack } from "./stack.ts";
import { coops, people, personOf } from "./works/catalogue.ts";
import { typeset } from "./works/french.ts";
import type { MadeWork } from "./works/make.ts";
import type { Plan } from "./works/plan.ts";

type Open = Awaited<ReturnType<typeof openHouse>>;
type Member = { memberId: string; personId: string };
export type DemoPeople = { artist: string; waiting: string; curator: string; treasurer: string };

/** Who to sign in as. The artist has an account at Stripe's double; the one who waits has none, so that their parts are held. */
export const demoPeople: DemoPeople = {
  artist: "maude-tessier-roy@exemple.coop",
  waiting: "etienne-lavalliere@exemple.coop",
  curator: "comite@exemple.coop",
  treasurer: "tresorerie@exemple.coop",
};

const founded = new Date("2023-11-15T10:00:00-05:00");
const voted = new Date("2023-11-20T19:00:00-05:00");
const inForce = new Date("2023-12-01T00:00:00-05:00");

/** Each co-op's own rule: Québec keeps 10 % and 2 % for solidarity, the French one 15 % and 3 % of which it sets aside. */
const rules = {
  "presses-du-fleuve": [
    { kind: "fee", borne_by: "all" },
    { kind: "percent", bp: 1000, to: "operating" },
    { kind: "percent", bp: 200, to: "solidarity" },
    { kind: "shares" },
  ],
  "atelier-des-halles": [
    { kind: "fee", borne_by: "all" },
    { kind: "percent", bp: 1200, to: "operating" },
    { kind: "percent", bp: 300, to: "reserve" },
    { kind: "shares" },
  ],
};

/**
 * Enters the demo: co-ops, members, roles, rules, accounts, then each work as its member would, by the same verbs and the same
 * worker: upload by signed parts, reading, correction, price, shares, submission, publication. What is there already stays; a
 * run that was cut goes on where it stopped.
 */
export async function plantDemo(
  stack: Pick<Stack, "env" | "stripe">,
  works: readonly MadeWork[],
  progress: (done: number, total: number, what: string) => void,
): Promise<DemoPeople> {
  const open = await openHouse(readEnv(stack.env), { work: false, onError: () => {} });
  try {
    const { members, curators } = await gather(open, stack);
    const known = await open.db.selectFrom("work").select(["title", "state"]).execute();
    const published = new Set(known.filter(({ state }) => state === "published").map(({ title }) => title));
    const missing = works.filter(({ plan }) => !published.has(typeset(plan.title)));
    const total = works.length;
    let done = total - missing.length;
    progress(done, total, "");
    // The worker reads two files at a time; three works under way keep it busy.
    const queue = [...missing];
    const hand = async () => {
      for (let work = queue.shift(); work; work = queue.shift()) {
        await enter(open, work, members, curators.get(work.plan.coop)!);
        done += 1;
        progress(done, total, work.plan.title);
      }
    };
    await Promise.all([hand(), hand(), hand()]);
    return demoPeople;
  } finally {
    await open.close();
  }
}

async function gather({ db, house }: Open, { stripe }: Pick<Stack, "stripe">) {
  const then = { ...house, clock: setClock(founded.toISOString()) };
  const members = new Map<string, Member>();
  const curators = new Map<string, string>();
  const known = await db.selectFrom("rule").select("code").execute();
  for (const plan of coops) {
    const quebec = plan.slug === "presses-du-fleuve";
    const { id: coopId } = await foundCoop(db, then, {
      slug: plan.slug,
      name: plan.name,
      legalForm: quebec ? "coop_qc" : "scic",
      place: plan.place,
      description: plan.description,
      accent: quebec ? "#24576b" : "#8a3b12",
      money: quebec ? "platform" : "own",
      // Both collect in Québec: the one lives there, the other is registered as a seller from outside.
      taxNumbers: quebec
        ? { tps: "00000 0000 RT0001", tvq: "0000000000 TQ0001" }
        : { tps: "99999 9999 RT0001", tvq: "NR00000000", tva: "FR00 000000000" },
    });
    if (known.length === 0) {
      const code = `${plan.slug}-2023`;
      const proposal = { coopId, code, steps: rules[plan.slug], inForceFrom: inForce, by: null };
      const { ruleId } = await proposeRule(db, then, proposal);
      const meeting = { clock: setClock(voted.toISOString()) };
      await adoptRule(db, meeting, { coopId, ruleId, votedAt: voted, by: null });
    }
    for (const [email, name, role] of [
      [demoPeople.curator, "Comité de lecture", "curator"],
      [demoPeople.treasurer, "Trésorerie", "treasurer"],
    ] as const) {
      const personId = await staffPerson(db, then, email, name);
      await grantRole(db, then, { coopId, personId, role, by: null });
      if (role === "curator") curators.set(plan.slug, personId);
      else await grantRole(db, then, { coopId, personId, role: "admin", by: null });
    }
    if (!quebec)
      await openAccount({ db, house }, stripe, { coopId }, plan.name, "tresorerie@exemple.coop", "FR");
    for (const person of people.filter(({ coop }) => coop === plan.slug)) {
      const { memberId, personId } = await admitMember(db, then, {
        coopId,
        email: person.email,
        name: person.name,
        slug: person.slug,
      });
      members.set(person.slug, { memberId, personId });
      if (person.email !== demoPeople.waiting) {
        await openAccount(
          { db, house },
          stripe,
          { memberId },
          person.name,
          person.email,
          quebec ? "CA" : "FR",
        );
      }
    }
  }
  return { members, curators };
}

async function staffPerson(
  db: Open["db"],
  { clock }: Pick<House, "clock">,
  email: string,
  name: string,
): Promise<string> {
  const { v7 } = await import("uuid");
  const { id } = await db
    .insertInto("person")
    .values({ id: v7(), email, name, locale: "fr", created_at: clock.now() })
    .onConflict((conflict) => conflict.column("email").doUpdateSet({ name }))
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** A payout account as its owner would open it; at the double, a word from us finishes the form. */
async function openAccount(
  { db, house }: Pick<Open, "db" | "house">,
  stripe: Stack["stripe"],
  owner: { memberId: string } | { coopId: string },
  displayName: string,
  email: string,
  country: string,
): Promise<void> {
  const there = await db
    .selectFrom("payout_account")
    .select("state")
    .where((of) =>
      "memberId" in owner ? of("member_id", "=", owner.memberId) : of("coop_id", "=", owner.coopId),
    )
    .where("replaced_at", "is", null)
    .executeTakeFirst();
  if (there?.state === "active") return;
  const url = `${house.settings.publicUrl}/atelier/versements`;
  const { stripeAccount } = await startOnboarding(db, house, {
    owner,
    email,
    displayName,
    country,
    locale: "fr",
    returnUrl: url,
    refreshUrl: url,
  });
  await stripe.control.account({ account: stripeAccount, state: "active" });
  await refreshAccount(db, house, { stripeAccount });
}

async function enter(
  open: Open,
  { plan, files }: MadeWork,
  members: Map<string, Member>,
  curator: string,
): Promise<void> {
  const { db } = open;
  const house: House = { ...open.house, clock: setClock(`${plan.published}T10:00:00-05:00`) };
  const shareOf = plan.shares.map(({ person, bp }) => ({
    memberId: members.get(person)!.memberId,
    parts: bp,
  }));
  const owner = members.get(plan.credits[0]!.person)!;
  const { memberId, personId } = owner;
  const begun = await db
    .selectFrom("work")
    .select("id")
    .where("member_id", "=", memberId)
    .where("title", "=", typeset(plan.title))
    .executeTakeFirst();
  const workId =
    begun?.id ??
    (await startWork(db, house, { personId, memberId, kind: plan.kind, title: typeset(plan.title) })).workId;
  await Promise.all(files.map(({ path }) => send(open, personId, workId, path)));
  await untilRead(open, personId, workId, plan);
  await correctRecord(db, house, { personId, workId, as: "artist", values: corrections(plan) });
  await setPrice(db, house, {
    personId,
    workId,
    price:
      plan.price.kind === "open"
        ? { kind: "open", floor: plan.price.floor, suggested: plan.price.suggested }
        : plan.price,
  });
  await setShares(db, house, {
    workId,
    shares: shareOf,
    by: memberId,
    accepted: shareOf.map((each) => each.memberId),
  });
  const { submissionId } = await submitWork(db, house, { personId, workId });
  await publish(db, house, { personId: curator, submissionId });
}

function corrections(plan: Plan): Parameters<typeof correctRecord>[2]["values"] {
  return {
    title: typeset(plan.title),
    subtitle: plan.subtitle ? typeset(plan.subtitle) : null,
    language: plan.language,
    originalLanguage: plan.originalLanguage,
    description: {
      fr: typeset(plan.description.fr),
      en: plan.description.en ? typeset(plan.description.en) : null,
    },
    subjects: [plan.genre, ...plan.subjects].map((label) => ({ label })),
    publishedOn: plan.published,
    publisher: coops.find(({ slug }) => slug === plan.coop)!.name,
    contributors: plan.credits.map(({ person, role }) => ({
      name: personOf(person).name,
      sortName: personOf(person).sortName,
      role,
    })),
    ...(plan.kind === "book" && plan.series ? { series: plan.series } : {}),
  };
}

/** One file, as the browser sends it: the missing parts, each to its own link, until none is missing. */
async function send({ db, house }: Open, personId: string, workId: string, path: string): Promise<void> {
  const { size, mtimeMs } = await stat(path);
  const fileName = basename(path);
  const already = (await listUploads(db, { personId, workId })).find(
    (upload) => upload.fileName === fileName && upload.state !== "open",
  );
  if (already) return;
  const { uploadId } = await openUpload(db, house, {
    personId,
    workId,
    fileName,
    bytes: size,
    type: "application/octet-stream",
    lastModified: Math.round(mtimeMs),
  });
  const bytes = await readFile(path);
  for (;;) {
    const { parts } = await signParts(db, house, { personId, uploadId });
    if (parts.length === 0) break;
    for (const { url, start, end } of parts) {
      const answer = await fetch(url, { method: "PUT", body: bytes.subarray(start, end) });
      if (!answer.ok) throw new Error(`${fileName}: the bucket answered ${answer.status}`);
    }
  }
  await receiveUpload(db, house, { personId, uploadId });
}

/** Waits until the worker has read every file and made what it makes of them. */
async function untilRead({ db }: Open, personId: string, workId: string, plan: Plan): Promise<void> {
  const patience = Date.now() + 300_000;
  for (;;) {
    const uploads = await listUploads(db, { personId, workId });
    const refused = uploads.find(({ state }) => state === "refused");
    if (refused)
      throw new Error(
        `${plan.title}: ${refused.fileName} was refused (${refused.reasons.map(({ code }) => code).join()})`,
      );
    const covered = uploads.some(({ made }) => made.some(({ role }) => role === "cover"));
    if (covered && uploads.every(({ state }) => state === "accepted")) return;
    if (Date.now() > patience)
      throw new Error(`${plan.title}: the worker did not read its files within five minutes`);
    await pause(150);
  }
}
