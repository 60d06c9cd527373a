import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import type { CorrectedField } from "#domain/metadata/corrections.ts";
import { type HistoryEntry, historyOfRecord } from "#domain/metadata/history-queries.server.ts";
import { revertField } from "#domain/metadata/revert-field.server.ts";
import { findDeskRecord } from "#domain/metadata/score-queries.server.ts";
import { deskWords } from "#i18n/desk.ts";
import { dateTime, language } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { mergingWords } from "#i18n/merging.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";
import { RecordFrame } from "./record-frame.tsx";

async function enterRecord(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const door = await enterStaff(args, "judgeWorks");
  const id = z.uuid().safeParse(args.params.id);
  const record = id.success ? await findDeskRecord(door.db, door.coopIds, id.data) : null;
  if (!record) throw missing();
  return { ...door, record: { id: record.id, title: record.facts.title } };
}

export async function loader(args: LoaderFunctionArgs) {
  const { db, record, locale, url } = await enterRecord(args);
  const history = await historyOfRecord(db, record.id);
  return {
    record,
    done: url.searchParams.has("fait"),
    // Names of languages come from the server: browsers do not all know them by the same.
    history: history.map(({ field, entries }) => ({
      field,
      entries: entries.map(({ value, ...entry }) => ({ ...entry, texts: textsOf(locale, field, value) })),
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { db, house, viewer, locale, record } = await enterRecord(args);
  const form = await readForm(args.request, z.object({ claim: z.uuid() }));
  if (!form.ok) return sendBack(form.answer);
  const input = {
    personId: viewer.id,
    workId: record.id,
    as: "curator" as const,
    findingId: form.value.claim,
  };
  const outcome = await orRefuse(locale, () => revertField(db, house, input));
  if (!outcome.ok) {
    if (outcome.refusal.code === "not_found") throw missing();
    return sendBack(outcome.answer);
  }
  return redirect(pathTo("deskHistory", locale, { id: record.id }, { fait: 1 }), 303);
}

/** A value as lines that a person can read. */
function textsOf(locale: Locale, field: CorrectedField, value: unknown): string[] {
  const { roles } = shopWords(locale);
  if (field === "language" || field === "originalLanguage")
    return typeof value === "string" && value !== "" ? [language(locale, value)] : [];
  if (Array.isArray(value))
    return value.map((each: Record<string, string | undefined>) => {
      if (field === "contributors") return `${each.name}, ${roles[each.role ?? ""] ?? each.role}`;
      if (field === "identifiers")
        return [each.scheme?.toUpperCase(), each.value, each.format && `(${each.format.toUpperCase()})`]
          .filter(Boolean)
          .join(" ");
      return each.code && each.code !== each.label ? `${each.label} (${each.code})` : String(each.label);
    });
  if (field === "description") {
    const { fr, en } = (value ?? {}) as { fr?: string; en?: string };
    return [fr, en].filter((text): text is string => Boolean(text));
  }
  if (field === "series") {
    const { name, position } = (value ?? {}) as { name?: string; position?: number | null };
    return name ? [[name, position].filter((each) => each !== null && each !== undefined).join(", ")] : [];
  }
  return typeof value === "string" && value !== "" ? [value] : [];
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const locale = localeOf(location.pathname);
  return [
    { title: `${mergingWords(locale).history.title}, ${data?.record.title || deskWords(locale).noTitle}` },
  ];
};

/** Who said what of each field of a record, and the way back to it. */
export default function History() {
  const { record, history, done } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = mergingWords(locale);
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  return (
    <RecordFrame
      locale={locale}
      of={{ noun: "work", id: record.id }}
      title={record.title || deskWords(locale).noTitle}
      lead={words.history.lead}
      done={done ? words.done : null}
      answer={answer}
    >
      {history.length === 0 && <p className="soft">{words.history.empty}</p>}
      {history.map(({ field, entries }) => (
        <section key={field} className="history-field" aria-labelledby={`${field}-title`}>
          <h2 id={`${field}-title`}>{words.history.fields[field]}</h2>
          <ol className="plain-list">
            {entries.map((entry, i) => (
              <li key={entry.id} className={entry.current ? "history-now" : undefined}>
                <div className="history-value">
                  {entry.texts.length === 0 && <p className="soft">{words.history.nothing}</p>}
                  {entry.texts.map((text) => (
                    <p key={text}>{text}</p>
                  ))}
                </div>
                <p className="small soft">
                  {saidBy(locale, entry)}, {dateTime(locale, entry.at)}
                </p>
                <div className="history-act">
                  {entry.current ? (
                    // The same words may have been said before: what stands is the latest of them.
                    entries.findIndex(({ current }) => current) === i && (
                      <span className="tag good">{words.history.now}</span>
                    )
                  ) : (
                    <Form method="post">
                      <button
                        type="submit"
                        className="button quiet small"
                        name="claim"
                        value={entry.id}
                        aria-label={words.history.revertOf(
                          words.history.fields[field],
                          dateTime(locale, entry.at),
                        )}
                      >
                        {words.history.revert}
                      </button>
                    </Form>
                  )}
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </RecordFrame>
  );
}

/** « Fichier roman.epub », « Import (onix:TitleText) », « Ana Roy (Artiste) ». */
function saidBy(
  locale: Locale,
  { origin, source, by, fileName }: Pick<HistoryEntry, "origin" | "source" | "by" | "fileName">,
): string {
  const words = mergingWords(locale).history;
  if (origin === "file")
    return fileName === null
      ? `${words.import} (${source})`
      : `${words.origins.file} ${fileName} (${source})`;
  const how = [words.origins[origin], words.sources[source]].filter(Boolean).join(", ");
  return by === null ? how : `${by} (${how})`;
}
