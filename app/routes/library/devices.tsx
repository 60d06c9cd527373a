import "#app/styles/devices.css";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, TextField } from "#app/components/field.tsx";
import { enterSignedIn, insistOnFresh } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { freshSeed, seedField } from "#app/http/once.server.ts";
import { createDevice } from "#domain/library/create-device.server.ts";
import { listDevices } from "#domain/library/device-queries.server.ts";
import { revokeDevice } from "#domain/library/revoke-device.server.ts";
import { devicesWords } from "#i18n/devices.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { DeviceHelp, DeviceList, MadePassword } from "./device-parts.tsx";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale, viewer, url } = await enterSignedIn(args);
  const { publicUrl } = house.settings;
  return {
    devices: await listDevices(db, viewer.id),
    closed: url.searchParams.get("ferme")?.slice(0, 80) ?? null,
    seed: freshSeed(),
    addresses: {
      reader: publicUrl + pathTo("libraryOpds", locale),
      reader2: publicUrl + pathTo("libraryOpds2", locale),
      player: publicUrl,
    },
    login: viewer.email,
  };
}

const form = z.discriminatedUnion("act", [
  z.object({
    act: z.literal("add"),
    seed: seedField,
    name: z.string().trim().min(1, "required").max(80, "tooLong"),
    kind: z.enum(["reader", "player"]),
  }),
  z.object({ act: z.literal("revoke"), id: z.uuid(), name: z.string().max(80) }),
]);

/**
 * Adds a device or ends one. The password stands in the answer to the form itself and nowhere else: a page that one is sent on to
 * would have to keep it somewhere in between.
 */
export async function action(args: ActionFunctionArgs) {
  const door = await enterSignedIn(args);
  insistOnFresh(door);
  const { db, house, locale, viewer } = door;
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  if (given.value.act === "revoke") {
    await revokeDevice(db, house, { id: given.value.id, personId: viewer.id });
    return redirect(pathTo("devices", locale, {}, { ferme: given.value.name }), 303);
  }
  const { seed, name, kind } = given.value;
  const done = await orRefuse(locale, () =>
    createDevice(db, house, { id: seed, personId: viewer.id, kind, name }),
  );
  if (!done.ok) return sendBack({ ...done.answer, values: { name, kind } });
  return data(
    { made: { name, kind, password: done.value.password } },
    { headers: { "cache-control": "no-store" } },
  );
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return head(locale, { title: devicesWords(locale).title, hidden: true });
};

const kinds = ["reader", "player"] as const;

/** Who may open the library besides oneself, and how an e-reader or a player is let in. */
export default function Devices() {
  const { devices, closed, seed, addresses, login } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = devicesWords(locale);
  const outcome = useActionData<typeof action>();
  const made = outcome && "made" in outcome ? outcome.made : undefined;
  const answer = outcome && !("made" in outcome) ? outcome : undefined;
  const busy = useNavigation().state === "submitting";
  return (
    <div className="page devices stack-loose stack">
      <header className="stack stack-tight">
        <p className="small">
          <Link to={pathTo("library", locale)}>{words.toLibrary}</Link>
        </p>
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </header>
      {closed && !made && (
        <p className="notice good" role="status">
          {words.revoked(closed)}
        </p>
      )}
      {made && <MadePassword made={made} address={addresses[made.kind]} login={login} locale={locale} />}
      <section className="stack" aria-labelledby="devices-list">
        <h2 id="devices-list">{words.listTitle}</h2>
        <DeviceList devices={devices} locale={locale} />
      </section>
      <section className="card stack" aria-labelledby="devices-add">
        <h2 id="devices-add">{words.addTitle}</h2>
        <Form method="post" className="stack" noValidate key={seed}>
          <FormNotice locale={locale} answer={answer} />
          <input type="hidden" name="act" value="add" />
          <input type="hidden" name="seed" value={seed} />
          <TextField
            locale={locale}
            name="name"
            label={words.name}
            hint={words.nameHint}
            answer={answer}
            required
            maxLength={80}
            autoComplete="off"
          />
          <fieldset className="field device-kinds">
            <legend>{words.kind}</legend>
            {kinds.map((kind) => (
              <label className="choice" key={kind}>
                <input
                  type="radio"
                  name="kind"
                  value={kind}
                  defaultChecked={(answer?.values?.kind ?? "reader") === kind}
                />
                <span>
                  <strong>{words.kinds[kind]}</strong>
                  <span className="hint">{words.kindHints[kind]}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <button type="submit" className="button" disabled={busy}>
            {words.submit}
          </button>
        </Form>
      </section>
      <DeviceHelp addresses={addresses} login={login} locale={locale} />
    </div>
  );
}
