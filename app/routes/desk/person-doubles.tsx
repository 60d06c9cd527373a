import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { JoinedList, LookFor } from "#app/components/merging-parts.tsx";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { mergePeople } from "#domain/metadata/merge-people.server.ts";
import { keepPeopleApart, splitPerson } from "#domain/metadata/part-people.server.ts";
import { findDoubles, listPeopleMerges } from "#domain/metadata/person-queries.server.ts";
import { undoPeopleMerge } from "#domain/metadata/undo-people-merge.server.ts";
import { localeOf } from "#i18n/locale.ts";
import { mergingWords } from "#i18n/merging.ts";
import { pathTo } from "#i18n/paths.ts";
import { DoublePeople, SplitPerson } from "./doubles-parts.tsx";
import { RecordFrame } from "./record-frame.tsx";

async function enterPerson(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const door = await enterStaff(args, "judgeWorks");
  const id = z.uuid().safeParse(args.params.id);
  const wanted = door.url.searchParams.get("avec")?.trim().slice(0, 200) || null;
  const found = id.success ? await findDoubles(door.db, door.coopIds, id.data, wanted) : null;
  if (!found) throw missing();
  return { ...door, ...found, wanted };
}

export async function loader(args: LoaderFunctionArgs) {
  const { db, person, doubles, wanted, url } = await enterPerson(args);
  const merges = await listPeopleMerges(db, person.id);
  return { person, doubles, merges, wanted, done: url.searchParams.has("fait") };
}

const deed = z.discriminatedUnion("act", [
  z.object({ act: z.literal("keep"), other: z.uuid() }),
  z.object({ act: z.literal("give"), other: z.uuid() }),
  z.object({ act: z.literal("apart"), other: z.uuid() }),
  z.object({ act: z.literal("undo"), merge: z.uuid() }),
  z.object({ act: z.literal("split"), work: z.array(z.uuid()).max(500).default([]) }),
]);

export async function action(args: ActionFunctionArgs) {
  const { db, house, viewer, locale, person } = await enterPerson(args);
  const form = await readForm(args.request, deed);
  if (!form.ok) return sendBack(form.answer);
  const wish = form.value;
  const by = { personId: viewer.id };
  const outcome = await orRefuse(locale, async () => {
    switch (wish.act) {
      case "keep":
        return mergePeople(db, house, { ...by, keptId: person.id, goneId: wish.other });
      case "give":
        return mergePeople(db, house, { ...by, keptId: wish.other, goneId: person.id });
      case "apart":
        return keepPeopleApart(db, house, { ...by, oneId: person.id, otherId: wish.other });
      case "undo":
        return undoPeopleMerge(db, house, { ...by, mergeId: wish.merge });
      case "split":
        return void (await splitPerson(db, house, { ...by, agentId: person.id, workIds: wish.work }));
    }
  });
  if (!outcome.ok) {
    if (outcome.refusal.code === "not_found" && wish.act !== "split") throw missing();
    return sendBack(outcome.answer);
  }
  const id = wish.act === "give" ? wish.other : person.id;
  return redirect(pathTo("deskPersonDoubles", locale, { id }, { fait: 1 }), 303);
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => [
  { title: `${mergingWords(localeOf(location.pathname)).tabs.doubles}, ${data?.person.name ?? ""}` },
];

/** Who may be the same person, side by side; who was joined; and the way to part two of one name. */
export default function PersonDoubles() {
  const { person, doubles, merges, wanted, done } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = mergingWords(locale);
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  return (
    <RecordFrame
      locale={locale}
      of={{ noun: "person", id: person.id }}
      title={person.name}
      lead={words.people.lead}
      done={done ? words.done : null}
      answer={answer}
    >
      <section className="stack" aria-labelledby="doubles-title">
        <h2 id="doubles-title">{words.people.title}</h2>
        {doubles.length === 0 && <p className="soft">{words.people.empty}</p>}
        {doubles.map((double) => (
          <DoublePeople key={double.id} person={person} double={double} locale={locale} />
        ))}
        <LookFor label={words.people.look} hint={words.people.lookHint} wanted={wanted} locale={locale} />
      </section>
      <JoinedList
        title={words.people.joined}
        merges={merges.map(({ gone, ...merge }) => ({ ...merge, name: gone.name }))}
        locale={locale}
      />
      {person.works.length > 1 && <SplitPerson person={person} locale={locale} />}
      <p className="small">
        <Link to={pathTo("agent", locale, { slug: person.slug })}>{words.people.see}</Link>
      </p>
    </RecordFrame>
  );
}
