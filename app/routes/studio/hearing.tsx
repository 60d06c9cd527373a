import "#app/styles/studio.css";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { HearingChoice } from "#app/components/hearing-choice.tsx";
import { DoneNotice, WorkFrame } from "#app/components/studio-frame.tsx";
import { missing } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, receive } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { findHearingChoice, setHearing } from "#domain/delivery/set-hearing.server.ts";
import { mostFreePlays } from "#domain/delivery/streams.ts";
import { frameWords } from "#i18n/frame.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { refusalWords } from "#i18n/refusals.ts";
import { studioHearingWords, studioWords } from "#i18n/studio.ts";
import { enterWork, headOf } from "./enter-work.server.ts";
import { type HearingTyped, readHearing } from "./hearing-asked.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, work, url } = await enterWork(args);
  const chosen = await findHearingChoice(db, { personId: viewer.id, workId: work.id });
  if (!chosen) throw missing();
  return {
    work: headOf(work),
    chosen: { hearing: chosen.policy, freePlays: String(chosen.freePlays ?? "") },
    saved: url.searchParams.has("fait"),
  };
}

type HearingAnswer = FormAnswer & { typed?: HearingTyped; problem?: string };

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer, work } = await enterWork(args);
  const read = readHearing(await receive(args.request));
  const { typed, asked } = read;
  if (!asked) {
    const problem = refusalWords(locale, "free_plays", { most: mostFreePlays });
    return data({ typed, problem, refusal: frameWords(locale).forms.summary }, 422);
  }
  const done = await orRefuse(locale, () =>
    setHearing(db, house, { personId: viewer.id, workId: work.id, ...asked }),
  );
  if (!done.ok) {
    if (done.refusal.code === "not_found") throw missing();
    return data({ ...done.answer, typed }, 409);
  }
  return redirect(pathTo("studioHearing", locale, { id: work.id }, { fait: 1 }), 303);
}

export const meta: MetaFunction<typeof loader> = ({ location, data }) => {
  const locale = localeOf(location.pathname);
  const title = data?.work.title || studioWords(locale).untitled;
  return [{ title: `${studioHearingWords(locale).title}, ${title} · ventes.coop` }];
};

/** What may be heard of an album before it is bought. */
export default function Hearing() {
  const { work, chosen, saved } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as HearingAnswer | undefined;
  const locale = useLocale();
  const words = studioHearingWords(locale);
  const busy = useNavigation().state !== "idle";
  const choice = answer?.typed ?? chosen;
  return (
    <WorkFrame locale={locale} work={work}>
      <Form method="post" key={JSON.stringify(choice)}>
        <fieldset className="stack stack-loose" disabled={work.state === "submitted"}>
          <legend className="visually-hidden">{words.title}</legend>
          <h2>{words.title}</h2>
          <p className="lead">{words.lead}</p>
          {saved && !answer && <DoneNotice>{words.saved}</DoneNotice>}
          {answer?.refusal && (
            <p className="notice bad" role="alert">
              {answer.refusal}
            </p>
          )}
          <HearingChoice locale={locale} choice={choice} problem={answer?.problem} />
          <p>
            <button type="submit" className="button" disabled={busy}>
              {busy ? frameWords(locale).forms.saving : words.save}
            </button>
          </p>
        </fieldset>
      </Form>
    </WorkFrame>
  );
}
