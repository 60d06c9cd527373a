import { duration } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { shopWords } from "#i18n/shop.ts";
import { Excerpt, type Heard } from "./excerpt.tsx";

type Track = {
  id: string;
  disc: number;
  position: number;
  title: string;
  durationMs: number | null;
  heard: Heard | null;
};

/** The tracks of an album with their excerpts, one below the other. One plays at a time where scripts run. */
export function Tracks({
  tracks,
  durationMs,
  locale,
  lang,
}: {
  tracks: Track[];
  durationMs: number | null;
  locale: Locale;
  lang: string | undefined;
}) {
  const all = shopWords(locale);
  const words = all.work;
  const discs = [...new Set(tracks.map(({ disc }) => disc))];
  const whole = durationMs ?? tracks.reduce((sum, track) => sum + (track.durationMs ?? 0), 0);
  return (
    <section
      aria-labelledby="tracks"
      className="tracks"
      onPlayCapture={(event) => {
        for (const other of event.currentTarget.querySelectorAll("audio")) {
          if (other !== event.target) other.pause();
        }
      }}
    >
      <div className="tracks-head">
        <h2 id="tracks">{words.listen}</h2>
        <p className="soft small">
          {all.tracks(tracks.length)} · {duration(whole)}
          {tracks.some(({ heard }) => heard) && <> · {words.excerpts}</>}
        </p>
      </div>
      {discs.map((disc) => (
        <div key={disc}>
          {discs.length > 1 && <h3>{words.disc(disc)}</h3>}
          <ol className="track-list plain-list">
            {tracks
              .filter((track) => track.disc === disc)
              .map((track) => (
                <li key={track.id} className="track">
                  <span className="track-number">{track.position}</span>
                  <span className="track-title" lang={lang}>
                    {track.title}
                  </span>
                  {track.durationMs !== null && (
                    <span className="track-length">{duration(track.durationMs)}</span>
                  )}
                  {track.heard && <Excerpt heard={track.heard} title={track.title} locale={locale} />}
                </li>
              ))}
          </ol>
        </div>
      ))}
    </section>
  );
}
