import "#app/styles/bench.css";
import "#app/styles/studio.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { FormNotice } from "#app/components/field.tsx";
import { DoneNotice, StudioNav } from "#app/components/studio-frame.tsx";
import { enterStudio } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, receive, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { askKit } from "#domain/bench/ask-kit.server.ts";
import { kitsOf } from "#domain/bench/kit-queries.server.ts";
import { benchWords } from "#i18n/bench.ts";
import { bytes, dateTime } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, url } = await enterStudio(args);
  return { kits: await kitsOf(db, viewer.id), asked: url.searchParams.has("fait") };
}

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer } = await enterStudio(args);
  await receive(args.request);
  const done = await orRefuse(locale, () => askKit(db, house, { personId: viewer.id, locale }));
  if (!done.ok) return sendBack(done.answer, 409);
  return redirect(pathTo("studioKit", locale, {}, { fait: 1 }), 303);
}

export const meta: MetaFunction = ({ location }) => [
  { title: `${benchWords(localeOf(location.pathname)).kit.title} · ventes.coop` },
];

type Shown = ReturnType<typeof useLoaderData<typeof loader>>["kits"][number];

/** All that is theirs, to take along. */
export default function ExitKit() {
  const { kits, asked } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const locale = useLocale();
  const words = benchWords(locale).kit;
  const busy = useNavigation().state !== "idle";
  const underway = kits.some(({ madeAt, goneAt }) => madeAt === null && goneAt === null);
  return (
    <div className="page studio stack">
      <h1>{words.title}</h1>
      <StudioNav locale={locale} />
      <p className="lead">{words.lead}</p>
      {asked && !answer && underway && <DoneNotice>{words.asked}</DoneNotice>}
      <FormNotice locale={locale} answer={answer} />
      <section className="stack stack-tight" aria-labelledby="holds">
        <h2 id="holds">{words.holds}</h2>
        <ul className="kit-parts">
          {Object.entries(words.parts).map(([part, said]) => (
            <li key={part}>{said}</li>
          ))}
        </ul>
      </section>
      {kits.length > 0 && (
        <ul className="plain-list stack stack-tight">
          {kits.map((kit) => (
            <li key={kit.id}>
              <KitLine kit={kit} />
            </li>
          ))}
        </ul>
      )}
      {!underway && (
        <Form method="post">
          <button type="submit" className={kits.length > 0 ? "button quiet" : "button"} disabled={busy}>
            {words.ask}
          </button>
        </Form>
      )}
    </div>
  );
}

function KitLine({ kit }: { kit: Shown }) {
  const locale = useLocale();
  const words = benchWords(locale).kit;
  const at = dateTime(locale, kit.madeAt ?? kit.askedAt);
  if (kit.goneAt) return <span className="soft">{words.gone(at)}</span>;
  if (!kit.madeAt) return <span>{words.underway(at)}</span>;
  return (
    <span className="row">
      {words.ready(at, bytes(locale, kit.bytes ?? 0))}
      <a className="button small" href={pathTo("studioKitZip", locale, { id: kit.id })}>
        {words.get}
      </a>
    </span>
  );
}
