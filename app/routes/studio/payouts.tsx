import "#app/styles/studio.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice } from "#app/components/field.tsx";
import { PayoutAccount } from "#app/components/payout-account.tsx";
import { DoneNotice, StudioNav } from "#app/components/studio-frame.tsx";
import { amountField } from "#app/http/amount.ts";
import { enterStudio, insistOnFresh, missing } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { useLookAgain } from "#app/http/look-again.ts";
import { findCoop } from "#domain/coops/queries.server.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { askAgain } from "#domain/payouts/ask-again.server.ts";
import { joinAccount } from "#domain/payouts/join-account.server.ts";
import { sharedAccounts } from "#domain/payouts/payee-queries.server.ts";
import { payoutsOfPerson, transfersOfPerson } from "#domain/payouts/queries.server.ts";
import { isServed, otherCountries, servedCountries } from "#domain/payouts/served-countries.ts";
import { setBankCountry } from "#domain/payouts/set-bank-country.server.ts";
import { setThreshold } from "#domain/payouts/set-threshold.server.ts";
import { startOnboarding } from "#domain/payouts/start-onboarding.server.ts";
import { asideOfPerson } from "#domain/payouts/unclaimed-queries.server.ts";
import { date, money } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { payeeWords } from "#i18n/payees.ts";
import { studioMoneyWords } from "#i18n/studio.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale, viewer, url } = await enterStudio(args);
  const back = url.searchParams.has("retour");
  if (back) await askAgain(db, house, { personId: viewer.id });
  const [standings, transfers, aside, shared] = await Promise.all([
    payoutsOfPerson(db, viewer.id),
    transfersOfPerson(db, viewer.id),
    asideOfPerson(db, viewer.id),
    sharedAccounts(
      db,
      viewer.members.map(({ coopId }) => coopId),
    ),
  ]);
  return {
    standings,
    transfers,
    aside,
    currency: settlementCurrency,
    shared: shared.filter(({ memberId }) => viewer.members.every(({ id }) => id !== memberId)),
    countries: countriesIn(locale),
    back,
    expired: url.searchParams.has("lien"),
    done: url.searchParams.get("fait"),
  };
}

/** Named here and not in the browser, whose list of names may be another. */
function countriesIn(locale: Locale): { code: string; name: string; served: boolean }[] {
  const names = new Intl.DisplayNames(locale, { type: "region" });
  const { compare } = new Intl.Collator(locale);
  return [...servedCountries, ...otherCountries]
    .map((code) => ({ code, name: names.of(code) ?? code, served: isServed(code) }))
    .sort((a, b) => compare(a.name, b.name));
}

const memberId = z.uuid();
const question = z.discriminatedUnion("act", [
  z.object({
    act: z.literal("onboard"),
    memberId,
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
  }),
  z.object({ act: z.literal("threshold"), memberId, threshold: amountField }),
  z.object({ act: z.literal("share"), memberId, account: z.string().trim().min(1).max(100) }),
]);

export async function action(args: ActionFunctionArgs) {
  const door = await enterStudio(args);
  insistOnFresh(door);
  const { db, house, locale, viewer } = door;
  const form = await readForm(args.request, question);
  if (!form.ok) return sendBack(form.answer);
  const member = viewer.members.find(({ id }) => id === form.value.memberId);
  const coop = member && (await findCoop(db, member.coopSlug));
  if (!member || !coop) throw missing();
  const asked = form.value;
  const path = pathTo("studioPayouts", locale);
  const done = await orRefuse(locale, async () => {
    if (asked.act === "threshold") {
      await setThreshold(db, house, { memberId: member.id, threshold: asked.threshold, by: viewer.id });
      return `${path}?fait=seuil`;
    }
    if (asked.act === "share") {
      await joinAccount(db, house, { memberId: member.id, stripeAccount: asked.account });
      return `${path}?fait=partage`;
    }
    const before = (await payoutsOfPerson(db, viewer.id)).find((each) => each.memberId === member.id);
    const country = asked.country ?? before?.country ?? coop.place.slice(0, 2);
    const served = await setBankCountry(db, { memberId: member.id, country });
    // It stays owed; the page says so.
    if (served === "not_served" && before?.account !== "active") return path;
    const here = house.settings.publicUrl + path;
    const { url } = await startOnboarding(db, house, {
      owner: { memberId: member.id },
      email: viewer.email,
      displayName: member.name,
      country,
      locale,
      returnUrl: `${here}?retour=1`,
      refreshUrl: `${here}?lien=expire`,
      // An account is of one country for ever: one begun for another is left behind.
      replace: before?.account === "to_complete" && before.country !== null && before.country !== country,
    });
    return url;
  });
  if (!done.ok) return sendBack({ ...done.answer, values: { memberId: member.id } }, 409);
  return redirect(done.value, 303);
}

export const meta: MetaFunction = ({ location }) => [
  { title: `${studioMoneyWords(localeOf(location.pathname)).payouts.title} · ventes.coop` },
];

export default function Payouts() {
  const { standings, transfers, aside, currency, shared, countries, back, expired, done } =
    useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = studioMoneyWords(locale).payouts;
  const more = payeeWords(locale).studio;
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const said =
    done === "seuil" ? more.thresholdKept : done === "partage" ? more.sharedKept : back ? words.back : null;
  const waiting =
    back && standings.some(({ account }) => account === "to_complete" || account === "in_review");
  // Stripe tells us by webhook, a moment after the person is back.
  useLookAgain(waiting);
  return (
    <div className="page studio stack">
      <h1>{words.title}</h1>
      <StudioNav locale={locale} />
      <p className="lead">{words.lead}</p>
      {said && !answer && <DoneNotice>{said}</DoneNotice>}
      {expired && !answer && <p className="notice warn">{more.expired}</p>}
      <FormNotice locale={locale} answer={answer} />
      {standings.map((standing) => (
        <PayoutAccount
          key={standing.memberId}
          standing={standing}
          currency={currency}
          several={standings.length > 1}
          countries={countries}
          shared={shared.filter(({ coopId }) => coopId === standing.coopId)}
          answer={answer?.values?.memberId === standing.memberId ? answer : undefined}
        />
      ))}
      {aside.length > 0 && (
        <section className="notice stack stack-tight" aria-labelledby="aside">
          <h2 id="aside">{more.asideTitle}</h2>
          {aside.map(({ amount, coopName, remitted }) => (
            <p key={`${coopName} ${remitted?.paidOn} ${remitted?.reference}`}>
              {remitted === null
                ? more.aside(money(locale, amount, currency), coopName)
                : more.remitted(
                    money(locale, amount, currency),
                    remitted.authority,
                    date(locale, new Date(`${remitted.paidOn}T12:00:00Z`)),
                    remitted.reference,
                  )}
            </p>
          ))}
        </section>
      )}
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
                  <td className="amount">
                    {money(locale, transfer.amount, currency)}
                    {transfer.reversed > 0 && (
                      <>
                        <br />
                        <span className="soft small">
                          {more.reversed(money(locale, transfer.reversed, currency))}
                        </span>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
