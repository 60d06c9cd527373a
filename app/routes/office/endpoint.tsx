import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { enterStaff, insistOnFresh, missing } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { endEndpoint } from "#domain/integrations/end-endpoint.server.ts";
import { findEndpoint, type ListedDelivery } from "#domain/integrations/endpoint-queries.server.ts";
import { replayDelivery } from "#domain/integrations/replay-delivery.server.ts";
import { secretOf } from "#domain/integrations/signature.ts";
import { dateTime } from "#i18n/formats.ts";
import { integrationsWords } from "#i18n/integrations.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { pathTo } from "#i18n/paths.ts";
import { EndpointCounts } from "./endpoint-parts.tsx";
import { keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import "#app/styles/integrations.css";
import "#app/styles/office.css";

const perPage = 40;
const uuid = z.uuid();

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url, coopIds } = await enterStaff(args, "keepIntegrations");
  const { coop, coops } = keptCoop(viewer, url, coopIds);
  const id = uuid.safeParse(args.params.id);
  if (!coopIds.includes(coop.id) || !id.success) throw missing();
  const before = uuid.safeParse(url.searchParams.get("avant"));
  const found = await findEndpoint(
    db,
    { personId: viewer.id, coopId: coop.id, id: id.data },
    {
      now: house.clock.now(),
      before: before.success ? before.data : null,
      limit: perPage + 1,
    },
  );
  if (!found) throw missing();
  const deliveries = found.deliveries.slice(0, perPage);
  return {
    coop,
    coops,
    endpoint: found.endpoint,
    deliveries,
    older: found.deliveries.length > perPage ? (deliveries.at(-1)?.id ?? null) : null,
    secret: secretOf(house.settings.sessionSecret, found.endpoint.id),
    replayed: url.searchParams.get("fait") === "replayed",
  };
}

const form = z.discriminatedUnion("act", [
  z.object({ act: z.literal("replay"), delivery: z.uuid() }),
  z.object({ act: z.literal("end") }),
]);

/** Sends an event again, or ends the address. */
export async function action(args: ActionFunctionArgs) {
  const door = await enterStaff(args, "keepIntegrations");
  const { db, house, viewer, locale, url, coopIds } = door;
  const { coop } = keptCoop(viewer, url, coopIds);
  const id = uuid.safeParse(args.params.id);
  if (!coopIds.includes(coop.id) || !id.success) throw missing();
  insistOnFresh(door);
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const mine = { coopId: coop.id, by: viewer.id };
  const asked = given.value;
  const outcome = await orRefuse(locale, async () => {
    if (asked.act === "end") await endEndpoint(db, house, { ...mine, id: id.data });
    else await replayDelivery(db, house, { ...mine, id: asked.delivery });
  });
  if (!outcome.ok) throw missing();
  if (asked.act === "end")
    return redirect(officePath("officeIntegrations", locale, coop, { fait: "ended" }), 303);
  return redirect(
    pathTo("officeEndpoint", locale, { id: id.data }, { coop: coop.slug, fait: "replayed" }),
    303,
  );
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${integrationsWords(locale).endpoint.log} · ${officeWords(locale).title}` }];
};

export default function Endpoint() {
  const { coop, coops, endpoint, deliveries, older, secret, replayed } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const { endpoint: words } = integrationsWords(locale);
  return (
    <div className="page stack stack-loose programs">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      {replayed && (
        <p className="notice good" role="status">
          {words.replayed}
        </p>
      )}
      <header className="stack stack-tight">
        <p className="small">
          <Link to={officePath("officeIntegrations", locale, coop)}>{words.back}</Link>
        </p>
        <h1 className="breakable">{endpoint.url}</h1>
        <p>
          <EndpointCounts endpoint={endpoint} locale={locale} />
        </p>
        <p className="small soft">{endpoint.events.join(", ")}</p>
      </header>
      <section className="stack stack-tight" aria-labelledby="secret">
        <h2 id="secret">{words.secret}</h2>
        <p className="soft">{words.secretHint}</p>
        <details>
          <summary>{words.showSecret}</summary>
          <p>
            <code className="told-secret">{secret}</code>
          </p>
        </details>
      </section>
      <section className="stack" aria-labelledby="log">
        <h2 id="log">{words.log}</h2>
        {deliveries.length === 0 ? (
          <div className="empty">
            <h3>{words.emptyTitle}</h3>
            <p className="soft">{words.empty}</p>
          </div>
        ) : (
          <Log locale={locale} />
        )}
        {older && (
          <p>
            <Link
              className="button quiet"
              to={pathTo("officeEndpoint", locale, { id: endpoint.id }, { coop: coop.slug, avant: older })}
            >
              {words.older}
            </Link>
          </p>
        )}
      </section>
      <Form method="post" className="stack stack-tight">
        <input type="hidden" name="act" value="end" />
        <button type="submit" className="button quiet">
          {words.end}
        </button>
        <p className="soft small">{words.endHint}</p>
      </Form>
    </div>
  );
}

const mood = { waiting: "warn", delivered: "good", given_up: "bad" } as const;

function Log({ locale }: { locale: Locale }) {
  const { deliveries } = useLoaderData<typeof loader>();
  const { endpoint: words } = integrationsWords(locale);
  const { columns } = words;
  const at = (moment: Date | string) => dateTime(locale, new Date(moment));
  return (
    <table className="office-table">
      <thead>
        <tr>
          {[columns.event, columns.state, columns.attempts, columns.answer].map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
          <th scope="col">
            <span className="visually-hidden">{columns.act}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <tr key={delivery.id}>
            <th scope="row">
              <code>{delivery.event}</code>
              <span className="soft small">{at(delivery.happenedAt)}</span>
              {delivery.body && (
                <details>
                  <summary className="small">{words.body}</summary>
                  <pre>{indented(delivery.body)}</pre>
                </details>
              )}
            </th>
            <td data-label={columns.state}>
              <span className={`tag ${mood[delivery.state]}`}>{words.states[delivery.state]}</span>
              {delivery.attempts > 0 && delivery.nextAt && (
                <span className="soft small"> {words.next(at(delivery.nextAt))}</span>
              )}
            </td>
            <td data-label={columns.attempts}>{delivery.attempts}</td>
            <td data-label={columns.answer}>{answerOf(delivery, locale)}</td>
            <td>
              <Form method="post">
                <input type="hidden" name="act" value="replay" />
                <input type="hidden" name="delivery" value={delivery.id} />
                <button type="submit" className="button quiet small">
                  {words.replay}
                  <span className="visually-hidden">
                    , {delivery.event}, {at(delivery.happenedAt)}
                  </span>
                </button>
              </Form>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const indented = (body: string): string => JSON.stringify(JSON.parse(body), null, 2);

function answerOf({ status, failure }: Pick<ListedDelivery, "status" | "failure">, locale: Locale): string {
  const { endpoint: words } = integrationsWords(locale);
  if (status !== null) return words.answered(status);
  return failure === null ? "–" : (words.failures[failure] ?? failure);
}
