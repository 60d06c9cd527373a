import { useRef, useState } from "react";
import { duration } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";

export type Heard = {
  id: string;
  durationMs: number | null;
  /** The shape of the sound, from 0 to 100, left to right; empty where it is not known. */
  bars: number[];
};

/**
 * What one may hear of a track. Where scripts run: a button, and the shape of the sound in which one moves; otherwise the browser's
 * own player (the sheet chooses, so that neither flashes before the other).
 */
export function Excerpt({ heard, title, locale }: { heard: Heard; title: string; locale: Locale }) {
  const words = shopWords(locale).work;
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [whole, setWhole] = useState((heard.durationMs ?? 0) / 1000);
  const toggle = () => {
    const sound = audio.current;
    if (!sound) return;
    if (sound.paused) sound.play().catch(() => setPlaying(false));
    else sound.pause();
  };
  const move = (seconds: number) => {
    if (audio.current) audio.current.currentTime = seconds;
    setAt(seconds);
  };
  return (
    <div className="excerpt">
      {/* biome-ignore lint/a11y/useMediaCaption: an excerpt of music has no captions */}
      <audio
        ref={audio}
        controls
        preload="none"
        src={pathTo("media", locale, { id: heard.id })}
        aria-label={words.excerptOf(title)}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onLoadedMetadata={({ currentTarget: { duration } }) =>
          Number.isFinite(duration) && setWhole(duration)
        }
        onEnded={() => move(0)}
      />
      <div className="excerpt-own">
        <button
          type="button"
          className="excerpt-play"
          onClick={toggle}
          aria-label={(playing ? words.pauseOf : words.playOf)(title)}
        >
          <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path d={playing ? "M5 3h4v14H5zM11 3h4v14h-4z" : "M5.5 2.5v15l12-7.5z"} fill="currentColor" />
          </svg>
        </button>
        <span
          className="excerpt-wave"
          style={{ ["--played" as string]: `${whole > 0 ? (100 * at) / whole : 0}%` }}
        >
          <Wave bars={heard.bars} />
          <span className="excerpt-played">
            <Wave bars={heard.bars} />
          </span>
          <input
            type="range"
            min={0}
            max={Math.max(1, Math.round(whole))}
            step={1}
            value={Math.round(at)}
            onChange={(event) => move(Number(event.currentTarget.value))}
            aria-label={words.seekOf(title)}
            aria-valuetext={words.timeOf(duration(at * 1000), duration(whole * 1000))}
          />
        </span>
      </div>
    </div>
  );
}

function Wave({ bars }: { bars: number[] }) {
  const shown = bars.length > 0 ? bars : Array.from({ length: 48 }, () => 12);
  return (
    <svg viewBox={`0 0 ${shown.length * 3} 100`} preserveAspectRatio="none" aria-hidden="true">
      <path
        d={shown
          .map((bar, i) => {
            const height = Math.max(4, bar);
            return `M${i * 3} ${(100 - height) / 2}h2v${height}h-2z`;
          })
          .join("")}
        fill="currentColor"
      />
    </svg>
  );
}
