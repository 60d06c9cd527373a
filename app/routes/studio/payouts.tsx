import "#app/styles/studio.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { FormNotice } from "#app/components/field.tsx";
import { DoneNotice, StudioNav } from "#app/components/studio-frame.tsx";
import { enterStudio, missing } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { useLookAgain } from "#app/http/look-again.ts";
import { findCoop } from "#domain/coops/queries.server.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { payoutsOfPerson, transfersOfPerson } from "#domain/payouts/queries.server.ts";
import { startOnboarding } from "#domain/payouts/start-onboarding.server.ts";
import { date, money } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { studioMoneyWords } from "#i18n/studio.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, url } = await enterStudio(args);
  const [standings, transfers] = await Promise.all([
    payoutsOfPerson(db, viewer.id),
    transfersOfPerson(db, viewer.id),
  ]);
  return { standings, transfers, currency: settlementCurrency, back: url.searchParams.has("retour") };
}

const question = z.object({ memberId: z.uuid() });

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer } = await enterStudio(args);
  const form = await readForm(args.request, question);
  if (!form.ok) return sendBack(form.answer);
  const member = viewer.members.find(({ id }) => id === form.value.memberId);
  const coop = member && (await findCoop(db, member.coopSlug));
  if (!member || !coop) throw missing();
  const here = house.settings.publicUrl + pathTo("studioPayouts", locale);
  const done = await orRefuse(locale, () =>
    startOnboarding(db, house, {
      owner: { memberId: member.id },
      email: viewer.email,
      displayName: member.name,
      country: coop.place.slice(0, 2),
      locale,
      returnUrl: `${here}?retour=1`,
      refreshUrl: here,
    }),
  );
  if (!done.ok) return sendBack(done.answer, 409);
  return redirect(done.value.url, 303);
}

export const meta: MetaFunction = ({ location }) => [
  { title: `${studioMoneyWords(localeOf(location.pathname)).payouts.title} · ventes.coop` },
];

type Standing = ReturnType<typeof useLoaderData<typeof loader>>["standings"][number];

export default function Payouts() {
  const { standings, transfers, currency, back } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = studioMoneyWords(locale).payouts;
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const waiting =
    back && standings.some(({ account }) => account === "to_complete" || account === "in_review");
  // Stripe tells us by webhook, a moment after the person is back.
  useLookAgain(waiting);
  return (
    <div className="page studio stack">
      <h1>{words.title}</h1>
      <StudioNav locale={locale} />
      <p className="lead">{words.lead}</p>
      {back && <DoneNotice>{words.back}</DoneNotice>}
      <FormNotice locale={locale} answer={answer} />
      {standings.map((standing) => (
        <Account
          key={standing.memberId}
          standing={standing}
          currency={currency}
          several={standings.length > 1}
        />
      ))}
      <h2>{words.history}</h2>
      {transfers.length === 0 ? (
        <p className="soft">{words.noHistory}</p>
      ) : (
        <div className="scroll-x">
          <table>
            <thead>
              <tr>
                <th scope="col">{words.date}</th>
                <th scope="col">{words.about}</th>
                <th scope="col" className="amount">
                  {words.amount}
                </th>
              </tr>
            </thead>
            <tbody>
              {transfers.map((transfer) => (
                <tr key={transfer.id}>
                  <td>{date(locale, transfer.sentAt)}</td>
                  <td>
                    {transfer.saleId === null ? (
                      words.aboutRelease
                    ) : (
                      <Link to={pathTo("studioSale", locale, { id: transfer.saleId })}>
                        {words.aboutSale}
                      </Link>
                    )}
                  </td>
                  <td className="amount">{money(locale, transfer.amount, currency)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

const buttons = {
  none: "begin",
  to_complete: "continue",
  in_review: null,
  active: "change",
  restricted: "continue",
  closed: "again",
} as const;

function Account({
  standing,
  currency,
  several,
}: {
  standing: Standing;
  currency: string;
  several: boolean;
}) {
  const locale = useLocale();
  const words = studioMoneyWords(locale).payouts;
  const busy = useNavigation().state !== "idle";
  const { account } = standing;
  const button = buttons[account];
  const hold = standing.heldBecause ? words.holds[standing.heldBecause] : undefined;
  const amounts: [string, number][] = [
    [words.owed, standing.owed],
    [words.onItsWay, standing.onItsWay],
    [words.held, standing.held],
    [words.sent, standing.sent],
  ];
  return (
    <section className={`card account account-${account} stack`}>
      {several && <p className="soft small">{words.forCoop(standing.coopName)}</p>}
      <h2>{words.states[account]}</h2>
      <p>{words.explain[account]}</p>
      <dl className="figures">
        {amounts.map(([label, amount]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="amount">{money(locale, amount, currency)}</dd>
          </div>
        ))}
      </dl>
      {hold && <p className="notice warn">{hold}</p>}
      {standing.threshold > 0 && (
        <p className="small soft">{words.threshold(money(locale, standing.threshold, currency))}</p>
      )}
      {button && (
        <Form method="post" className="stack stack-tight" reloadDocument>
          <input type="hidden" name="memberId" value={standing.memberId} />
          <button type="submit" className={account === "active" ? "button quiet" : "button"} disabled={busy}>
            {words[button]}
          </button>
          <p className="small soft">{words.leaving}</p>
        </Form>
      )}
    </section>
  );
}
