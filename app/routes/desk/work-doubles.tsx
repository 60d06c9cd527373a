import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { WorkDoubles } from "#app/components/work-doubles.tsx";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { answerDoubles, readDoubles } from "#app/http/doubles-form.server.ts";
import { type FormAnswer, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { deskWords } from "#i18n/desk.ts";
import { localeOf } from "#i18n/locale.ts";
import { mergingWords } from "#i18n/merging.ts";
import { pathTo } from "#i18n/paths.ts";
import { RecordFrame } from "./record-frame.tsx";

async function enterDesk(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const door = await enterStaff(args, "judgeWorks");
  const id = z.uuid().safeParse(args.params.id);
  if (!id.success) throw missing();
  const by = { personId: door.viewer.id, as: "curator" as const, workId: id.data };
  return { ...door, by };
}

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale, by, url } = await enterDesk(args);
  const wanted = url.searchParams.get("avec")?.trim().slice(0, 200) || null;
  return {
    ...(await readDoubles(db, house, locale, { ...by, wanted })),
    done: url.searchParams.has("fait"),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, by } = await enterDesk(args);
  const done = await answerDoubles(db, house, locale, by, args.request);
  if (!done.ok) return sendBack(done.answer);
  return redirect(pathTo("deskWorkDoubles", locale, { id: done.workId }, { fait: 1 }), 303);
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const locale = localeOf(location.pathname);
  return [
    { title: `${mergingWords(locale).tabs.doubles}, ${data?.work.title || deskWords(locale).noTitle}` },
  ];
};

/** What may be the same work as this record, side by side. */
export default function DeskDoubles() {
  const { done, ...shown } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = mergingWords(locale);
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  return (
    <RecordFrame
      locale={locale}
      of={{ noun: "work", id: shown.work.id }}
      title={shown.work.title || deskWords(locale).noTitle}
      lead={words.works.lead}
      done={done ? words.done : null}
      answer={answer}
    >
      <WorkDoubles {...shown} locale={locale} />
    </RecordFrame>
  );
}
