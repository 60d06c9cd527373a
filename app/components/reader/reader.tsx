import "#app/styles/reader.css";
import { type CSSProperties, useCallback, useEffect, useRef, useState } from "react";
import { dateTime } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { readingWords } from "#i18n/reading.ts";
import { useHydrated } from "../hydrated.ts";
import { type Display, keepDisplay, keptDisplay, shownTheme } from "./display.ts";
import { type Elsewhere, placeKeeper, placeOnDevice } from "./kept-place.ts";
import type { Here, OpenBook } from "./open-book.ts";
import { ContentsPanel, DisplayPanel, percentOf, SearchPanel } from "./panels.tsx";

export type Readable = {
  title: string;
  lang: string | undefined;
  /** Names the place that is kept on this device. */
  asset: string;
  /** Where the EPUB comes from. */
  file: string;
  /** Where the place is kept for the other devices; null: on this one alone. */
  position: string | null;
  known: (Elsewhere & { sameFile: boolean }) | null;
  back: { href: string; label: string };
  /** Without JavaScript, or where the book does not open. */
  instead: { href: string; label: string }[];
  /** Of a sample: where the whole is sold. */
  buy: string | null;
};

type Panel = "contents" | "search" | "display";

/** A book, page by page. Its place is where it was left, on this device or another; nothing but the file itself is asked for. */
export function Reader({ book, locale }: { book: Readable; locale: Locale }) {
  const words = readingWords(locale);
  const hydrated = useHydrated();
  const place = useRef<HTMLDivElement>(null);
  const opened = useRef<OpenBook | null>(null);
  const [state, setState] = useState<"opening" | "open" | "failed">("opening");
  const [here, setHere] = useState<Here | null>(null);
  const [display, setDisplay] = useState<Display | null>(null);
  const [panel, setPanel] = useState<Panel | null>(null);
  const [elsewhere, setElsewhere] = useState<Elsewhere | null>(null);
  const [lost, setLost] = useState(false);
  const [resumed, setResumed] = useState<number | null>(null);

  const onKey = useCallback((event: KeyboardEvent) => {
    const target = event.target as HTMLElement | null;
    if (event.ctrlKey || event.metaKey || event.altKey || target?.closest?.("input, select, textarea"))
      return;
    const onButton = event.key === " " && target?.closest?.("button, a");
    const reading = opened.current;
    if (!reading || onButton) return;
    if (["ArrowRight", "PageDown"].includes(event.key) || (event.key === " " && !event.shiftKey))
      reading.next();
    else if (["ArrowLeft", "PageUp"].includes(event.key) || event.key === " ") reading.previous();
    else if (event.key === "Escape") return setPanel(null);
    else return;
    event.preventDefault();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a book is opened once; the words in it do not change while it is read
  useEffect(() => {
    const stage = place.current;
    if (!stage) return;
    let left = false;
    const wanted = keptDisplay();
    setDisplay(wanted);
    const onDevice = placeOnDevice(book.asset);
    const { known } = book;
    const fromDevice = onDevice && (!known || onDevice.at >= Date.parse(known.readAt));
    const start = fromDevice ? onDevice : known;
    const at = {
      place: fromDevice ? onDevice.place : known?.sameFile ? known.place : null,
      share: start?.share ?? null,
    };
    const keeper = placeKeeper({
      asset: book.asset,
      address: book.position,
      known: known?.readAt ?? null,
      onElsewhere: setElsewhere,
      onLost: setLost,
    });
    const open = async () => {
      const [{ openBook }, answer] = await Promise.all([import("./open-book.ts"), fetch(book.file)]);
      if (!answer.ok) throw new Error(`the book answered ${answer.status}`);
      const bytes = await answer.arrayBuffer();
      if (left) return;
      const reading = await openBook(stage, bytes, {
        at,
        display: wanted,
        title: words.page,
        onKey,
        onMove: (now) => {
          setHere(now);
          if (now.moved) {
            setResumed(null);
            keeper.keep({ place: now.place, share: now.share ?? start?.share ?? 0 });
          }
        },
      });
      if (left) return reading.close();
      opened.current = reading;
      setState("open");
      if (start && start.share > 0) setResumed(start.share);
    };
    open().catch(() => !left && setState("failed"));
    document.addEventListener("keydown", onKey);
    return () => {
      left = true;
      keeper.close();
      document.removeEventListener("keydown", onKey);
      opened.current?.close();
      opened.current = null;
    };
  }, []);

  const change = (wanted: Display) => {
    setDisplay(wanted);
    keepDisplay(wanted);
    opened.current?.show(wanted);
  };
  const goTo = (target: string) => {
    opened.current?.goTo(target);
    setPanel(null);
  };
  const toggle = (wanted: Panel) => setPanel(panel === wanted ? null : wanted);
  const share = here?.share ?? null;
  const theme = display && hydrated ? shownTheme(display.theme) : undefined;
  const tools: [Panel, string][] = [
    ["contents", words.contents],
    ["search", words.search.open],
    ["display", words.settings.open],
  ];
  return (
    <div className="reader" data-theme={theme}>
      <header className="reader-head">
        <a className="reader-back" href={book.back.href}>
          ← {book.back.label}
        </a>
        <h1 lang={book.lang}>{book.title}</h1>
        {state === "open" && (
          <div className="reader-tools">
            {tools.map(([name, label]) => (
              <button
                key={name}
                type="button"
                className="button quiet small"
                aria-expanded={panel === name}
                onClick={() => toggle(name)}
              >
                {label}
              </button>
            ))}
          </div>
        )}
      </header>
      <div className="reader-stage">
        {state === "open" && (
          <button
            type="button"
            className="reader-turn"
            onClick={() => opened.current?.previous()}
            aria-label={words.previous}
          >
            ‹
          </button>
        )}
        <div ref={place} className="reader-page" />
        {state === "open" && (
          <button
            type="button"
            className="reader-turn"
            onClick={() => opened.current?.next()}
            aria-label={words.next}
          >
            ›
          </button>
        )}
        {state !== "open" && <Waiting book={book} failed={state === "failed"} locale={locale} />}
      </div>
      {panel && opened.current && display && (
        <div className="reader-panel">
          {panel === "contents" && (
            <ContentsPanel
              chapters={opened.current.chapters}
              now={here?.chapter ?? null}
              goTo={goTo}
              locale={locale}
            />
          )}
          {panel === "search" && (
            <SearchPanel search={opened.current.search} goTo={goTo} locale={locale} lang={book.lang} />
          )}
          {panel === "display" && <DisplayPanel display={display} change={change} locale={locale} />}
          <button type="button" className="button quiet small" onClick={() => setPanel(null)}>
            {words.close}
          </button>
        </div>
      )}
      {elsewhere && (
        <div className="reader-notice" role="status">
          <p>
            {words.elsewhere(
              percentOf(elsewhere.share, locale),
              dateTime(locale, new Date(elsewhere.readAt)),
            )}
          </p>
          <p className="row">
            <button
              type="button"
              className="button small"
              onClick={() => {
                goTo(elsewhere.place);
                setElsewhere(null);
              }}
            >
              {words.goThere}
            </button>
            <button type="button" className="button quiet small" onClick={() => setElsewhere(null)}>
              {words.stayHere}
            </button>
          </p>
        </div>
      )}
      {book.buy && here?.atEnd && (
        <aside className="reader-notice" aria-label={words.end.title}>
          <p>
            <strong>{words.end.title}</strong> {words.end.told}
          </p>
          <p>
            <a className="button small" href={book.buy}>
              {words.end.buy}
            </a>
          </p>
        </aside>
      )}
      <footer
        className="reader-foot"
        style={{ ["--read" as string]: `${(share ?? 0) / 100}%` } as CSSProperties}
      >
        <p className="small" role="status">
          {here && share !== null
            ? here.chapter
              ? words.place(here.chapter, percentOf(share, locale))
              : words.progress(percentOf(share, locale))
            : ""}
          {resumed !== null && ` ${words.resumed(percentOf(resumed, locale))}`}
          {!book.buy && here?.atEnd && ` ${words.end.done}`}
          {lost && ` ${words.notKept}`}
        </p>
        <p className="visually-hidden">{words.keys}</p>
      </footer>
    </div>
  );
}

/** Until the book is open; and, without JavaScript or where it does not open, what one can do instead. */
function Waiting({ book, failed, locale }: { book: Readable; failed: boolean; locale: Locale }) {
  const words = readingWords(locale);
  const instead = (
    <ul className="row plain-list">
      {book.instead.map(({ href, label }) => (
        <li key={href}>
          <a className="button quiet" href={href}>
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
  return (
    <div className="reader-waiting stack">
      {failed ? (
        <>
          <p role="alert">{words.failed}</p>
          {instead}
        </>
      ) : (
        <>
          <p role="status" className="reader-opening">
            {words.opening}
          </p>
          <noscript>
            <p>{words.noScript}</p>
            {instead}
          </noscript>
        </>
      )}
    </div>
  );
}
