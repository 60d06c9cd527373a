import "#app/styles/account.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice } from "#app/components/field.tsx";
import { PasskeyAdd } from "#app/components/passkey-ways.tsx";
import { enterSignedIn, insistOnFresh } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { ownPath } from "#app/routes/session/destination.ts";
import { hasOpenRecovery, listPasskeys } from "#domain/people/passkey-queries.server.ts";
import { relyingPartyOf } from "#domain/people/relying-party.ts";
import { removePasskey } from "#domain/people/remove-passkey.server.ts";
import { accountWords } from "#i18n/account.ts";
import { date, dateTime } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { AccountHead } from "./account-head.tsx";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enterSignedIn(args);
  const [passkeys, recovery] = await Promise.all([
    listPasskeys(db, viewer.id),
    hasOpenRecovery(db, house, viewer.id),
  ]);
  return {
    passkeys,
    recovery: recovery && passkeys.length > 0,
    hasRole: viewer.roles.length > 0,
    possible: relyingPartyOf(house.settings.publicUrl) !== null,
    // Sent here from what moves money.
    destination: ownPath(url.searchParams.get("vers"), house.settings.publicUrl),
    added: url.searchParams.has("ajoutee"),
    removed: url.searchParams.get("retiree")?.slice(0, 80) ?? null,
  };
}

const form = z.object({ id: z.uuid(), name: z.string().max(80) });

/** Removes a passkey; adding one is the device's part (`session/passkey-calls.ts`). */
export async function action(args: ActionFunctionArgs) {
  const door = await enterSignedIn(args);
  insistOnFresh(door);
  const { db, house, locale, viewer } = door;
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const done = await orRefuse(locale, () => removePasskey(db, house, viewer, given.value.id));
  if (!done.ok) return sendBack(done.answer, 403);
  return redirect(pathTo("accountPasskeys", locale, {}, { retiree: given.value.name }), 303);
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return head(locale, { title: accountWords(locale).passkeys.title, hidden: true });
};

export default function Passkeys() {
  const { passkeys, recovery, hasRole, possible, destination, added, removed } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const words = accountWords(locale).passkeys;
  const onwards = pathTo("accountPasskeys", locale, {}, { ajoutee: 1, vers: destination });
  return (
    <div className="page account stack stack-loose">
      <AccountHead locale={locale} title={words.title}>
        {words.lead}
      </AccountHead>
      {added && (
        <div className="notice good stack" role="status">
          <p>{words.added}</p>
          {destination && (
            <p>
              <Link className="button" to={destination}>
                {words.onward}
              </Link>
            </p>
          )}
        </div>
      )}
      {removed && !answer && (
        <p className="notice good" role="status">
          {words.removed(removed)}
        </p>
      )}
      <FormNotice locale={locale} answer={answer} />
      {destination && !added && (
        <section className="notice warn stack" aria-labelledby="passkey-need">
          <h2 id="passkey-need">{words.needTitle}</h2>
          <p>{words.need}</p>
        </section>
      )}
      {recovery && <p className="notice warn">{words.recoveryOpen}</p>}
      <section className="card stack" aria-labelledby="passkey-add">
        <h2 id="passkey-add">{words.addTitle}</h2>
        {possible ? (
          <PasskeyAdd locale={locale} onwards={onwards} />
        ) : (
          <p className="notice">{words.noName}</p>
        )}
      </section>
      <section className="stack" aria-labelledby="passkey-list">
        <h2 id="passkey-list">{words.listTitle}</h2>
        <PasskeyList passkeys={passkeys} locale={locale} />
        {passkeys.length === 1 && <p className="soft">{words.two}</p>}
        {hasRole && <p className="soft small">{words.recovery}</p>}
      </section>
    </div>
  );
}

type Shown = {
  id: string;
  name: string;
  synced: boolean;
  createdAt: Date | string;
  usedAt: Date | string | null;
};

function PasskeyList({ passkeys, locale }: { passkeys: Shown[]; locale: Locale }) {
  const words = accountWords(locale).passkeys;
  if (passkeys.length === 0)
    return (
      <div className="empty">
        <h3>{words.emptyTitle}</h3>
        <p className="soft">{words.empty}</p>
      </div>
    );
  return (
    <ul className="account-list plain-list">
      {passkeys.map((passkey) => (
        <li key={passkey.id}>
          <div>
            <h3>{passkey.name}</h3>
            <p className="small soft">
              {words.since(date(locale, new Date(passkey.createdAt)))} ·{" "}
              {passkey.usedAt ? words.used(dateTime(locale, new Date(passkey.usedAt))) : words.neverUsed} ·{" "}
              {passkey.synced ? words.synced : words.onlyHere}
            </p>
          </div>
          <Form method="post">
            <input type="hidden" name="id" value={passkey.id} />
            <input type="hidden" name="name" value={passkey.name} />
            <button type="submit" className="button quiet small">
              {words.remove}
              <span className="visually-hidden">, {passkey.name}</span>
            </button>
          </Form>
        </li>
      ))}
    </ul>
  );
}
