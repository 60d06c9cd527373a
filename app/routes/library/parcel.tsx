import "#app/styles/shop.css";
import "#app/styles/library.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormatChoice } from "#app/components/format-choice.tsx";
import { ParcelFiles } from "#app/components/parcel-files.tsx";
import { ParcelState } from "#app/components/parcel-state.tsx";
import { missing } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { pace } from "#app/http/pace.server.ts";
import { choices, choicesFor, usualChoice } from "#domain/delivery/formats.ts";
import { delivered, progressOf } from "#domain/delivery/parcel.ts";
import { findParcel, lastChoice } from "#domain/delivery/parcel-queries.server.ts";
import { prepareParcel } from "#domain/delivery/prepare-parcel.server.ts";
import { libraryWords } from "#i18n/library.ts";
import { localeOf } from "#i18n/locale.ts";
import { enterParcel } from "./parcel-scope.server.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, scope, access, here, zip, back } = await enterParcel(args);
  const [works, last] = await Promise.all([findParcel(db, scope), lastChoice(db, scope)]);
  if (works.length === 0) throw missing();
  const sounds = works.flatMap(({ tracks }) => tracks);
  const offered = choicesFor(sounds);
  // Books alone come as they were uploaded: there is nothing to choose, nor to wait for.
  const known = sounds.length === 0 ? { choice: "original" as const, own: true } : last;
  const choice = known && offered.includes(known.choice) ? known.choice : usualChoice(offered);
  const chosen = known?.own === true && known.choice === choice;
  const received = sounds.filter(({ lossless }) => !lossless).length;
  const title = scope.rightId !== null && works[0] ? works[0].title : null;
  const progress = progressOf(works, choice);
  return { works, offered, choice, chosen, received, progress, title, access, here, zip, back };
}

const asked = z.object({ format: z.enum(choices) });

/** Remembers the format, and asks for what is not there in it yet. */
export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, scope, here } = await enterParcel(args);
  const form = await readForm(args.request, asked);
  if (!form.ok) return sendBack(form.answer);
  const done = await orRefuse(locale, async () => {
    pace(args.context, "download");
    await prepareParcel(db, house, { scope, choice: form.value.format });
  });
  if (done.ok) throw redirect(here, { status: 303 });
  if (done.refusal.code === "not_found") throw missing();
  return sendBack(done.answer, 429);
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const locale = localeOf(location.pathname);
  const words = libraryWords(locale).parcel;
  return head(locale, { title: data?.title ? words.title(data.title) : words.titleAll, hidden: true });
};

/** Where one chooses a format and takes home an album, a purchase, or all that one has. */
export default function Parcel() {
  const { works, offered, choice, chosen, received, progress, title, access, here, zip, back } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const words = libraryWords(locale).parcel;
  const hasSound = progress.tracks > 0;
  return (
    <div className="page parcel">
      <header className="stack">
        <p className="small">
          <Link to={back}>← {words.back}</Link>
        </p>
        <h1>{title ? words.title(title) : words.titleAll}</h1>
        <p className="soft">
          {hasSound && words.lead} {works.some(({ work }) => work.kind === "book") && words.leadBooks}
        </p>
      </header>
      {chosen && (
        <ParcelState
          progress={progress}
          here={here}
          zip={`${zip}${zip.includes("?") ? "&" : "?"}format=${choice}`}
          locale={locale}
          noFfmpeg={works.some(({ tracks }) =>
            tracks.some((track) => delivered(track, choice).reason === "no_ffmpeg"),
          )}
        />
      )}
      {hasSound && (
        <Form method="post" action={here} className="stack" preventScrollReset>
          {answer?.refusal && (
            <p className="notice bad" role="alert">
              {answer.refusal}
            </p>
          )}
          {received > 0 && <p className="notice">{words.kept(received, progress.tracks)}</p>}
          <FormatChoice offered={offered} choice={choice} locale={locale} />
          <button
            type="submit"
            className={chosen && progress.made === progress.tracks ? "button quiet" : "button"}
          >
            {words.prepare}
          </button>
        </Form>
      )}
      <ParcelFiles works={works} choice={choice} chosen={chosen} access={access} locale={locale} />
    </div>
  );
}
