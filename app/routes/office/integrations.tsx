import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { enterStaff, insistOnFresh, missing } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { freshSeed, seedField } from "#app/http/once.server.ts";
import { addEndpoint } from "#domain/integrations/add-endpoint.server.ts";
import { listEndpoints } from "#domain/integrations/endpoint-queries.server.ts";
import { listKeys } from "#domain/integrations/key-queries.server.ts";
import { makeKey } from "#domain/integrations/make-key.server.ts";
import { revokeKey } from "#domain/integrations/revoke-key.server.ts";
import { events, scopes } from "#domain/integrations/scopes.ts";
import { integrationsWords } from "#i18n/integrations.ts";
import { localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { pathTo } from "#i18n/paths.ts";
import { EndpointForm, EndpointTable } from "./endpoint-parts.tsx";
import { keptCoop, officePath } from "./kept-coop.ts";
import { KeyForm, KeyTable, MadeKey } from "./key-parts.tsx";
import { OfficeHead } from "./office-head.tsx";
import "#app/styles/integrations.css";
import "#app/styles/office.css";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url, coopIds } = await enterStaff(args, "keepIntegrations");
  const { coop, coops } = keptCoop(viewer, url, coopIds);
  if (!coopIds.includes(coop.id)) throw missing();
  const now = house.clock.now();
  const through = { personId: viewer.id, coopId: coop.id };
  const [keys, endpoints] = await Promise.all([listKeys(db, through), listEndpoints(db, through, now)]);
  const said = url.searchParams.get("fait");
  return {
    coop,
    coops,
    keys: keys.map((key) => ({ ...key, over: key.until !== null && key.until <= now })),
    endpoints,
    seed: freshSeed(),
    done: (["revoked", "added", "ended"] as const).find((each) => each === said) ?? null,
  };
}

const form = z.discriminatedUnion("act", [
  z.object({
    act: z.literal("make"),
    seed: seedField,
    name: z.string().trim().min(1, "required").max(80, "tooLong"),
    scopes: z.array(z.enum(scopes)).min(1, "required").prefault([]),
    until: z.union([z.iso.date(), z.literal("")]).default(""),
  }),
  z.object({ act: z.literal("revoke"), id: z.uuid() }),
  z.object({
    act: z.literal("tell"),
    seed: seedField,
    url: z.string().trim().min(1, "required").max(500, "tooLong"),
    events: z.array(z.enum(events)).min(1, "required").prefault([]),
  }),
]);

/**
 * Makes or revokes a key, begins to tell an address. The secret of a key stands in the answer to the form itself and nowhere else: a page
 * that one is sent on to would have to keep it somewhere in between.
 */
export async function action(args: ActionFunctionArgs) {
  const door = await enterStaff(args, "keepIntegrations");
  const { db, house, viewer, locale, url, coopIds } = door;
  const { coop } = keptCoop(viewer, url, coopIds);
  if (!coopIds.includes(coop.id)) throw missing();
  insistOnFresh(door);
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const mine = { coopId: coop.id, by: viewer.id };
  const asked = given.value;
  const outcome = await orRefuse(locale, async () => {
    if (asked.act === "revoke") await revokeKey(db, house, { ...mine, id: asked.id });
    else if (asked.act === "tell")
      await addEndpoint(db, house, { ...mine, id: asked.seed, url: asked.url, events: asked.events });
    else {
      const { name, scopes, seed: id } = asked;
      const until = asked.until === "" ? null : dayAfter(asked.until);
      return { name, ...(await makeKey(db, house, { ...mine, id, name, scopes, until })) };
    }
    return null;
  });
  if (!outcome.ok) {
    if (outcome.refusal.code === "not_found") throw missing();
    const typed =
      asked.act === "tell" ? { url: asked.url } : asked.act === "make" ? { name: asked.name } : {};
    return sendBack({ ...outcome.answer, values: { act: asked.act, ...typed } });
  }
  // Told once: nobody keeps it, the browser neither.
  if (outcome.value) return data({ made: outcome.value }, { headers: { "cache-control": "no-store" } });
  const fait = asked.act === "revoke" ? "revoked" : "added";
  return redirect(officePath("officeIntegrations", locale, coop, { fait }), 303);
}

/** The first instant after a day that counts. */
const dayAfter = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000);

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${integrationsWords(locale).title} · ${officeWords(locale).title}` }];
};

export default function Integrations() {
  const { coop, coops, keys, endpoints, seed, done } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const made = answered && "made" in answered ? answered.made : null;
  const answer = answered && !("made" in answered) ? answered : undefined;
  const answerTo = (act: string) => (answer?.values?.act === act ? answer : undefined);
  const locale = useLocale();
  const words = integrationsWords(locale);
  return (
    <div className="page stack stack-loose programs">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      {done && !answered && (
        <p className="notice good" role="status">
          {done === "revoked" ? words.keys.revoked : words.endpoints[done]}
        </p>
      )}
      {made && <MadeKey made={made} locale={locale} />}
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
        <p>
          <Link to={pathTo("api", locale)}>{words.reference}</Link>
        </p>
      </header>
      <section className="stack" aria-labelledby="keys">
        <h2 id="keys">{words.keys.title}</h2>
        <KeyTable keys={keys} locale={locale} />
        <KeyForm seed={seed} answer={answerTo("make")} locale={locale} />
      </section>
      <section className="stack" aria-labelledby="endpoints">
        <h2 id="endpoints">{words.endpoints.title}</h2>
        <EndpointTable endpoints={endpoints} coop={coop} locale={locale} />
        <EndpointForm seed={seed} answer={answerTo("tell")} locale={locale} />
      </section>
    </div>
  );
}
