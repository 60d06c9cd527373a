import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, TextField } from "#app/components/field.tsx";
import { enterStaff, insistOnFresh, missing } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { admitMember } from "#domain/membership/admit-member.server.ts";
import { listMembers, type MemberRow } from "#domain/membership/queries.server.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { booksOfCoop, type PayoutStanding } from "#domain/payouts/queries.server.ts";
import { openRecovery } from "#domain/people/open-recovery.server.ts";
import { othersOfStaff } from "#domain/people/passkey-queries.server.ts";
import { money, number } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import { PermissionTable } from "./permission-table.tsx";
import { Recovery } from "./recovery.tsx";
import "#app/styles/office.css";
import { mayIn } from "#domain/people/permissions.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, url } = await enterStaff(args, "readMoney");
  const { coop, coops } = keptCoop(viewer, url);
  const [members, books] = await Promise.all([
    listMembers(db, [coop.id]),
    booksOfCoop(db, viewer.id, coop.id),
  ]);
  if (!books) throw missing();
  const standing = new Map(books.members.map((each) => [each.memberId, each]));
  const said = url.searchParams.get("fait");
  return {
    coop,
    coops,
    members: members.map((member) => ({ ...member, standing: standing.get(member.id) ?? null })),
    admits: mayIn(viewer, "admitMembers", coop.id),
    others: mayIn(viewer, "recoverPasskeys", coop.id)
      ? await othersOfStaff(db, { coopId: coop.id, but: viewer.id })
      : null,
    allowed: url.searchParams.has("permis"),
    done: members.find(({ id }) => id === said)?.name ?? null,
    known: url.searchParams.has("connu"),
  };
}

const forms = z.discriminatedUnion("act", [
  z.object({
    act: z.literal("admit"),
    name: z.string().trim().min(1, "required").max(200, "tooLong"),
    email: z.string().trim().toLowerCase().pipe(z.email("email")),
  }),
  z.object({ act: z.literal("recover"), person: z.uuid() }),
]);
const form = z.preprocess((given) => ({ act: "admit", ...(given as object) }), forms);

/** Admits a member, or lets somebody of the staff make a new passkey: the co-op's admins do. */
export async function action(args: ActionFunctionArgs) {
  const door = await enterStaff(args, "admitMembers");
  const { db, house, viewer, locale, url, coopIds } = door;
  const { coop } = keptCoop(viewer, url);
  if (!coopIds.includes(coop.id)) throw missing();
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  if (given.value.act === "recover") {
    insistOnFresh(door);
    const personId = given.value.person;
    const opened = await orRefuse(locale, () =>
      openRecovery(db, house, { coopId: coop.id, personId, by: viewer.id }),
    );
    if (!opened.ok) {
      if (opened.refusal.code === "not_found") throw missing();
      return sendBack(opened.answer, 409);
    }
    return redirect(officePath("officeMembers", locale, coop, { permis: 1 }), 303);
  }
  const { name, email } = given.value;
  const outcome = await orRefuse(locale, () =>
    admitMember(db, house, { coopId: coop.id, locale, name, email, by: viewer.id }),
  );
  if (!outcome.ok) return sendBack({ ...outcome.answer, values: { name, email } });
  const { memberId, admitted } = outcome.value;
  return redirect(
    officePath("officeMembers", locale, coop, { fait: memberId, ...(admitted ? {} : { connu: "1" }) }),
    303,
  );
}

export const meta: MetaFunction = ({ location }) => {
  const words = officeWords(localeOf(location.pathname));
  return [{ title: `${words.members.title} · ${words.title}` }];
};

export default function Members() {
  const { coop, coops, members, admits, done, known, others, allowed } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const { members: words } = officeWords(locale);
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      {done !== null && (
        <p className="notice good" role="status">
          {known ? words.known(done) : words.admitted(done)}
        </p>
      )}
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.count(members.length)}</p>
      </header>
      {members.length === 0 ? (
        <div className="empty">
          <h2>{words.emptyTitle}</h2>
          <p className="soft">{words.empty}</p>
        </div>
      ) : (
        <table className="office-table">
          <thead>
            <tr>
              <th scope="col">{words.columns.name}</th>
              <th scope="col">{words.columns.account}</th>
              <th scope="col" className="amount">
                {words.columns.works}
              </th>
              <th scope="col" className="amount">
                {words.columns.sent}
              </th>
              <th scope="col" className="amount">
                {words.columns.owed}
              </th>
              <th scope="col" className="amount">
                {words.columns.held}
              </th>
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <Row
                key={member.id}
                member={member}
                locale={locale}
                to={`${officePath("officeBooks", locale, coop, { compte: `member:${member.id}` })}#entries`}
              />
            ))}
          </tbody>
        </table>
      )}
      {admits && (
        <section className="card stack admit" aria-labelledby="admit-title">
          <h2 id="admit-title">{words.admit}</h2>
          <p className="soft">{words.admitHint}</p>
          <FormNotice locale={locale} answer={answer} />
          <Form method="post" className="stack" key={done}>
            <div className="fields">
              <TextField
                locale={locale}
                name="name"
                label={words.name}
                hint={words.nameHint}
                answer={answer}
                required
                autoComplete="off"
              />
              <TextField
                locale={locale}
                name="email"
                type="email"
                label={words.email}
                hint={words.emailHint}
                answer={answer}
                required
                autoComplete="off"
              />
            </div>
            <button type="submit" className="button">
              {words.submit}
            </button>
          </Form>
        </section>
      )}
      {others && <Recovery others={others} allowed={allowed} locale={locale} />}
      <PermissionTable locale={locale} />
    </div>
  );
}

const mood: Record<PayoutStanding["account"], string> = {
  none: "",
  to_complete: "warn",
  in_review: "warn",
  active: "good",
  restricted: "bad",
  closed: "bad",
};

function Row({
  member,
  locale,
  to,
}: {
  member: MemberRow & { standing: PayoutStanding | null };
  locale: Locale;
  to: string;
}) {
  const { members: words } = officeWords(locale);
  const { standing } = member;
  const account = standing?.account ?? "none";
  const cash = (amount: number) => money(locale, amount, settlementCurrency);
  return (
    <tr>
      <th scope="row">
        {member.name}
        <span className="soft small breakable">{member.email}</span>
        {(member.roles.length > 0 || member.invited) && (
          <span className="soft small">
            {[
              ...member.roles.map((role) => words.roles[role]),
              ...(member.invited ? [words.invited] : []),
            ].join(", ")}
          </span>
        )}
      </th>
      <td data-label={words.columns.account}>
        <span className={`tag ${mood[account]}`}>{words.states[account]}</span>
      </td>
      <td data-label={words.columns.works} className="amount">
        {number(locale, member.works)}
      </td>
      <td data-label={words.columns.sent} className="amount">
        {cash(standing?.sent ?? 0)}
      </td>
      <td data-label={words.columns.owed} className="amount">
        <Link to={to}>{cash(standing?.owed ?? 0)}</Link>
      </td>
      <td data-label={words.columns.held} className="amount">
        {cash(standing?.held ?? 0)}
        {standing?.heldBecause && <span className="soft small">{words.held[standing.heldBecause]}</span>}
      </td>
    </tr>
  );
}
