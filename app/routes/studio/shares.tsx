import "#app/styles/studio.css";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, TextField } from "#app/components/field.tsx";
import { KeptDraft } from "#app/components/kept-draft.tsx";
import { type ShareRowDraft, ShareRows } from "#app/components/share-rows.tsx";
import { DoneNotice, WorkFrame } from "#app/components/studio-frame.tsx";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { rulesInForce } from "#domain/governance/queries.server.ts";
import { sentences } from "#domain/governance/rule-sentences.ts";
import { listCoopMembers } from "#domain/membership/queries.server.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { inviteContributor } from "#domain/revenue/invite-contributor.server.ts";
import { sharesOfWork } from "#domain/revenue/queries.server.ts";
import { setShares } from "#domain/revenue/set-shares.server.ts";
import { date, percent } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { refusalWords } from "#i18n/refusals.ts";
import { studioWords } from "#i18n/studio.ts";
import { enterWork, headOf } from "./enter-work.server.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, work, url } = await enterWork(args);
  const now = house.clock.now();
  const [known, members, rules] = await Promise.all([
    sharesOfWork(db, work.id, now),
    listCoopMembers(db, work.coop.id),
    rulesInForce(db, [work.coop.id], now),
  ]);
  const rule = rules.get(work.coop.id);
  const left = (known?.shares ?? []).filter(({ memberId }) => !members.some(({ id }) => id === memberId));
  return {
    work: headOf(work),
    rows: known
      ? known.shares.map(
          ({ memberId, parts, acceptedAt }): ShareRowDraft => ({
            memberId,
            parts: String(parts),
            accepted: acceptedAt !== null,
          }),
        )
      : [{ memberId: work.memberId, parts: "1" }],
    none: known === null,
    // So that a list that somebody else wrote meanwhile is not written over unseen.
    seen: known?.shareListId ?? "none",
    // Whoever left the co-op keeps the share that they have.
    members: [...members, ...left.map(({ memberId, name }) => ({ id: memberId, name }))],
    rule: rule ? { steps: rule.steps, from: rule.inForceFrom } : null,
    currency: settlementCurrency,
    done: url.searchParams.get("fait"),
  };
}

const question = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("save"),
    member: z.array(z.string()).max(200).default([]),
    parts: z.array(z.string()).max(200).default([]),
    seen: z.string().max(40).optional(),
    resume: z.string().optional(),
  }),
  z.object({
    intent: z.literal("invite"),
    name: z.string().trim().min(1, "required").max(200, "tooLong"),
    email: z.string().trim().min(1, "required").max(200, "tooLong").pipe(z.email("email")),
    share: z.coerce.number({ error: "number" }).int("number").min(1, "number").max(1_000_000, "number"),
  }),
]);

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer, work } = await enterWork(args);
  const form = await readForm(args.request, question);
  if (!form.ok) return sendBack(form.answer);
  const asked = form.value;
  const here = (fait: string) => redirect(pathTo("studioShares", locale, { id: work.id }, { fait }), 303);
  if (asked.intent === "invite") {
    const { name, email, share } = asked;
    const mine = { personId: viewer.id, workId: work.id };
    const done = await orRefuse(locale, () =>
      inviteContributor(db, house, { ...mine, name, email, parts: share, locale }),
    );
    return done.ok
      ? here("invite")
      : sendBack({ ...done.answer, values: { name, email, share: String(share) } }, 409);
  }
  const rows = asked.member
    .map((memberId, i): ShareRowDraft => ({ memberId, parts: (asked.parts[i] ?? "").trim() }))
    .filter(({ memberId }) => memberId !== "");
  const { seen } = asked;
  // What was kept in the browser is shown again; nothing is written.
  if (asked.resume !== undefined) return data({ rows, ...(seen !== undefined && { seen }) });
  const back = (answer: FormAnswer) => data({ ...answer, rows }, 422);
  if (work.state === "submitted") return back({ refusal: refusalWords(locale, "work_submitted") });
  const [members, known] = await Promise.all([
    listCoopMembers(db, work.coop.id),
    sharesOfWork(db, work.id, house.clock.now()),
  ]);
  const may = new Set([
    ...members.map(({ id }) => id),
    ...(known?.shares ?? []).map(({ memberId }) => memberId),
  ]);
  const valid = rows.every(({ memberId, parts }) => may.has(memberId) && /^\d{1,9}$/.test(parts));
  if (!valid || rows.length === 0) return back({ refusal: studioWords(locale).shares.invalid });
  const shares = rows.map(({ memberId, parts }) => ({ memberId, parts: Number(parts) }));
  const done = await orRefuse(locale, () =>
    setShares(db, house, { workId: work.id, shares, by: work.memberId, seen }),
  );
  if (done.ok) return here("parts");
  // Told so: sent again, it is written over.
  return done.refusal.code === "shares_changed"
    ? data({ ...done.answer, rows, seen: known?.shareListId ?? "none" }, 409)
    : back(done.answer);
}

