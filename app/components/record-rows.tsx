import { useState } from "react";
import { useHydrated } from "#app/components/hydrated.ts";
import { duration } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { studioRecordWords, studioWords } from "#i18n/studio.ts";

type Person = { name: string; role: string };

/** Who made it, one line a person and role. Without JavaScript there is one spare line at a time. */
export function PeopleRows({
  locale,
  people,
  roles,
  first,
  known,
}: {
  locale: Locale;
  people: readonly Person[];
  roles: readonly string[];
  /** The role of a new line. */
  first: string;
  /** Names to propose: the members of the co-op. */
  known: readonly string[];
}) {
  const words = studioRecordWords(locale);
  const { remove, removeOf } = studioWords(locale).shares;
  const live = useHydrated();
  const [rows, setRows] = useState(() =>
    [...people, { name: "", role: first }].map((row, key) => ({ ...row, key })),
  );
  const roleWords = words.roles as Record<string, string>;
  return (
    <>
      <datalist id="known-people">
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <ul className="people-rows plain-list">
        {rows.map((row, i) => (
          <li key={row.key} className="field">
            <input
              name="person[]"
              list="known-people"
              autoComplete="off"
              aria-label={words.personNth(i + 1)}
              placeholder={words.person}
              defaultValue={row.name}
              maxLength={300}
            />
            <select name="role[]" aria-label={words.roleNth(i + 1)} defaultValue={row.role}>
              {roles.map((role) => (
                <option key={role} value={role}>
                  {roleWords[role]}
                </option>
              ))}
            </select>
            {live && rows.length > 1 && (
              <button
                type="button"
                className="button quiet small"
                aria-label={removeOf(row.name || String(i + 1))}
                onClick={() => setRows((before) => before.filter(({ key }) => key !== row.key))}
              >
                {remove}
              </button>
            )}
          </li>
        ))}
      </ul>
      {live && (
        <button
          type="button"
          className="button quiet small"
          onClick={() =>
            setRows((before) => [
              ...before,
              { name: "", role: first, key: Math.max(0, ...before.map(({ key }) => key)) + 1 },
            ])
          }
        >
          {words.addPerson}
        </button>
      )}
    </>
  );
}

export type TrackDraft = { id: string; title: string; place: string };
export type TrackFacts = Record<
  string,
  { durationMs: number | null; isrc: string | null; fileName: string | null }
>;

/** The tracks in their order: by numbers without JavaScript, by arrows with it. */
export function TrackRows({
  locale,
  tracks,
  facts,
}: {
  locale: Locale;
  tracks: readonly TrackDraft[];
  facts: TrackFacts;
}) {
  const words = studioRecordWords(locale);
  const live = useHydrated();
  const [rows, setRows] = useState(() => tracks.map((track) => ({ ...track })));
  const move = (from: number, to: number) =>
    setRows((before) => {
      const after = [...before];
      const [moved] = after.splice(from, 1);
      if (moved) after.splice(to, 0, moved);
      return after.map((track, i) => ({ ...track, place: String(i + 1) }));
    });
  const change = (id: string, to: Partial<TrackDraft>) =>
    setRows((before) => before.map((track) => (track.id === id ? { ...track, ...to } : track)));
  return (
    <ol className="track-rows plain-list">
      {rows.map((track, i) => {
        const fact = facts[track.id];
        return (
          <li key={track.id} className="field">
            <input type="hidden" name="track[]" value={track.id} />
            <input
              className="place"
              name="place[]"
              inputMode="numeric"
              aria-label={words.trackPlace(i + 1)}
              value={track.place}
              onChange={(event) => change(track.id, { place: event.target.value })}
            />
            <span className="track-title">
              <input
                name="trackTitle[]"
                aria-label={words.trackTitle(i + 1)}
                value={track.title}
                required
                maxLength={1000}
                onChange={(event) => change(track.id, { title: event.target.value })}
              />
              <span className="small soft">
                {[
                  fact?.durationMs ? duration(fact.durationMs) : null,
                  fact?.isrc ? `ISRC ${fact.isrc}` : null,
                  fact?.fileName,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
            {live && (
              <span className="row track-moves">
                <button
                  type="button"
                  className="icon-button"
                  aria-label={words.up(track.title)}
                  disabled={i === 0}
                  onClick={() => move(i, i - 1)}
                >
                  <Arrow up />
                </button>
                <button
                  type="button"
                  className="icon-button"
                  aria-label={words.down(track.title)}
                  disabled={i === rows.length - 1}
                  onClick={() => move(i, i + 1)}
                >
                  <Arrow />
                </button>
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Arrow({ up = false }: { up?: boolean }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path
        d={up ? "M8 13V3m-4 4 4-4 4 4" : "M8 3v10m-4-4 4 4 4-4"}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
      />
    </svg>
  );
}
