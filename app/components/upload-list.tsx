import { Form } from "@remix-run/react";
import { useHydrated } from "#app/components/hydrated.ts";
import type { Sending } from "#app/components/uploader.ts";
import { bytes, duration, percent } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { studioFilesWords, uploadReasonWords } from "#i18n/studio.ts";

/** An upload as the server knows it. */
export type Kept = {
  id: string;
  fileName: string;
  bytes: number;
  state: "open" | "received" | "accepted" | "refused" | "expired" | "removed";
  reasons: readonly { code: string; detail?: string }[];
};

type Handlers = { pause(key: string): void; resume(key: string): void; remove(key: string): void };

/** Files on their way first, then those that the server keeps, each with what there is to say and to do. */
export function UploadList({
  locale,
  sending,
  kept,
  locked,
  handlers,
}: {
  locale: Locale;
  sending: readonly Sending[];
  kept: readonly Kept[];
  locked: boolean;
  handlers: Handlers;
}) {
  const words = studioFilesWords(locale);
  const underway = new Set(sending.map(({ uploadId }) => uploadId));
  const listed = kept.filter(({ id }) => !underway.has(id));
  if (sending.length + listed.length === 0) return <p className="soft">{words.none}</p>;
  return (
    <ul className="upload-list plain-list">
      {sending.map((file) => (
        <OnItsWay key={file.key} locale={locale} file={file} handlers={handlers} />
      ))}
      {listed.map((upload) => (
        <Arrived key={upload.id} locale={locale} upload={upload} locked={locked} />
      ))}
    </ul>
  );
}

function OnItsWay({ locale, file, handlers }: { locale: Locale; file: Sending; handlers: Handlers }) {
  const words = studioFilesWords(locale);
  const done = percent(locale, Math.floor((file.sent / Math.max(1, file.size)) * 100));
  const state = {
    waiting: words.states.waiting,
    sending: words.states.sending(done),
    paused: words.states.paused(done),
    cut: words.states.cut,
    finishing: words.states.finishing,
    sent: words.states.received,
    failed: words.states.failed,
  }[file.state];
  const left = file.rate > 0 && file.state === "sending" ? (file.size - file.sent) / file.rate : 0;
  const goes = file.state === "sending" || file.state === "waiting" || file.state === "cut";
  return (
    <li className={`upload upload-${file.state}`}>
      <div className="upload-name">
        <strong>{file.name}</strong>
        <span className="small soft">
          {words.ofTotal(bytes(locale, file.sent), bytes(locale, file.size))}
          {left > 1 && ` · ${words.left(duration(left * 1000))}`}
        </span>
      </div>
      <p className="upload-state small">{state}</p>
      {file.state !== "failed" && (
        <progress value={file.sent} max={Math.max(1, file.size)} aria-label={words.progressOf(file.name)} />
      )}
      {file.refusal && (
        <p className="problem" role="alert">
          {file.refusal}
        </p>
      )}
      <div className="row upload-actions">
        {goes && (
          <button type="button" className="button quiet small" onClick={() => handlers.pause(file.key)}>
            {words.pause}
            <span className="visually-hidden"> {file.name}</span>
          </button>
        )}
        {(file.state === "paused" || file.state === "failed") && (
          <button type="button" className="button quiet small" onClick={() => handlers.resume(file.key)}>
            {file.state === "paused" ? words.resume : words.retry}
            <span className="visually-hidden"> {file.name}</span>
          </button>
        )}
        {file.state !== "sent" && file.state !== "finishing" && (
          <button
            type="button"
            className="button quiet small"
            aria-label={words.removeOf(file.name)}
            onClick={() => handlers.remove(file.key)}
          >
            {words.remove}
          </button>
        )}
      </div>
    </li>
  );
}

function Arrived({ locale, upload, locked }: { locale: Locale; upload: Kept; locked: boolean }) {
  const words = studioFilesWords(locale);
  const live = useHydrated();
  const reasons = uploadReasonWords(locale) as Record<string, string>;
  return (
    <li className={`upload upload-${upload.state}`}>
      <div className="upload-name">
        <strong>{upload.fileName}</strong>
        <span className="small soft">{bytes(locale, upload.bytes)}</span>
      </div>
      <p className="upload-state small">
        {words.states[upload.state]}
        {upload.state === "received" && live && <span className="reading" aria-hidden="true" />}
      </p>
      {upload.reasons.length > 0 && (
        <ul className={upload.state === "refused" ? "upload-reasons problem" : "upload-reasons small"}>
          {upload.reasons.map(({ code }) => (
            <li key={code}>{reasons[code] ?? reasons.unreadable}</li>
          ))}
        </ul>
      )}
      {!locked && (
        <Form method="post" className="upload-actions">
          <input type="hidden" name="uploadId" value={upload.id} />
          <button type="submit" className="button quiet small" aria-label={words.removeOf(upload.fileName)}>
            {words.remove}
          </button>
        </Form>
      )}
    </li>
  );
}
