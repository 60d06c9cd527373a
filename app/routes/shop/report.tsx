import "#app/styles/shop.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, TextArea, TextField } from "#app/components/field.tsx";
import { enter, missing } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { freshSeed, idOnce, seedField } from "#app/http/once.server.ts";
import { pace } from "#app/http/pace.server.ts";
import { worksBySlug } from "#domain/catalogue/collection-queries.server.ts";
import { makeReport } from "#domain/reports/make-report.server.ts";
import { reportReasons } from "#domain/reports/report-states.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { reportWords } from "#i18n/reports.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, url } = await enter(args);
  const slug = args.params.slug ?? "";
  const [work] = await worksBySlug(db, [slug]);
  if (!work) throw missing();
  return {
    ...{ slug, title: work.title, seed: freshSeed() },
    email: viewer?.email ?? "",
    sent: url.searchParams.has("fait"),
  };
}

const form = z.object({
  reason: z.enum(reportReasons),
  words: z.string().trim().min(1, "required").max(4000, "tooLong"),
  email: z.union([z.literal(""), z.email("email").max(254)]).default(""),
  seed: seedField,
});

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale } = await enter(args);
  const slug = args.params.slug ?? "";
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const { seed, reason, words, email } = given.value;
  const made = await orRefuse(locale, async () => {
    pace(args.context, "report");
    await makeReport(db, house, {
      id: idOnce(seed, [slug, reason, words, email]),
      ...{ slug, reason, words, locale },
      email: email.toLowerCase() || null,
    });
  });
  if (made.ok) return redirect(pathTo("report", locale, { slug }, { fait: 1 }), 303);
  if (made.refusal.code === "not_found") throw missing();
  return sendBack({ ...made.answer, values: { reason, words, email } });
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return head(locale, { title: reportWords(locale).form.title, hidden: true });
};

/** A visitor says that a work should not be in the shop, as it is or at all. */
export default function Report() {
  const { slug, title, seed, email, sent } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const locale = useLocale();
  const { form: words, reasons } = reportWords(locale);
  const back = <Link to={pathTo("work", locale, { slug })}>{words.back}</Link>;
  if (sent && !answer)
    return (
      <div className="page narrow stack" role="status">
        <h1>{words.sentTitle}</h1>
        <p>{words.sent}</p>
        <p>{back}</p>
      </div>
    );
  return (
    <div className="page narrow stack">
      <h1>{words.title}</h1>
      <p className="lead">{words.about(title)}</p>
      <p>{words.lead}</p>
      <FormNotice locale={locale} answer={answer} />
      <Form method="post" className="stack">
        <input type="hidden" name="seed" value={seed} />
        <fieldset className="field">
          <legend>{words.reason}</legend>
          {reportReasons.map((reason) => (
            <label key={reason} className="choice">
              <input
                type="radio"
                name="reason"
                value={reason}
                required
                defaultChecked={answer?.values?.reason === reason}
              />
              <span>{reasons[reason]}</span>
            </label>
          ))}
        </fieldset>
        <TextArea
          locale={locale}
          name="words"
          label={words.words}
          hint={words.wordsHint}
          answer={answer}
          rows={6}
          required
          maxLength={4000}
        />
        <TextField
          locale={locale}
          name="email"
          type="email"
          autoComplete="email"
          label={words.email}
          hint={words.emailHint}
          answer={answer}
          optional
          defaultValue={email}
        />
        <button type="submit" className="button">
          {words.send}
        </button>
      </Form>
      <p>{back}</p>
    </div>
  );
}