export const meta: MetaFunction<typeof loader> = ({ location, data }) => {
  const words = studioWords(localeOf(location.pathname));
  return [{ title: `${words.work.shares}, ${data?.work.title || words.untitled} · ventes.coop` }];
};

type SharesAnswer = FormAnswer & { rows?: ShareRowDraft[]; seen?: string };

export default function Shares() {
  const { work, rows, none, members, rule, currency, done, seen } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = studioWords(locale);
  const answer = useActionData<typeof action>() as SharesAnswer | undefined;
  const busy = useNavigation().state !== "idle";
  const shown = answer?.rows ?? rows;
  return (
    <WorkFrame locale={locale} work={work}>
      <div className="two-columns">
        <div className="stack stack-loose">
          <section className="stack">
            <h2>{words.shares.title}</h2>
            <p className="lead">{words.shares.lead}</p>
            {done === "parts" && !answer && <DoneNotice>{words.shares.saved}</DoneNotice>}
            {done === "invite" && !answer && <DoneNotice>{words.shares.invited}</DoneNotice>}
            {none && <p className="notice">{words.shares.none}</p>}
            <FormNotice locale={locale} answer={answer} />
            <Form method="post">
              <fieldset className="stack" disabled={work.state === "submitted"}>
                <legend className="visually-hidden">{words.shares.title}</legend>
                <input type="hidden" name="seen" value={answer?.seen ?? seen} />
                {/* Which button was pressed is not kept: there is but one here. */}
                <input type="hidden" name="intent" value="save" />
                <KeptDraft
                  key={`kept ${JSON.stringify(shown)}`}
                  locale={locale}
                  place={`shares:${work.id}`}
                  seen={seen}
                  saved={done === "parts" && !answer}
                />
                <ShareRows
                  key={JSON.stringify(shown)}
                  locale={locale}
                  rows={shown}
                  members={members}
                  steps={rule?.steps ?? null}
                  currency={currency}
                />
                <div className="row">
                  <button type="submit" className="button" disabled={busy}>
                    {words.shares.save}
                  </button>
                  {!none && (
                    <Link to={pathTo("studioSubmission", locale, { id: work.id })}>
                      {words.work.next.submission}
                    </Link>
                  )}
                </div>
              </fieldset>
            </Form>
          </section>
          <Invite key={rows.length} answer={answer} />
        </div>
        <Rule locale={locale} />
      </div>
    </WorkFrame>
  );
}

function Invite({ answer }: { answer: FormAnswer | undefined }) {
  const { work } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = studioWords(locale).shares;
  const busy = useNavigation().state !== "idle";
  return (
    <details className="card" open={answer?.errors !== undefined || answer?.values?.email !== undefined}>
      <summary>{words.inviteTitle}</summary>
      <Form method="post">
        <fieldset className="stack" disabled={work.state === "submitted"}>
          <legend className="visually-hidden">{words.inviteTitle}</legend>
          <p className="soft">{words.inviteLead(work.coopName)}</p>
          <div className="fields">
            <TextField
              locale={locale}
              name="name"
              label={words.inviteName}
              answer={answer}
              required
              autoComplete="off"
            />
            <TextField
              locale={locale}
              name="email"
              type="email"
              label={words.inviteEmail}
              answer={answer}
              required
              autoComplete="off"
            />
            <TextField
              locale={locale}
              name="share"
              label={words.inviteParts}
              answer={answer}
              defaultValue="1"
              inputMode="numeric"
              required
            />
          </div>
          <button type="submit" name="intent" value="invite" className="button quiet" disabled={busy}>
            {words.invite}
          </button>
        </fieldset>
      </Form>
    </details>
  );
}

function Rule({ locale }: { locale: Locale }) {
  const { work, rule } = useLoaderData<typeof loader>();
  const words = studioWords(locale).shares;
  return (
    <aside className="card rule stack stack-tight">
      <h2>{words.ruleTitle}</h2>
      {rule ? (
        <>
          <p className="small soft">{words.ruleIntro(work.coopName, date(locale, rule.from))}</p>
          <ol className="rule-steps">
            {sentences(rule.steps).map((sentence) => (
              <li key={sentence.code}>
                {"bp" in sentence
                  ? words.rule[sentence.code](percent(locale, sentence.bp / 100))
                  : words.rule[sentence.code]}
              </li>
            ))}
          </ol>
        </>
      ) : (
        <p>{words.noRule(work.coopName)}</p>
      )}
    </aside>
  );
}
