import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, SelectField, TextField } from "#app/components/field.tsx";
import { readAmount } from "#app/http/amount.ts";
import { dayOf } from "#app/http/day.ts";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { closeYear } from "#domain/revenue/close-year.server.ts";
import { shareSurplus } from "#domain/revenue/ristourne.ts";
import { closedYears, patronageOfYear } from "#domain/revenue/ristourne-queries.server.ts";
import { date } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { yearWords } from "#i18n/year.ts";
import { keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import { type Shown, YearParts } from "./year-parts.tsx";
import "#app/styles/office.css";
import "#app/styles/year.css";

/** Only a co-op whose money is on the platform closes its years here; for the others there is no such page. */
async function enterYear(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const door = await enterStaff(args, "closeYear");
  const platform = door.viewer.roles.filter(({ coopMoney }) => coopMoney === "platform");
  const kept = keptCoop(
    door.viewer,
    door.url,
    platform.map(({ coopId }) => coopId),
  );
  if (!kept.coop.ownsPlatform) throw missing();
  const closed = (await closedYears(door.db, door.viewer.id, kept.coop.id)) ?? [];
  const now = Number(dayOf(door.house.clock.now()).slice(0, 4));
  // A year that is not over has no patronage yet; one of long ago is closed or never will be.
  const open = [1, 2, 3].map((ago) => now - ago).filter((year) => closed.every((each) => each.year !== year));
  return { ...door, ...kept, closed, open };
}

/** « 12,5 » → 1250; nothing typed is 0, what is no percentage is null. */
function readBp(typed: string): number | null {
  const bp = typed.trim() === "" ? 0 : readAmount(typed.replace("%", "").trim());
  return bp !== null && bp <= 10_000 ? bp : null;
}

/** `annee`, `excedent`, `tiers` and `reserve`: a proposal to look at. Nothing is written. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, url, coop, coops, closed, open } = await enterYear(args);
  const typed = (name: string) => url.searchParams.get(name) ?? "";
  const asked = {
    annee: typed("annee"),
    excedent: typed("excedent"),
    tiers: typed("tiers"),
    reserve: typed("reserve"),
  };
  const year = open.find((each) => String(each) === asked.annee);
  const surplus = readAmount(asked.excedent.trim());
  const [nonMemberBp, reserveBp] = [readBp(asked.tiers), readBp(asked.reserve)];
  const isAsked = asked.excedent !== "";
  const readable = year !== undefined && surplus !== null && nonMemberBp !== null && reserveBp !== null;
  const patronage = isAsked && readable ? await patronageOfYear(db, { coopId: coop.id, year }) : [];
  const names = new Map(patronage.map(({ memberId, name }) => [memberId, name]));
  const terms = readable ? { surplus, nonMemberBp, reserveBp } : null;
  const shared = isAsked && terms && terms.surplus > 0 ? shareSurplus(terms, patronage) : null;
  return {
    coop,
    coops,
    open,
    asked,
    fault: isAsked && !shared ? (readable ? "no_surplus" : "unreadable") : null,
    proposal: shared &&
      terms &&
      year && {
        year,
        ...terms,
        shown: {
          ...shared,
          parts: shared.parts.map((part) => ({ ...part, name: names.get(part.memberId)! })),
        } satisfies Shown,
      },
    closed: closed.map(({ parts, surplus: of, nonMemberBp, reserveBp, ...each }) => ({
      ...each,
      shown: {
        ...shareSurplus(
          { surplus: of, nonMemberBp, reserveBp },
          parts.map((part) => ({ memberId: part.memberId, amount: part.patronage })),
        ),
        parts,
      } satisfies Shown,
    })),
    done: Number(url.searchParams.get("fait")) || null,
  };
}

const bp = z.coerce.number().int().min(0).max(10_000);
const form = z.object({
  year: z.coerce.number().int(),
  surplus: z.coerce.number().int().max(Number.MAX_SAFE_INTEGER),
  nonMemberBp: bp,
  reserveBp: bp,
});

export async function action(args: ActionFunctionArgs) {
  const { db, house, viewer, locale, coop, open, closed } = await enterYear(args);
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const { year } = given.value;
  // The same form sent twice: it is closed already, and nothing changes.
  if (![...open, ...closed.map((each) => each.year)].includes(year)) throw missing();
  const outcome = await orRefuse(locale, () =>
    closeYear(db, house, { ...given.value, coopId: coop.id, by: viewer.id }),
  );
  if (!outcome.ok) return sendBack(outcome.answer, 409);
  return redirect(officePath("officeYear", locale, coop, { fait: year }), 303);
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${yearWords(locale).title} · ${officeWords(locale).title}` }];
};

export default function Year() {
  const { coop, coops, open, asked, fault, proposal, closed, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const locale = useLocale();
  const words = yearWords(locale);
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      {done && !answer && (
        <p className="notice good" role="status">
          {words.done(done)}
        </p>
      )}
      <FormNotice locale={locale} answer={answer} />
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead(coop.name)}</p>
      </header>
      <section className="stack" aria-labelledby="propose">
        <h2 id="propose">{words.propose}</h2>
        {open.length === 0 ? (
          <p className="soft">{words.noYear}</p>
        ) : (
          <>
            <p className="soft">{words.proposeHint}</p>
            {fault && (
              <p className="notice bad" role="alert">
                {fault === "unreadable" ? words.unreadable : words.noSurplus}
              </p>
            )}
            <Form method="get" className="stack year-form">
              <input type="hidden" name="coop" value={coop.slug} />
              <SelectField
                locale={locale}
                name="annee"
                label={words.year}
                defaultValue={asked.annee || String(open[0])}
              >
                {open.map((year) => (
                  <option key={year} value={year}>
                    {year}
                  </option>
                ))}
              </SelectField>
              {(
                [
                  ["excedent", words.surplus, words.surplusHint],
                  ["tiers", words.nonMembers, words.nonMembersHint],
                  ["reserve", words.reserve, words.reserveHint],
                ] as const
              ).map(([name, label, hint]) => (
                <TextField
                  key={name}
                  locale={locale}
                  name={name}
                  label={label}
                  hint={hint}
                  inputMode="decimal"
                  defaultValue={asked[name]}
                  required={name === "excedent"}
                />
              ))}
              <p>
                <button type="submit" className="button quiet">
                  {words.reckon}
                </button>
              </p>
            </Form>
          </>
        )}
      </section>
      {proposal && (
        <section className="stack" aria-labelledby="proposal">
          <h2 id="proposal">{words.proposal(proposal.year)}</h2>
          <YearParts locale={locale} shown={proposal.shown} />
          <p className="soft">{words.closeHint}</p>
          <Form method="post" action={officePath("officeYear", locale, coop)}>
            <input type="hidden" name="year" value={proposal.year} />
            <input type="hidden" name="surplus" value={proposal.surplus} />
            <input type="hidden" name="nonMemberBp" value={proposal.nonMemberBp} />
            <input type="hidden" name="reserveBp" value={proposal.reserveBp} />
            <button type="submit" className="button">
              {words.close(proposal.year)}
            </button>
          </Form>
        </section>
      )}
      <section className="stack" aria-labelledby="closed">
        <h2 id="closed">{words.closed}</h2>
        {closed.length === 0 && <p className="soft">{words.closedNone}</p>}
        {closed.map((each) => (
          <details key={each.ristourneId} className="stack" open={each.year === done}>
            <summary>
              <strong>{each.year}</strong>{" "}
              <span className="soft">{words.closedOn(date(locale, each.postedAt), each.postedBy)}</span>
            </summary>
            <YearParts locale={locale} shown={each.shown} />
            <p className="small soft">{words[each.patronage]}</p>
          </details>
        ))}
      </section>
    </div>
  );
}
