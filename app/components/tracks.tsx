import { duration } from "#i18n/formats.ts";
import { hearingWords } from "#i18n/hearing.ts";
import type { Locale } from "#i18n/locale.ts";
import { shopWords } from "#i18n/shop.ts";
import { Excerpt } from "./excerpt.tsx";
import { Icon } from "./player/icon.tsx";
import { player } from "./player/player.ts";
import { type HeardWork, type Track, tunesOf } from "./player/tunes.ts";

/** The tracks of an album, one below the other, to be heard one by one or as a whole. */
export function Tracks({
  work,
  tracks,
  durationMs,
  freePlays,
  locale,
  lang,
}: {
  work: HeardWork;
  tracks: Track[];
  durationMs: number | null;
  /** How often each may be heard before buying; null: as often as one likes. */
  freePlays: number | null;
  locale: Locale;
  lang: string | undefined;
}) {
  const all = shopWords(locale);
  const words = all.work;
  const hearing = hearingWords(locale);
  const discs = [...new Set(tracks.map(({ disc }) => disc))];
  const whole = durationMs ?? tracks.reduce((sum, track) => sum + (track.durationMs ?? 0), 0);
  const tunes = tunesOf(work, tracks, locale, lang);
  const places = new Map(tunes.map(({ id }, place) => [id, place]));
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
        </p>
        {tunes.length > 1 && (
          <p className="tracks-all">
            <button type="button" className="button quiet small" onClick={() => player.play(tunes, 0)}>
              <Icon name="play" size={14} />
              {hearing.playAll}
            </button>
            <button
              type="button"
              className="button quiet small"
              onClick={() => player.add(tunes, hearing.added(tunes.length))}
            >
              <Icon name="add" size={14} />
              {hearing.addAll}
            </button>
          </p>
        )}
        {tunes.length > 0 && (
          <p className="soft small tracks-free">{freePlaysWords(tracks, freePlays, locale)}</p>
        )}
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
                  {track.heard && (
                    <Excerpt tunes={tunes} index={places.get(track.id) ?? -1} locale={locale} />
                  )}
                </li>
              ))}
          </ol>
        </div>
      ))}
    </section>
  );
}

/** Told before the first note: how much of it one may hear, and how often. */
function freePlaysWords(tracks: Track[], freePlays: number | null, locale: Locale): string {
  const words = hearingWords(locale);
  const cut = tracks.some(
    ({ heard, durationMs }) => heard?.durationMs && durationMs && heard.durationMs < durationMs - 2_000,
  );
  if (cut) return shopWords(locale).work.excerpts;
  return freePlays === null ? words.freeAlways : words.free(freePlays);
}
