import "#app/styles/studio.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { FormNotice } from "#app/components/field.tsx";
import { DoneNotice, WorkFrame } from "#app/components/studio-frame.tsx";
import { WorkDoubles } from "#app/components/work-doubles.tsx";
import { answerDoubles, readDoubles } from "#app/http/doubles-form.server.ts";
import { type FormAnswer, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { localeOf } from "#i18n/locale.ts";
import { mergingWords } from "#i18n/merging.ts";
import { pathTo } from "#i18n/paths.ts";
import { enterWork, headOf } from "./enter-work.server.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale, viewer, work, url } = await enterWork(args);
  const wanted = url.searchParams.get("avec")?.trim().slice(0, 200) || null;
  const by = { personId: viewer.id, as: "artist" as const, workId: work.id, wanted };
  return {
    head: headOf(work),
    ...(await readDoubles(db, house, locale, by)),
    done: url.searchParams.has("fait"),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer, work } = await enterWork(args);
  const by = { personId: viewer.id, as: "artist" as const, workId: work.id };
  const done = await answerDoubles(db, house, locale, by, args.request);
  if (!done.ok) return sendBack(done.answer);
  return redirect(pathTo("studioDoubles", locale, { id: done.workId }, { fait: 1 }), 303);
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const words = mergingWords(localeOf(location.pathname)).works;
  return [{ title: `${words.title}, ${data?.head.title ?? ""} · ventes.coop` }];
};

/** Two records of one book in the same studio become one work. */
export default function StudioDoubles() {
  const { head, done, ...shown } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = mergingWords(locale);
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  return (
    <WorkFrame locale={locale} work={head}>
      <div className="stack stack-loose">
        {done && !answer && <DoneNotice>{words.done}</DoneNotice>}
        <FormNotice locale={locale} answer={answer} />
        <p className="lead">{words.works.leadArtist}</p>
        <WorkDoubles {...shown} locale={locale} />
        <p className="small">
          <Link to={pathTo("studioFiles", locale, { id: head.id })}>{words.works.back}</Link>
        </p>
      </div>
    </WorkFrame>
  );
}
