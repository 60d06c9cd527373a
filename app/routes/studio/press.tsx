import "#app/styles/studio.css";
import "#app/styles/offers.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, SelectField, TextField } from "#app/components/field.tsx";
import { DoneNotice, StudioNav } from "#app/components/studio-frame.tsx";
import { enterStudio } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { worksToOffer } from "#domain/offers/coupon-queries.server.ts";
import { makePressCodes } from "#domain/offers/make-press-codes.server.ts";
import { pressCodesOf } from "#domain/offers/press-queries.server.ts";
import { stopPressCode } from "#domain/offers/stop-press-code.server.ts";
import { date } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";
import { addressesAt, pathTo } from "#i18n/paths.ts";
import { pressState } from "./press-state.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, locale, url } = await enterStudio(args);
  const [codes, works] = await Promise.all([
    pressCodesOf(db, viewer.id),
    worksToOffer(db, { personId: viewer.id }),
  ]);
  return {
    codes,
    works,
    address: addressesAt(house.settings.publicUrl)("code", locale),
    made: Number(url.searchParams.get("faits")) || null,
    stopped: url.searchParams.has("arrete"),
  };
}

const form = z.discriminatedUnion("act", [
  z.object({
    act: z.literal("make"),
    work: z.uuid(),
    count: z
      .string()
      .trim()
      .regex(/^\d{1,3}$/, "number")
      .transform(Number),
    label: z.string().trim().max(200, "tooLong").default(""),
  }),
  z.object({ act: z.literal("stop"), code: z.uuid() }),
]);

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer } = await enterStudio(args);
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const wish = given.value;
  const done = await orRefuse(locale, async (): Promise<Record<string, string>> => {
    if (wish.act === "stop") {
      await stopPressCode(db, house, { pressCodeId: wish.code, by: viewer.id });
      return { arrete: "1" };
    }
    const { work: workId, count, label } = wish;
    const { codes } = await makePressCodes(db, house, { workId, count, label, by: viewer.id });
    return { faits: String(codes.length) };
  });
  if (!done.ok) return sendBack(done.answer, done.refusal.code === "not_found" ? 404 : 422);
  return redirect(pathTo("studioPress", locale, {}, done.value), 303);
}

export const meta: MetaFunction = ({ location }) => [
  { title: `${offersWords(localeOf(location.pathname)).press.title} · ventes.coop` },
];

/** Copies for who writes about one's works. */
export default function Press() {
  const { codes, works, address, made, stopped } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const locale = useLocale();
  const all = offersWords(locale);
  const words = all.press;
  return (
    <div className="page studio stack">
      <h1>{words.title}</h1>
      <StudioNav locale={locale} />
      <p className="lead">{words.lead}</p>
      {made !== null && !answer && <DoneNotice>{words.saved(made)}</DoneNotice>}
      {stopped && !answer && <DoneNotice>{words.stopped}</DoneNotice>}
      <div className="coupon-room">
        <section aria-labelledby="codes" className="stack">
          <h2 id="codes">{all.coupons.list}</h2>
          {codes.length === 0 ? (
            <div className="empty">
              <h3>{words.emptyTitle}</h3>
              <p className="soft">{words.empty}</p>
            </div>
          ) : (
            <>
              <div className="row between">
                <p className="soft">{words.where(address.replace(/^https?:\/\//, ""))}</p>
                <a className="button quiet small" href={pathTo("studioPressCsv", locale)} download>
                  {words.csv}
                </a>
              </div>
              <ul className="plain-list coupons">
                {codes.map((code) => (
                  <PressRow key={code.id} code={code} locale={locale} />
                ))}
              </ul>
            </>
          )}
        </section>
        <section aria-labelledby="make" className="card stack">
          <h2 id="make">{words.make}</h2>
          {works.length === 0 ? (
            <p className="soft">{all.coupons.noWorks}</p>
          ) : (
            <Form method="post" className="stack" key={codes.length}>
              <FormNotice locale={locale} answer={answer} />
              <SelectField locale={locale} name="work" label={words.work} answer={answer}>
                {works.map(({ id, title }) => (
                  <option key={id} value={id}>
                    {title}
                  </option>
                ))}
              </SelectField>
              <TextField
                locale={locale}
                name="count"
                inputMode="numeric"
                required
                label={words.count}
                hint={words.countHint}
                defaultValue="5"
                answer={answer}
              />
              <TextField
                locale={locale}
                name="label"
                optional
                maxLength={200}
                autoComplete="off"
                label={words.label}
                hint={words.labelHint}
                answer={answer}
              />
              <button type="submit" className="button" name="act" value="make">
                {words.save}
              </button>
            </Form>
          )}
        </section>
      </div>
    </div>
  );
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>["codes"][number];
const tones = { open: "good", used: "", stopped: "bad" } as const;

function PressRow({ code, locale }: { code: Shown; locale: Locale }) {
  const words = offersWords(locale).press;
  const state = pressState(code);
  return (
    <li>
      <div className="row between baseline">
        <h3 className="code">{code.code}</h3>
        <span className={`tag ${tones[state]}`}>{words.states[state]}</span>
      </div>
      <p className="small soft">
        {[
          code.workTitle,
          ...(code.label ? [code.label] : []),
          ...(code.usedAt ? [words.usedOn(date(locale, new Date(code.usedAt)))] : []),
        ].join(" · ")}
      </p>
      {state === "open" && (
        <Form method="post">
          <input type="hidden" name="code" value={code.id} />
          <button
            type="submit"
            name="act"
            value="stop"
            className="link-button small"
            aria-label={words.stopOf(code.code)}
          >
            {words.stop}
          </button>
        </Form>
      )}
    </li>
  );
}
