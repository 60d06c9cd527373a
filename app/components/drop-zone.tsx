import { useRef, useState } from "react";
import { chosenFiles, droppedFiles, openedFiles } from "#app/components/gather-files.ts";
import { useHydrated } from "#app/components/hydrated.ts";
import { UnreadableZip } from "#app/components/open-zip.ts";
import type { Locale } from "#i18n/locale.ts";
import { studioFilesWords } from "#i18n/studio.ts";

/**
 * Where files are dropped, or chosen by a plain field: the field is the door for keyboards, phones and screen readers. For an album a
 * whole folder may be dropped or chosen, or a zip of its tracks, which is opened here; of both only what is `wanted` by its name is taken.
 */
export function DropZone({
  locale,
  kind,
  accept,
  wanted,
  onFiles,
}: {
  locale: Locale;
  kind: "book" | "album";
  accept: string;
  wanted: (name: string) => boolean;
  onFiles: (files: File[]) => void;
}) {
  const words = studioFilesWords(locale);
  const live = useHydrated();
  const [over, setOver] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const take = (files: File[] | Promise<File[]>) => {
    setTrouble(null);
    Promise.resolve(files)
      .then((all) => (kind === "album" ? openedFiles(all, wanted) : all))
      .then((all) => (all.length === 0 ? setTrouble(words.nothingThere) : onFiles(all)))
      .catch((error) => setTrouble(words.zip[error instanceof UnreadableZip ? error.why : "broken"]));
  };
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
        take(droppedFiles(event.dataTransfer));
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
          take(chosenFiles(event.target.files));
          // The same file may be chosen again: after a refusal, or to resume.
          event.target.value = "";
        }}
      />
      {kind === "album" && (
        <>
          <label className="button quiet" htmlFor="folder">
            {words.chooseFolder}
          </label>
          <input
            id="folder"
            type="file"
            className="drop-field"
            // Not in React's list of what an input may have; phones, which have no folders to choose, show their files.
            {...{ webkitdirectory: "" }}
            onChange={(event) => {
              take(chosenFiles(event.target.files));
              event.target.value = "";
            }}
          />
        </>
      )}
      {trouble && (
        <p className="problem" role="alert">
          {trouble}
        </p>
      )}
      <p className="small soft">{kind === "book" ? words.acceptsBook : words.acceptsAlbum}</p>
    </div>
  );
}
