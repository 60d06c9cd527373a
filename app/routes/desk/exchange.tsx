import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { FormNotice } from "#app/components/field.tsx";
import { enterStaff } from "#app/http/door.server.ts";
import { orRefuse, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { exchangeWords } from "#i18n/exchange.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { DeskTabs } from "./desk-head.tsx";
import {
  albumsOf,
  applySent,
  coopOf,
  keepSent,
  membersOf,
  mostMegabytes,
  mostShown,
  readExchangeForm,
  trySent,
} from "./exchange.server.ts";
import { FateTable, Headings } from "./exchange-parts.tsx";
import "#app/styles/desk.css";
import "#app/styles/exchange.css";

/** With `fichier`, what would become of each line of the file that was sent; nothing is written by looking. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, coopIds, url } = await enterStaff(args, "judgeWorks");
  const { coop, coops } = coopOf(viewer, coopIds, url.searchParams.get("coop"));
  const members = await membersOf(db, coop.id);
  const albums = await albumsOf(db, coop.id);
  const missing = url.searchParams.get("manque");
  const trial = await trySent(db, house, { viewer, coop, members, url });
  const counts = ["ecrites", "pareilles", "refusees"].map((name) => Number(url.searchParams.get(name)));
  const done =
    counts.every((count) => Number.isSafeInteger(count) && count >= 0) && url.searchParams.has("ecrites");
  return {
    coop,
    coops,
    members,
    albums,
    missing,
    trial,
    done: done ? counts : null,
    mostMegabytes,
    mostShown,
  };
}

/** `try`: keeps the file for a moment and shows what would become of it. `apply`: writes it. */
export async function action(args: ActionFunctionArgs) {
  const { db, house, viewer, coopIds, locale } = await enterStaff(args, "judgeWorks");
  const form = await readExchangeForm(args.request);
  const { coop } = coopOf(viewer, coopIds, form.coop);
  if ("problem" in form) return sendBack({ refusal: exchangeWords(locale).unreadable[form.problem] });
  if (form.intent === "apply") {
    const outcome = await orRefuse(locale, () => applySent(db, house, { viewer, coop, form }));
    if (!outcome.ok) return sendBack(outcome.answer);
    const { written, same, refused } = outcome.value;
    const counts = { ecrites: written, pareilles: same, refusees: refused };
    return redirect(pathTo("deskExchange", locale, {}, { coop: coop.slug, ...counts }), 303);
  }
  const fichier = await keepSent(db, house, coop, form.file);
  return redirect(pathTo("deskExchange", locale, {}, { coop: coop.slug, fichier, membre: form.member }), 303);
}

export const meta: MetaFunction = ({ location }) => [
  { title: exchangeWords(localeOf(location.pathname)).title },
];

export default function Exchange() {
  const { coop, coops, trial, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const words = exchangeWords(locale);
  return (
    <div className="page stack">
      <DeskTabs locale={locale} />
      {done && (
        <p className="notice good" role="status">
          {words.done(done[0] ?? 0, done[1] ?? 0, done[2] ?? 0)}
          {" · "}
          {words.draftsWait}
        </p>
      )}
      <FormNotice locale={locale} answer={answer} />
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </header>
      {coops.length > 1 && (
        <nav className="row" aria-label={words.coop}>
          {coops.map((each) => (
            <Link
              key={each.id}
              className="tag"
              to={pathTo("deskExchange", locale, {}, { coop: each.slug })}
              aria-current={each.id === coop.id ? "page" : undefined}
            >
              {each.name}
            </Link>
          ))}
        </nav>
      )}
      {trial ? <Trial locale={locale} /> : <Sending locale={locale} />}
      <section className="stack" aria-labelledby="export-title">
        <h2 id="export-title">{words.export.title}</h2>
        <p className="soft">{words.export.lead}</p>
        <p className="row">
          <a
            className="button quiet"
            href={pathTo("deskExchangeOnix", locale, {}, { coop: coop.slug })}
            download
          >
            {words.export.onix}
          </a>
          <a
            className="button quiet"
            href={pathTo("deskExchangeCsv", locale, {}, { coop: coop.slug })}
            download
          >
            {words.export.csv}
          </a>
        </p>
        <Ddex locale={locale} />
      </section>
    </div>
  );
}

/** One album at a time: that is what a message of DDEX holds. */
function Ddex({ locale }: { locale: Locale }) {
  const { coop, albums, missing } = useLoaderData<typeof loader>();
  const words = exchangeWords(locale).export;
  if (albums.length === 0) return null;
  const gap =
    missing && Object.hasOwn(words.ddexGaps, missing) ? (missing as keyof typeof words.ddexGaps) : null;
  return (
    <form
      method="get"
      action={pathTo("deskExchangeDdex", locale)}
      className="stack stack-tight exchange-form"
    >
      <h3>{words.ddex}</h3>
      {gap && (
        <p className="notice warn" role="status">
          {words.ddexGaps[gap]}
        </p>
      )}
      <input type="hidden" name="coop" value={coop.slug} />
      <div className="field">
        <label htmlFor="album">{words.album}</label>
        <select id="album" name="oeuvre" required>
          {albums.map(({ slug, title }) => (
            <option key={slug} value={slug}>
              {title || slug}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" className="button quiet">
        {words.ddexGet}
      </button>
    </form>
  );
}

function Sending({ locale }: { locale: Locale }) {
  const { coop, members, mostMegabytes } = useLoaderData<typeof loader>();
  const busy = useNavigation().state !== "idle";
  const words = exchangeWords(locale).import;
  return (
    <section className="stack" aria-labelledby="import-title">
      <h2 id="import-title">{words.title}</h2>
      <Form method="post" encType="multipart/form-data" className="stack exchange-form">
        <input type="hidden" name="intent" value="try" />
        <input type="hidden" name="coop" value={coop.slug} />
        <div className="field">
          <label htmlFor="member">{words.member}</label>
          <span className="hint" id="member-hint">
            {words.memberHint}
          </span>
          <select id="member" name="member" aria-describedby="member-hint" defaultValue="">
            <option value="">{words.nobody}</option>
            {members.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="file">{words.file}</label>
          <span className="hint" id="file-hint">
            {words.fileHint(mostMegabytes)}
          </span>
          <input
            id="file"
            name="file"
            type="file"
            required
            accept=".xml,.onix,.csv,.tsv,text/xml,application/xml,text/csv"
            aria-describedby="file-hint"
          />
        </div>
        <button type="submit" className="button" disabled={busy}>
          {words.try}
        </button>
      </Form>
    </section>
  );
}

function Trial({ locale }: { locale: Locale }) {
  const { coop, trial, mostShown } = useLoaderData<typeof loader>();
  const busy = useNavigation().state !== "idle";
  const words = exchangeWords(locale);
  if (!trial) return null;
  const { counts, fates, unreadable } = trial;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const toWrite = (counts.new ?? 0) + (counts.changed ?? 0) + (counts.withdrawn ?? 0);
  return (
    <section className="stack" aria-labelledby="trial-title">
      <h2 id="trial-title">{words.trial.title}</h2>
      <p className="row">
        {Object.entries(counts).map(([fate, count]) => (
          <span key={fate} className="tag">
            {words.fates[fate as keyof typeof words.fates]} ({count})
          </span>
        ))}
        <span className="soft">{words.trial.nothing}</span>
      </p>
      {trial.headings.length > 0 && <Headings locale={locale} coop={coop.slug} trial={trial} />}
      {total === 0 && !unreadable && <p className="soft">{words.trial.empty}</p>}
      {fates.length > 0 && <FateTable locale={locale} fates={fates} />}
      {total > mostShown && <p className="soft">{words.trial.more(total - mostShown)}</p>}
      {unreadable && (
        <p className="notice bad" role="alert">
          {words.trial.stopped} {words.unreadable[unreadable.code]}
          {unreadable.detail && <span className="soft"> ({unreadable.detail})</span>}
        </p>
      )}
      <div className="row">
        {toWrite > 0 && (
          <Form method="post">
            <input type="hidden" name="intent" value="apply" />
            <input type="hidden" name="coop" value={coop.slug} />
            <input type="hidden" name="sent" value={trial.file} />
            <input type="hidden" name="member" value={trial.member} />
            <input type="hidden" name="map" value={trial.map} />
            <button type="submit" className="button" disabled={busy}>
              {words.trial.apply(toWrite)}
            </button>
          </Form>
        )}
        <Link className="button quiet" to={pathTo("deskExchange", locale, {}, { coop: coop.slug })}>
          {words.trial.other}
        </Link>
      </div>
    </section>
  );
}
