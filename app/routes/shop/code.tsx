import "#app/styles/shop.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, TextField } from "#app/components/field.tsx";
import { WorkCard } from "#app/components/work-card.tsx";
import { enter } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { pace } from "#app/http/pace.server.ts";
import { findTypedCode, type TypedCode } from "#domain/offers/typed-code-queries.server.ts";
import { accessOf } from "#domain/sales/access-link.ts";
import { redeemPressCode } from "#domain/sales/redeem-press-code.server.ts";
import type { RefusalCode } from "#i18n/fr/refusals.ts";
import { localeOf } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";
import { pathTo } from "#i18n/paths.ts";
import { refusalWords } from "#i18n/refusals.ts";

/** Why a code opens nothing; null: it does. */
function whyNot(found: TypedCode | null): RefusalCode | null {
  if (!found) return "code_unknown";
  if (found.kind === "coupon") return "code_is_coupon";
  if (found.kind === "press" && found.state !== "open")
    return found.state === "used" ? "code_used" : "code_over";
  return null;
}

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, locale, url } = await enter(args);
  const typed = (url.searchParams.get("c") ?? "").slice(0, 60).replaceAll("\0", "");
  const email = viewer?.email ?? "";
  if (typed.trim() === "") return { typed, email, work: null, refusal: null };
  const looked = await orRefuse(locale, async () => {
    pace(args.context, "order");
    return findTypedCode(db, typed);
  });
  if (!looked.ok) return { typed, email, work: null, refusal: looked.answer.refusal ?? null };
  const found = looked.value;
  if (found?.kind === "gift") {
    const access = accessOf(house.settings.sessionSecret, found.giftId);
    throw redirect(pathTo("gift", locale, { access }), 303);
  }
  const why = whyNot(found);
  return {
    typed,
    email,
    work: !why && found?.kind === "press" ? found.work : null,
    refusal: why && refusalWords(locale, why),
  };
}

const receiving = z.object({ code: z.string().min(1, "required").max(60), email: z.email("email").max(254) });

/** Opens the work of a press code. */
export async function action(args: ActionFunctionArgs) {
  const { db, house, viewer, locale } = await enter(args);
  const form = await readForm(args.request, receiving);
  if (!form.ok) return sendBack(form.answer);
  const { code } = form.value;
  const email = form.value.email.toLowerCase();
  const done = await orRefuse(locale, async () => {
    pace(args.context, "order");
    const personId = viewer?.email === email ? viewer.id : null;
    return redeemPressCode(db, house, { code, email, personId, locale });
  });
  if (!done.ok) return sendBack({ ...done.answer, values: { email } });
  const access = accessOf(house.settings.sessionSecret, done.value.saleId);
  return redirect(pathTo("thanks", locale, { access }), 303);
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return head(locale, { title: offersWords(locale).code.title, hidden: true });
};

/** The one address where a code is typed; then what it opens, and to whom it goes. */
export default function Code() {
  const { typed, email, work, refusal } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const words = offersWords(locale).code;
  if (work) {
    return (
      <div className="page narrow code-page stack">
        <h1>{words.opens}</h1>
        <div className="code-work">
          <WorkCard work={work} locale={locale} as="h2" note={work.coop.name} eager />
        </div>
        <Form method="post" className="stack">
          <FormNotice locale={locale} answer={answer} />
          <input type="hidden" name="code" value={typed} />
          <TextField
            locale={locale}
            name="email"
            type="email"
            autoComplete="email"
            required
            label={words.email}
            hint={words.emailHint}
            answer={answer}
            defaultValue={email}
          />
          <button type="submit" className="button wide">
            {words.receive}
          </button>
        </Form>
        <p>
          <Link className="small" to={pathTo("code", locale)}>
            {words.other}
          </Link>
        </p>
      </div>
    );
  }
  return (
    <div className="page narrow code-page stack">
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      {refusal && (
        <p className="notice warn" role="alert">
          {refusal}
        </p>
      )}
      <Form method="get" className="stack">
        <TextField
          locale={locale}
          name="c"
          label={words.label}
          hint={words.hint}
          required
          maxLength={60}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          className="code"
          defaultValue={typed}
          key={typed}
        />
        <button type="submit" className="button wide">
          {words.go}
        </button>
      </Form>
    </div>
  );
}
