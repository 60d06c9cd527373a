import { hearingWords } from "#i18n/hearing.ts";
import type { Locale } from "#i18n/locale.ts";
import { Icon } from "./player/icon.tsx";
import { player, soundAddress, usePlayer, usePlayerTime } from "./player/player.ts";
import type { Tune } from "./player/queue.ts";
import { SeekWave, Shape } from "./player/wave.tsx";

/**
 * One track to hear. Where scripts run, it plays in the player below every page, which goes on from here; otherwise in the browser's
 * own (the sheet chooses, so that neither flashes before the other).
 */
export function Excerpt({ tunes, index, locale }: { tunes: readonly Tune[]; index: number; locale: Locale }) {
  const words = hearingWords(locale);
  const { queue, playing, waiting } = usePlayer();
  const tune = tunes[index];
  if (!tune) return null;
  const here = queue.tunes[queue.at]?.id === tune.id;
  const on = here && (playing || waiting);
  return (
    <div className="excerpt">
      {/* biome-ignore lint/a11y/useMediaCaption: music has no captions */}
      <audio controls preload="none" src={soundAddress(tune.id)} aria-label={words.playTrack(tune.title)} />
      <div className="excerpt-own">
        <button
          type="button"
          className="excerpt-play"
          onClick={() => player.play(tunes, index)}
          onKeyDown={(event) => {
            const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
            if (!here || step === 0) return;
            event.preventDefault();
            player.nudge(step);
          }}
          aria-label={(on ? words.pauseTrack : words.playTrack)(tune.title)}
        >
          <Icon name={on ? "pause" : "play"} />
        </button>
        {here ? (
          <Moving tune={queue.tunes[queue.at] ?? tune} locale={locale} />
        ) : (
          // The button beside it is for keys; a click begins where it points.
          <span
            className="wave"
            aria-hidden="true"
            onClick={({ clientX, currentTarget }) => {
              const { left, width } = currentTarget.getBoundingClientRect();
              player.play(tunes, index);
              player.seek(((clientX - left) / width) * ((tune.durationMs ?? 0) / 1000));
            }}
          >
            <Shape bars={tune.bars} />
          </span>
        )}
        <button
          type="button"
          className="icon-button"
          onClick={() => player.add([tune], words.added(1))}
          aria-label={words.addTrack(tune.title)}
        >
          <Icon name="add" />
        </button>
      </div>
    </div>
  );
}

/** The track that plays; only this one is drawn again with each second. */
function Moving({ tune, locale }: { tune: Tune; locale: Locale }) {
  const { seconds, whole } = usePlayerTime();
  return (
    <SeekWave
      bars={tune.bars}
      title={tune.title}
      seconds={seconds}
      whole={whole}
      onSeek={player.seek}
      locale={locale}
    />
  );
}
