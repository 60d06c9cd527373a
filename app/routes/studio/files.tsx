import "#app/styles/studio.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData, useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { z } from "zod";
import { Cover } from "#app/components/cover.tsx";
import { DropZone } from "#app/components/drop-zone.tsx";
import { FormNotice } from "#app/components/field.tsx";
import { WorkFrame } from "#app/components/studio-frame.tsx";
import { type Kept, UploadList } from "#app/components/upload-list.tsx";
import { createUploader, type Sending } from "#app/components/uploader.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { acceptedExtensions, accepts, kindOfName, largestBytes } from "#domain/uploads/limits.ts";
import { listUploads } from "#domain/uploads/queries.server.ts";
import { removeUpload } from "#domain/uploads/remove-upload.server.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { mergingWords } from "#i18n/merging.ts";
import { pathTo } from "#i18n/paths.ts";
import { refusalWords } from "#i18n/refusals.ts";
import { studioFilesWords, studioHearingWords, studioWords } from "#i18n/studio.ts";
import { enterWork, headOf } from "./enter-work.server.ts";

/** Covers, previews and samples follow an accepted file; what is not there after this long had nothing to give. */
const makingMs = 180_000;

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, work } = await enterWork(args);
  const uploads = await listUploads(db, { personId: viewer.id, workId: work.id });
  const lately = house.clock.now().getTime() - makingMs;
  return {
    work: headOf(work),
    making: uploads.some(
      ({ state, stateAt, made }) => state === "accepted" && made.length === 0 && stateAt.getTime() > lately,
    ),
    uploads: uploads
      .filter(({ state }) => state !== "expired")
      .map(({ id, fileName, bytes, state, reasons }) => ({ id, fileName, bytes, state, reasons })),
  };
}

const question = z.object({ uploadId: z.uuid() });

/** Taking a file out works without JavaScript; sending one does not (uploads.ts and upload.ts). */
export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer, work } = await enterWork(args);
  const form = await readForm(args.request, question);
  if (!form.ok) return sendBack(form.answer);
  const done = await orRefuse(locale, () =>
    removeUpload(db, house, { personId: viewer.id, uploadId: form.value.uploadId }),
  );
  return done.ok ? redirect(pathTo("studioFiles", locale, { id: work.id }), 303) : sendBack(done.answer, 409);
}

export const meta: MetaFunction<typeof loader> = ({ location, data }) => {
  const words = studioWords(localeOf(location.pathname));
  return [{ title: `${words.work.files}, ${data?.work.title || words.untitled} · ventes.coop` }];
};

export default function Files() {
  const { work, uploads, making } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = studioFilesWords(locale);
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const locked = work.state === "submitted";
  const { uploader, sending } = useUploads(work.id, locale, uploads, making);
  const announced = useAnnounced(uploads, locale);
  const settled = uploads.some(({ state }) => state === "accepted");
  return (
    <WorkFrame locale={locale} work={work}>
      <div className="two-columns">
        <div className="stack">
          <h2>{words.title}</h2>
          <p className="lead">{work.kind === "book" ? words.leadBook : words.leadAlbum}</p>
          <FormNotice locale={locale} answer={answer} />
          {!locked && (
            <DropZone
              locale={locale}
              kind={work.kind}
              accept={[...acceptedExtensions(work.kind), ...(work.kind === "album" ? [".zip"] : [])].join(
                ",",
              )}
              wanted={(name) => {
                const kind = kindOfName(name);
                return kind !== undefined && accepts(work.kind, kind);
              }}
              onFiles={(files) => uploader.add(files, (file) => refusedAtOnce(file, work.kind, locale))}
            />
          )}
          <h3>{words.listTitle}</h3>
          <UploadList locale={locale} sending={sending} kept={uploads} locked={locked} handlers={uploader} />
          <p className="visually-hidden" role="status">
            {announced}
          </p>
          {settled && (
            <p>
              <Link className="button" to={pathTo("studioDetails", locale, { id: work.id })}>
                {studioWords(locale).work.next.details}
              </Link>
            </p>
          )}
        </div>
        <aside className="stack cover-aside">
          <h3>{words.cover}</h3>
          {work.cover ? (
            <>
              <Cover work={work} locale={locale} sizes="16rem" named />
              {!locked && <p className="small soft">{words.coverReplace}</p>}
            </>
          ) : (
            <p className="soft">{making ? words.coverMaking : words.coverNone}</p>
          )}
          {work.kind === "album" && (
            <p className="small">
              <Link to={pathTo("studioHearing", locale, { id: work.id })}>
                {studioHearingWords(locale).link}
              </Link>
            </p>
          )}
          {work.kind === "book" && (
            <p className="small">
              <Link to={pathTo("studioDoubles", locale, { id: work.id })}>
                {mergingWords(locale).works.studioLink}
              </Link>
            </p>
          )}
        </aside>
      </div>
    </WorkFrame>
  );
}

/** What can be said before a byte leaves: the courtesy of `limits.ts`; the server says it too. */
function refusedAtOnce(file: File, work: "book" | "album", locale: Locale): string | null {
  const kind = kindOfName(file.name);
  const { name } = file;
  if (!kind || !accepts(work, kind)) {
    const { notHere } = studioFilesWords(locale);
    return work === "book" ? notHere.bookKind : notHere.albumKind;
  }
  if (file.size === 0) return refusalWords(locale, "upload_empty", { name });
  const largest = largestBytes(kind);
  if (file.size <= largest) return null;
  return refusalWords(locale, "upload_too_large", { name, limit: Math.floor(largest / 1_048_576) });
}

const nothing: Sending[] = [];

/** The uploader of this page, the files on their way, and the looking again while the readers are at work. */
function useUploads(workId: string, locale: Locale, uploads: readonly Kept[], making: boolean) {
  const { revalidate } = useRevalidator();
  const lookAgain = useRef(revalidate);
  lookAgain.current = revalidate;
  const uploader = useMemo(
    () =>
      createUploader({
        workId,
        locale,
        networkWords: studioFilesWords(locale).network,
        onSent: () => lookAgain.current(),
      }),
    [workId, locale],
  );
  const sending = useSyncExternalStore(uploader.subscribe, uploader.files, () => nothing);
  useEffect(() => {
    uploader.forget(uploads.map(({ id }) => id));
  }, [uploader, uploads]);

  const atWork = making || uploads.some(({ state }) => state === "received");
  useEffect(() => {
    if (!atWork) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") lookAgain.current();
    }, 1000);
    return () => clearInterval(timer);
  }, [atWork]);

  const leaving = sending.some(({ state }) => ["waiting", "sending", "cut", "finishing"].includes(state));
  useEffect(() => {
    if (!leaving) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [leaving]);
  return { uploader, sending };
}

/** The last change of state of a file, for the live region. */
function useAnnounced(uploads: readonly Kept[], locale: Locale): string {
  const [said, setSaid] = useState("");
  const before = useRef(new Map<string, string>());
  const announce = useCallback(
    ({ fileName, state }: Kept) => {
      const words = studioFilesWords(locale).announce;
      if (state === "accepted" || state === "refused" || state === "received")
        setSaid(words[state](fileName));
    },
    [locale],
  );
  const first = useRef(true);
  useEffect(() => {
    for (const upload of uploads) {
      if (!first.current && before.current.get(upload.id) !== upload.state) announce(upload);
      before.current.set(upload.id, upload.state);
    }
    first.current = false;
  }, [uploads, announce]);
  return said;
}
