import "#app/styles/account.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, TextField } from "#app/components/field.tsx";
import { enterSignedIn, insistOnFresh } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { pace } from "#app/http/pace.server.ts";
import { askMailChange } from "#domain/people/ask-mail-change.server.ts";
import { setName } from "#domain/people/set-name.server.ts";
import { accountWords } from "#i18n/account.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { AccountHead } from "./account-head.tsx";

const outcomes = ["sent", "saved", "changed"] as const;

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, url } = await enterSignedIn(args);
  const said = url.searchParams.get("fait");
  return {
    email: viewer.email,
    name: viewer.name ?? "",
    done: outcomes.find((each) => each === said) ?? null,
  };
}

const form = z.discriminatedUnion("act", [
  z.object({
    act: z.literal("mail"),
    email: z.string().trim().min(1, "required").max(200, "tooLong").pipe(z.email("email")),
  }),
  z.object({ act: z.literal("name"), name: z.string().trim().max(200, "tooLong") }),
]);

export async function action(args: ActionFunctionArgs) {
  const door = await enterSignedIn(args);
  insistOnFresh(door);
  const { db, house, locale, viewer } = door;
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const asked = given.value;
  if (asked.act === "name") {
    await setName(db, house, { personId: viewer.id, name: asked.name });
    return redirect(pathTo("accountMail", locale, {}, { fait: "saved" }), 303);
  }
  const done = await orRefuse(locale, async () => {
    pace(args.context, "signIn");
    await askMailChange(db, house, viewer, {
      email: asked.email,
      locale,
      linkOf: (token) => house.settings.publicUrl + pathTo("accountMailLink", locale, { token }),
    });
  });
  if (!done.ok) {
    const tooMany = done.refusal.code === "too_many_requests";
    return sendBack({ ...done.answer, values: { email: asked.email } }, tooMany ? 429 : 422);
  }
  return redirect(pathTo("accountMail", locale, {}, { fait: "sent" }), 303);
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return head(locale, { title: accountWords(locale).mail.title, hidden: true });
};

export default function Mail() {
  const { email, name, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const words = accountWords(locale).mail;
  return (
    <div className="page account stack stack-loose">
      <AccountHead locale={locale} title={words.title}>
        {words.current(email)}
      </AccountHead>
      {done && !answer && (
        <p className="notice good" role="status">
          {done === "changed" ? words.changed(email) : words[done]}
        </p>
      )}
      <FormNotice locale={locale} answer={answer} />
      <section className="card stack" aria-labelledby="mail-title">
        <h2 id="mail-title">{words.newTitle}</h2>
        <Form method="post" className="stack" noValidate>
          <input type="hidden" name="act" value="mail" />
          <TextField
            locale={locale}
            name="email"
            type="email"
            autoComplete="email"
            inputMode="email"
            label={words.email}
            hint={words.hint}
            answer={answer}
            required
          />
          <button type="submit" className="button">
            {words.ask}
          </button>
        </Form>
      </section>
      <section className="card stack" aria-labelledby="name-title">
        <h2 id="name-title">{words.nameTitle}</h2>
        <Form method="post" className="stack">
          <input type="hidden" name="act" value="name" />
          <TextField
            locale={locale}
            name="name"
            label={words.name}
            hint={words.nameHint}
            answer={answer}
            defaultValue={name}
            maxLength={200}
            autoComplete="name"
          />
          <button type="submit" className="button quiet">
            {words.save}
          </button>
        </Form>
      </section>
    </div>
  );
}
