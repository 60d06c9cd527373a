import { useRef, useState } from "react";
import { useHydrated } from "#app/components/hydrated.ts";
import type { Locale } from "#i18n/locale.ts";
import { studioFilesWords } from "#i18n/studio.ts";

/** Where files are dropped, or chosen by a plain field: the field is the door for keyboards, phones and screen readers. */
export function DropZone({
  locale,
  kind,
  accept,
  onFiles,
}: {
  locale: Locale;
  kind: "book" | "album";
  accept: string;
  onFiles: (files: File[]) => void;
}) {
  const words = studioFilesWords(locale);
  const live = useHydrated();
  const [over, setOver] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  if (!live) {
    return (
      <div className="drop-zone">
        <noscript>
          <p>{words.noScript}</p>
        </noscript>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for who holds a mouse; the field does the same
    <div
      className="drop-zone"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <p className="drop-title">{words.drop}</p>
      <p className="soft">{words.dropOr}</p>
      <label className="button" htmlFor="files">
        {words.choose}
      </label>
      <input
        ref={field}
        id="files"
        type="file"
        multiple
        accept={accept}
        className="drop-field"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file may be chosen again: after a refusal, or to resume.
          event.target.value = "";
        }}
      />
      <p className="small soft">{kind === "book" ? words.acceptsBook : words.acceptsAlbum}</p>
    </div>
  );
}
