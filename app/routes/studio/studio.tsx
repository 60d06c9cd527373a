import "#app/styles/studio.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { Cover } from "#app/components/cover.tsx";
import { priceWords } from "#app/components/price.tsx";
import { DoneNotice, StateTag, StudioNav } from "#app/components/studio-frame.tsx";
import { enterStudio, missing } from "#app/http/door.server.ts";
import { readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { listStudioWorks } from "#domain/catalogue/studio-queries.server.ts";
import type { ReturnReason } from "#domain/curation/reasons.ts";
import { payoutsOfPerson } from "#domain/payouts/queries.server.ts";
import { acceptShare } from "#domain/revenue/accept-share.server.ts";
import { sharesToAccept } from "#domain/revenue/queries.server.ts";
import { deskWords } from "#i18n/desk.ts";
import { date, percent } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { type PathName, pathTo } from "#i18n/paths.ts";
import { studioWords } from "#i18n/studio.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enterStudio(args);
  const now = house.clock.now();
  const [works, waiting, payouts] = await Promise.all([
    listStudioWorks(db, viewer.id),
    // A person is a member of one co-op, seldom two: this is one query a membership.
    Promise.all(
      viewer.members.map(async (member) =>
        (await sharesToAccept(db, member.id, now)).map((share) => ({ ...share, memberId: member.id })),
      ),
    ),
    payoutsOfPerson(db, viewer.id),
  ]);
  return {
    works,
    shares: waiting.flat(),
    needsAccount: payouts.some(
      ({ account, held }) => held > 0 && (account === "none" || account === "to_complete"),
    ),
    accepted: url.searchParams.has("acceptee"),
  };
}

const acceptance = z.object({ shareListId: z.uuid(), memberId: z.uuid() });

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer } = await enterStudio(args);
  const form = await readForm(args.request, acceptance);
  if (!form.ok) return sendBack(form.answer);
  if (!viewer.members.some(({ id }) => id === form.value.memberId)) throw missing();
  await acceptShare(db, house, form.value);
  return redirect(pathTo("studio", locale, {}, { acceptee: 1 }), 303);
}

export const meta: MetaFunction = ({ location }) => [
  { title: `${studioWords(localeOf(location.pathname)).title} · ventes.coop` },
];

type Listed = ReturnType<typeof useLoaderData<typeof loader>>["works"][number];

/** Where one goes on with a work, by where it stands. */
const nextOf = (work: Listed): { to: PathName; label: "continue" | "mend" | "follow" | "manage" } => {
  if (work.state === "submitted") return { to: "studioSubmission", label: "follow" };
  if (work.state === "returned") return { to: "studioSubmission", label: "mend" };
  if (work.state === "published" || work.state === "withdrawn")
    return { to: "studioDetails", label: "manage" };
  return { to: work.files === 0 ? "studioFiles" : "studioDetails", label: "continue" };
};

export default function Studio() {
  const { works, shares, needsAccount, accepted } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = studioWords(locale);
  const { home } = words;
  return (
    <div className="page studio stack">
      <div className="row between">
        <h1>{words.title}</h1>
        <Link className="button" to={pathTo("studioNew", locale)}>
          {home.start}
        </Link>
      </div>
      <StudioNav locale={locale} />
      {accepted && <DoneNotice>{home.accepted}</DoneNotice>}
      {shares.map((share) => (
        <section className="card waiting-share stack stack-tight" key={share.shareListId}>
          <h2>{home.shareTitle}</h2>
          <p>
            {home.share(
              share.title || words.untitled,
              percent(locale, (share.parts / share.wholeParts) * 100),
            )}{" "}
            <span className="soft">{home.shareWhy}</span>
          </p>
          <Form method="post">
            <input type="hidden" name="shareListId" value={share.shareListId} />
            <input type="hidden" name="memberId" value={share.memberId} />
            <button type="submit" className="button">
              {home.accept}
            </button>
          </Form>
        </section>
      ))}
      {needsAccount && (
        <section className="notice warn stack stack-tight">
          <h2>{home.payoutTitle}</h2>
          <p>{home.payout}</p>
          <p>
            <Link to={pathTo("studioPayouts", locale)}>{home.payoutGo}</Link>
          </p>
        </section>
      )}
      {works.length === 0 ? (
        <div className="empty">
          <h2>{home.emptyTitle}</h2>
          <p className="lead">{home.empty}</p>
          <p>
            <Link className="button" to={pathTo("studioNew", locale)}>
              {home.start}
            </Link>
          </p>
        </div>
      ) : (
        <ul className="bench plain-list">
          {works.map((work) => (
            <BenchWork key={work.id} work={work} />
          ))}
        </ul>
      )}
    </div>
  );
}

function BenchWork({ work }: { work: Listed }) {
  const locale = useLocale();
  const words = studioWords(locale);
  const { home } = words;
  const title = work.title || words.untitled;
  const next = nextOf(work);
  const returned = work.returned;
  return (
    <li className="bench-work">
      <Cover work={{ ...work, title }} locale={locale} sizes="5.5rem" />
      <div className="stack stack-tight">
        <h2>
          <Link to={pathTo(next.to, locale, { id: work.id })}>{title}</Link>
        </h2>
        <p className="row small">
          <StateTag locale={locale} state={work.state} />
          <span className="soft">{home.since(date(locale, work.stateAt))}</span>
        </p>
        <p className="small soft">
          {words.kinds[work.kind]} · {work.coopName}
          {work.priceChosen && ` · ${priceWords(locale, work.price)}`}
          {work.sold > 0 && ` · ${home.sold(work.sold)}`}
        </p>
        {returned && (
          <p className="notice bad">
            {deskWords(locale).reasons[returned.reasonCode as ReturnReason]?.letter} {returned.reason}
          </p>
        )}
        {work.state === "draft" && work.underway > 0 && <p className="small">{home.reading}</p>}
        {work.state === "draft" && work.underway === 0 && work.files === 0 && (
          <p className="small">{home.needs}</p>
        )}
      </div>
      <div className="bench-next">
        <Link
          className="button quiet small"
          to={pathTo(next.to, locale, { id: work.id })}
          aria-label={`${home[next.label]}, ${title}`}
        >
          {home[next.label]}
        </Link>
        {work.state === "published" && (
          <Link
            className="small"
            to={pathTo("work", locale, { slug: work.slug })}
            aria-label={`${home.see}, ${title}`}
          >
            {home.see}
          </Link>
        )}
      </div>
    </li>
  );
}
