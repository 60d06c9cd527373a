import "#app/styles/wave.css";
import { duration } from "#i18n/formats.ts";
import { hearingWords } from "#i18n/hearing.ts";
import type { Locale } from "#i18n/locale.ts";

/** The shape of a sound in which one moves: a slider as any other, drawn as a wave. */
export function SeekWave({
  bars,
  title,
  seconds,
  whole,
  onSeek,
  locale,
}: {
  bars: readonly number[];
  title: string;
  seconds: number;
  whole: number;
  onSeek: (seconds: number) => void;
  locale: Locale;
}) {
  const words = hearingWords(locale);
  return (
    <span
      className="wave"
      style={{ ["--played" as string]: `${whole > 0 ? Math.min(100, (100 * seconds) / whole) : 0}%` }}
    >
      <Shape bars={bars} />
      <span className="wave-played">
        <Shape bars={bars} />
      </span>
      <input
        type="range"
        min={0}
        max={Math.max(1, Math.round(whole))}
        step={1}
        value={Math.round(seconds)}
        onChange={(event) => onSeek(Number(event.currentTarget.value))}
        onKeyDown={(event) => {
          // Five seconds, as everywhere in the player; a slider of its own would go by one.
          const step = event.key === "ArrowRight" ? 5 : event.key === "ArrowLeft" ? -5 : 0;
          if (step === 0) return;
          event.preventDefault();
          event.stopPropagation();
          onSeek(Math.max(0, Math.min(whole, seconds + step)));
        }}
        aria-label={words.seek(title)}
        aria-valuetext={words.time(duration(seconds * 1000), duration(whole * 1000))}
      />
    </span>
  );
}

/** A bar for each moment; a flat line where nobody has measured. */
export function Shape({ bars }: { bars: readonly number[] }) {
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
