import { duration } from "#i18n/formats.ts";
import { hearingWords } from "#i18n/hearing.ts";
import type { Locale } from "#i18n/locale.ts";
import { Icon } from "./icon.tsx";
import { player, usePlayer } from "./player.ts";

/** What plays and what follows, to be put in order by buttons alone. */
export function QueueList({ locale, onClose }: { locale: Locale; onClose: () => void }) {
  const { queue } = usePlayer();
  const words = hearingWords(locale).queue;
  const last = queue.tunes.length - 1;
  return (
    <>
      <div className="row between">
        <h2 className="player-list-title">{words.title}</h2>
        <button type="button" className="icon-button" onClick={onClose} aria-label={words.close}>
          <Icon name="close" />
        </button>
      </div>
      <ol className="plain-list">
        {queue.tunes.map((tune, place) => {
          const here = place === queue.at;
          return (
            <li key={tune.id} aria-current={here ? "true" : undefined}>
              <button
                type="button"
                className="player-item"
                onClick={() => (here ? player.toggle() : player.jump(place))}
              >
                <span lang={tune.lang}>{tune.title}</span>
                <span className="soft small">
                  {here ? words.now : tune.by}
                  {tune.durationMs !== null && ` · ${duration(tune.durationMs)}`}
                </span>
              </button>
              <span className="player-order">
                <button
                  type="button"
                  className="icon-button"
                  disabled={here || place === queue.at + 1}
                  onClick={() => player.playNext(tune, words.moved(tune.title, queue.at + 2))}
                  aria-label={words.next(tune.title)}
                >
                  <Icon name="after" size={16} />
                </button>
                <button
                  type="button"
                  className="icon-button"
                  disabled={place === 0}
                  onClick={() => player.move(place, -1, words.moved(tune.title, place))}
                  aria-label={words.up(tune.title)}
                >
                  <Icon name="up" size={16} />
                </button>
                <button
                  type="button"
                  className="icon-button"
                  disabled={place === last}
                  onClick={() => player.move(place, 1, words.moved(tune.title, place + 2))}
                  aria-label={words.down(tune.title)}
                >
                  <Icon name="down" size={16} />
                </button>
                <button
                  type="button"
                  className="icon-button"
                  onClick={() => player.remove(place, words.removed(tune.title))}
                  aria-label={words.remove(tune.title)}
                >
                  <Icon name="close" size={16} />
                </button>
              </span>
            </li>
          );
        })}
      </ol>
    </>
  );
}
