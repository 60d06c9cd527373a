import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Locale } from "#i18n/locale.ts";
import { readingWords } from "#i18n/reading.ts";
import { type Display, fonts, lines, sizes, themes } from "./display.ts";
import type { Chapter, Found, OpenBook } from "./open-book.ts";

const mostFound = 60;
const fewestLetters = 2;

/** Basis points as a reader reads them: « 42 % ». */
export const percentOf = (share: number, locale: Locale): string =>
  new Intl.NumberFormat(locale === "fr" ? "fr-CA" : "en-CA", { style: "percent" }).format(share / 10_000);

export function ContentsPanel({
  chapters,
  now,
  goTo,
  locale,
}: {
  chapters: Chapter[];
  now: string | null;
  goTo: (place: string) => void;
  locale: Locale;
}) {
  const words = readingWords(locale);
  return (
    <nav aria-label={words.contents}>
      <h2>{words.contents}</h2>
      {chapters.length === 0 ? (
        <p className="soft">{words.noContents}</p>
      ) : (
        <ol className="plain-list">
          {chapters.map(({ label, href, depth }) => (
            <li key={`${href}${label}`} style={{ paddingInlineStart: `${(depth - 1) * 1.2}rem` }}>
              <button
                type="button"
                className="reader-item"
                aria-current={label === now ? "true" : undefined}
                onClick={() => goTo(href)}
              >
                {label}
              </button>
            </li>
          ))}
        </ol>
      )}
    </nav>
  );
}

export function SearchPanel({
  search,
  goTo,
  locale,
  lang,
}: {
  search: OpenBook["search"];
  goTo: (place: string) => void;
  locale: Locale;
  lang: string | undefined;
}) {
  const words = readingWords(locale).search;
  const [found, setFound] = useState<Found[] | "busy" | null>(null);
  const turn = useRef(0);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    return () => {
      turn.current += 1;
    };
  }, []);
  const look = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = field.current?.value.trim() ?? "";
    turn.current += 1;
    const mine = turn.current;
    if (asked.length < fewestLetters) return setFound(null);
    setFound("busy");
    const passages = await search(asked, mostFound, () => turn.current !== mine);
    if (turn.current === mine) setFound(passages);
  };
  return (
    <search>
      <form className="row" onSubmit={(event) => void look(event)}>
        <label htmlFor="reader-q">{words.label}</label>
        <input ref={field} id="reader-q" type="search" autoComplete="off" />
        <button type="submit" className="button small">
          {words.go}
        </button>
      </form>
      <p role="status" className="small soft">
        {found === "busy"
          ? words.busy
          : found === null
            ? ""
            : found.length === 0
              ? words.none
              : words.found(found.length, found.length === mostFound)}
      </p>
      {Array.isArray(found) && (
        <ol className="plain-list" lang={lang}>
          {found.map(({ place, excerpt }) => (
            <li key={place}>
              <button type="button" className="reader-item" onClick={() => goTo(place)}>
                {excerpt}
              </button>
            </li>
          ))}
        </ol>
      )}
    </search>
  );
}

export function DisplayPanel({
  display,
  change,
  locale,
}: {
  display: Display;
  change: (display: Display) => void;
  locale: Locale;
}) {
  const words = readingWords(locale).settings;
  const resize = (step: number) =>
    change({ ...display, size: Math.min(sizes.most, Math.max(sizes.least, display.size + step)) });
  return (
    <div className="reader-display">
      <fieldset>
        <legend>{words.size}</legend>
        <p className="row">
          <button
            type="button"
            className="button quiet small"
            disabled={display.size <= sizes.least}
            onClick={() => resize(-sizes.step)}
            aria-label={`A−, ${words.smaller}`}
          >
            A−
          </button>
          <span role="status">
            <span className="visually-hidden">{words.sizeNow(percentOf(display.size * 100, locale))}</span>
            <span aria-hidden="true">{percentOf(display.size * 100, locale)}</span>
          </span>
          <button
            type="button"
            className="button quiet small"
            disabled={display.size >= sizes.most}
            onClick={() => resize(sizes.step)}
            aria-label={`A+, ${words.larger}`}
          >
            A+
          </button>
        </p>
      </fieldset>
      <Choice
        legend={words.theme}
        name="theme"
        of={themes}
        labels={words.themes}
        now={display.theme}
        choose={(theme) => change({ ...display, theme })}
      />
      <Choice
        legend={words.font}
        name="font"
        of={fonts}
        labels={words.fonts}
        now={display.font}
        choose={(font) => change({ ...display, font })}
      />
      <Choice
        legend={words.line}
        name="line"
        of={lines}
        labels={words.lines}
        now={display.line}
        choose={(line) => change({ ...display, line })}
      />
    </div>
  );
}

function Choice<T extends string>({
  legend,
  name,
  of,
  labels,
  now,
  choose,
}: {
  legend: string;
  name: string;
  of: readonly T[];
  labels: Record<T, string>;
  now: T;
  choose: (value: T) => void;
}) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {of.map((value) => (
        <label key={value} className="choice">
          <input
            type="radio"
            name={`reader-${name}`}
            checked={value === now}
            onChange={() => choose(value)}
          />
          {labels[value]}
        </label>
      ))}
    </fieldset>
  );
}
