import "#app/styles/player.css";
import { Link } from "@remix-run/react";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { duration } from "#i18n/formats.ts";
import { hearingWords } from "#i18n/hearing.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { Icon } from "./icon.tsx";
import { player, usePlayer, usePlayerTime } from "./player.ts";
import type { Tune } from "./queue.ts";
import { QueueList } from "./queue-list.tsx";
import { SeekWave } from "./wave.tsx";

/** What is heard at the moment, with everything to steer it. */
export default function Bar({ locale, away }: { locale: Locale; away: boolean }) {
  const { queue, playing, waiting, trouble, listening, said } = usePlayer();
  const time = usePlayerTime();
  const words = hearingWords(locale);
  const [open, setOpen] = useState(false);
  const list = useId();
  const tune = queue.tunes[queue.at];
  if (!tune) return null;
  const on = playing || waiting;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && open) return setOpen(false);
    const onButton = (event.target as HTMLElement).closest("button, a, summary") !== null;
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (event.key === " " && !onButton) player.toggle();
    else if (step !== 0) player.nudge(step);
    else return;
    event.preventDefault();
  };
  return (
    <section className="player" aria-label={words.label} onKeyDown={onKeyDown}>
      {open && (
        <div id={list} className="player-list">
          <QueueList locale={locale} onClose={() => setOpen(false)} />
        </div>
      )}
      {trouble && <Trouble tune={tune} kind={trouble} locale={locale} away={away} />}
      <div className="player-row">
        <div className="player-buttons">
          <button type="button" className="icon-button" onClick={player.previous} aria-label={words.previous}>
            <Icon name="previous" />
          </button>
          <button
            type="button"
            className="player-play"
            onClick={player.toggle}
            aria-label={on ? words.pause : words.play}
            data-waiting={waiting || undefined}
          >
            <Icon name={on ? "pause" : "play"} size={24} />
          </button>
          <button
            type="button"
            className="icon-button"
            onClick={player.next}
            disabled={queue.at + 1 >= queue.tunes.length}
            aria-label={words.next}
          >
            <Icon name="next" />
          </button>
        </div>
        {tune.cover && <img className="player-cover" src={tune.cover} alt="" width={48} height={48} />}
        <p className="player-words">
          <AlbumLink tune={tune} locale={locale} away={away} className="player-title">
            <span lang={tune.lang}>{tune.title}</span>
          </AlbumLink>
          <span className="soft small">{tune.by}</span>
        </p>
        <div className="player-time">
          <span className="small soft" aria-hidden="true">
            {duration(time.seconds * 1000)}
          </span>
          <SeekWave
            bars={tune.bars}
            title={tune.title}
            seconds={time.seconds}
            whole={time.whole}
            onSeek={player.seek}
            locale={locale}
          />
          <span className="small soft" aria-hidden="true">
            {duration(time.whole * 1000)}
          </span>
        </div>
        <div className="player-told">
          {listening?.held && <span className="tag good">{words.held}</span>}
          {listening && listening.left !== null && !trouble && (
            <AlbumLink
              tune={tune}
              locale={locale}
              away={away}
              className={`tag ${listening.left === 0 ? "warn" : ""}`}
            >
              {words.left(listening.left)}
            </AlbumLink>
          )}
        </div>
        <div className="player-more">
          <button
            type="button"
            className="button quiet small"
            aria-expanded={open}
            aria-controls={open ? list : undefined}
            onClick={() => setOpen(!open)}
          >
            {words.queue.open(queue.tunes.length)}
          </button>
          <button type="button" className="icon-button" onClick={player.close} aria-label={words.close}>
            <Icon name="close" />
          </button>
        </div>
      </div>
      <p className="visually-hidden">{words.keys}</p>
      <p className="visually-hidden" role="status">
        {said || (playing ? words.playing(tune.title, tune.by) : "")}
      </p>
    </section>
  );
}

/** At the limit one is told, and shown the way; nothing else stops. */
function Trouble({
  tune,
  kind,
  locale,
  away,
}: {
  tune: Tune;
  kind: "limit" | "unplayable";
  locale: Locale;
  away: boolean;
}) {
  const words = hearingWords(locale);
  return (
    <div className="player-trouble" role="alert">
      <p>
        <strong>{kind === "limit" ? words.limit.title(tune.title) : words.trouble(tune.title)}</strong>
        {kind === "limit" && <> {words.limit.told}</>}
      </p>
      {kind === "limit" ? (
        <AlbumLink tune={tune} locale={locale} away={away} className="button small">
          {words.limit.buy}
        </AlbumLink>
      ) : (
        <button type="button" className="button quiet small" onClick={player.toggle}>
          {words.again}
        </button>
      )}
    </div>
  );
}

function AlbumLink({
  tune,
  locale,
  away,
  className,
  children,
}: {
  tune: Tune;
  locale: Locale;
  away: boolean;
  className: string;
  children: ReactNode;
}) {
  const to = pathTo("work", locale, { slug: tune.album.slug });
  return away ? (
    <a className={className} href={to} target="_blank" rel="noopener">
      {children}
    </a>
  ) : (
    <Link className={className} to={to}>
      {children}
    </Link>
  );
}
