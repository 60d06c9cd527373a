import type { Held } from "#domain/library/queries.server.ts";
import { hearingWords } from "#i18n/hearing.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { readingWords } from "#i18n/reading.ts";
import { useHydrated } from "./hydrated.ts";
import { Icon } from "./player/icon.tsx";
import { player } from "./player/player.ts";
import { tunesOf } from "./player/tunes.ts";
import { langOf } from "./work-card.tsx";

/** What one holds, read or heard right here: a book in the reader, a PDF in the browser's viewer, an album in the player, whole. */
export function HeldHere({ held, locale }: { held: Held; locale: Locale }) {
  const { work, files, rightId: right } = held;
  const hydrated = useHydrated();
  const reading = readingWords(locale);
  const hearing = hearingWords(locale);
  const epub = files.some(({ mediaType }) => mediaType === "application/epub+zip");
  const pdf = files.find(({ mediaType }) => mediaType === "application/pdf");
  const tracks = files.flatMap(({ track }) => (track ? [track] : []));
  const name = <span className="visually-hidden">, {held.title}</span>;
  const play = () => {
    const heard = tracks.map((track) => ({ ...track, heard: { durationMs: track.durationMs, bars: [] } }));
    player.play(tunesOf({ ...work, title: held.title }, heard, locale, langOf(work, locale)), 0);
  };
  return (
    <p className="row">
      {epub && (
        // The reader has a policy of its own, which comes with a page of its own.
        <a className="button small" href={pathTo("reader", locale, { right })}>
          {reading.read}
          {name}
        </a>
      )}
      {pdf && !epub && (
        <a className="button small" href={pathTo("readerFile", locale, { right, asset: pdf.assetId })}>
          {reading.openPdf}
          {name}
        </a>
      )}
      {tracks.length > 0 && hydrated && (
        <button type="button" className="button small" onClick={play}>
          <Icon name="play" size={14} />
          {hearing.playAll}
          {name}
        </button>
      )}
    </p>
  );
}
