import "#app/styles/studio.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, SelectField, TextField } from "#app/components/field.tsx";
import { StudioNav } from "#app/components/studio-frame.tsx";
import { enterStudio } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { startWork } from "#domain/catalogue/start-work.server.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { studioWords } from "#i18n/studio.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await enterStudio(args);
  return { members: viewer.members.map(({ id, coopName }) => ({ id, coopName })) };
}

const question = z.object({
  kind: z.enum(["book", "album"]),
  title: z.string().trim().max(1000, "tooLong").default(""),
  memberId: z.uuid().optional(),
});

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer } = await enterStudio(args);
  const form = await readForm(args.request, question);
  if (!form.ok) return sendBack(form.answer);
  const { kind, title } = form.value;
  const memberId = form.value.memberId ?? viewer.members[0]!.id;
  const done = await orRefuse(locale, () =>
    startWork(db, house, { personId: viewer.id, memberId, kind, title }),
  );
  if (!done.ok) return sendBack(done.answer);
  return redirect(pathTo("studioFiles", locale, { id: done.value.workId }), 303);
}

export const meta: MetaFunction = ({ location }) => [
  { title: `${studioWords(localeOf(location.pathname)).start.title} · ventes.coop` },
];

export default function NewWork() {
  const { members } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = studioWords(locale);
  const { start } = words;
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const busy = useNavigation().state !== "idle";
  return (
    <div className="page narrow studio stack">
      <h1>{start.title}</h1>
      <StudioNav locale={locale} />
      <p className="lead">{start.lead}</p>
      <Form method="post" className="stack stack-loose">
        <FormNotice locale={locale} answer={answer} />
        <fieldset className="field">
          <legend className="label">{start.kind}</legend>
          <div className="kinds">
            {(["book", "album"] as const).map((kind) => (
              <label className="kind" key={kind}>
                <input
                  type="radio"
                  name="kind"
                  value={kind}
                  required
                  defaultChecked={answer?.values?.kind === kind}
                />
                <span className="kind-name">{start[kind]}</span>
                <span className="small soft">{start[`${kind}Hint`]}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <TextField
          locale={locale}
          name="title"
          label={start.workTitle}
          hint={start.titleHint}
          answer={answer}
          optional
          autoComplete="off"
          maxLength={1000}
        />
        {members.length > 1 && (
          <SelectField locale={locale} name="memberId" label={start.coop} answer={answer}>
            {members.map(({ id, coopName }) => (
              <option key={id} value={id}>
                {coopName}
              </option>
            ))}
          </SelectField>
        )}
        <button type="submit" className="button" disabled={busy}>
          {start.go}
        </button>
      </Form>
    </div>
  );
}
