import { extensionOf } from "#domain/delivery/file-name.ts";
import type { Choice } from "#domain/delivery/formats.ts";
import { delivered, type ParcelWork, type Ready } from "#domain/delivery/parcel.ts";
import { bytes, duration } from "#i18n/formats.ts";
import { libraryWords } from "#i18n/library.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { langOf } from "./work-card.tsx";

/** Every file of a parcel by itself, in the chosen format, or its original where that is not there. */
export function ParcelFiles({
  works,
  choice,
  chosen,
  access,
  locale,
}: {
  works: readonly ParcelWork[];
  choice: Choice;
  /** Somebody chose it; until then nothing is « to be made ». */
  chosen: boolean;
  access: string | null;
  locale: Locale;
}) {
  const words = libraryWords(locale);
  return (
    <section className="parcel-files stack" aria-labelledby="parcel-files">
      <h2 id="parcel-files">
        {works.some(({ tracks }) => tracks.length > 0) ? words.parcel.tracks : words.parcel.books}
      </h2>
      {works.map((parcel) => {
        const to = ({ assetId }: Ready) =>
          pathTo("download", locale, { right: parcel.rightId, asset: assetId }, { acces: access });
        return (
          <div key={parcel.rightId} className="held-tracks">
            {works.length > 1 && <h3 lang={langOf(parcel.work, locale)}>{parcel.title}</h3>}
            <ol className="plain-list">
              {parcel.tracks.map((track) => {
                const { format, state, ready } = delivered(track, choice);
                const file = ready ?? track.original;
                return (
                  <li key={track.sourceId}>
                    <a href={to(file)} rel="nofollow">
                      <span className="visually-hidden">{words.download} </span>
                      {track.discs > 1 && `${track.disc}.`}
                      {track.position}. {track.title}
                    </a>
                    <span className="small soft">
                      {state !== "made" && chosen && `${words.parcel.states[state]} · `}
                      {state !== "made" && `${words.parcel.originalFile} · `}
                      {state === "made" &&
                        format === "kept" &&
                        choice !== "kept" &&
                        `${words.parcel.asReceived} · `}
                      {extensionOf(file.mediaType).toUpperCase()}{" "}
                      {track.durationMs ? duration(track.durationMs) : ""} {bytes(locale, file.bytes)}
                    </span>
                  </li>
                );
              })}
              {parcel.files.map((file) => (
                <li key={file.assetId}>
                  <a href={to(file)} rel="nofollow">
                    <span className="visually-hidden">{words.download} </span>
                    {words.formats[file.format]}
                    <span className="visually-hidden">, {parcel.title}</span>
                  </a>
                  <span className="small soft">{bytes(locale, file.bytes)}</span>
                </li>
              ))}
            </ol>
          </div>
        );
      })}
    </section>
  );
}
