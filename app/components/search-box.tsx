import { Form, useLocation, useNavigate } from "@remix-run/react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { frameWords } from "#i18n/frame.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

/** What may be meant: where it leads, and the tag of its language where that is not the page's. */
export type Suggestion = {
  noun: "work" | "agent" | "coop";
  label: string;
  note: string;
  href: string;
  lang?: string;
};

const patienceMs = 120;
const fewestLetters = 2;

/**
 * The search of the masthead: a form as any other, and with JavaScript a combobox (ARIA 1.2, list only): the arrows walk through
 * what may be meant, Enter goes there or, where nothing is chosen, to all results; Escape closes.
 */
export function SearchBox({ locale }: { locale: Locale }) {
  const { search: words } = frameWords(locale);
  const navigate = useNavigate();
  const here = useLocation();
  const id = useId();
  const [q, setQ] = useState("");
  const [found, setFound] = useState<Suggestion[] | null>(null);
  const [chosen, setChosen] = useState(-1);
  const typed = useRef(false);
  const wanted = q.trim();

  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever arrives somewhere is done choosing.
  useEffect(() => {
    setFound(null);
    typed.current = false;
  }, [here.key]);

  useEffect(() => {
    setChosen(-1);
    if (!typed.current || wanted.length < fewestLetters) {
      setFound(null);
      return;
    }
    const cancelled = new AbortController();
    const timer = setTimeout(() => {
      fetch(pathTo("suggestions", locale, {}, { q: wanted, langue: locale }), { signal: cancelled.signal })
        .then((answer) => (answer.ok ? answer.json() : { suggestions: [] }))
        .then(({ suggestions }: { suggestions: Suggestion[] }) => setFound(suggestions))
        // Cancelled, or no network: the form works as ever.
        .catch(() => {});
    }, patienceMs);
    return () => {
      clearTimeout(timer);
      cancelled.abort();
    };
  }, [wanted, locale]);

  const open = found !== null && found.length > 0;
  const close = () => {
    setFound(null);
    setChosen(-1);
  };
  const go = (suggestion: Suggestion) => {
    close();
    navigate(suggestion.href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      // One place more than there are suggestions: the words themselves.
      setChosen((now) => ((now + 1 + step + found.length + 1) % (found.length + 1)) - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && found[chosen]) {
      event.preventDefault();
      go(found[chosen]);
    }
  };
  return (
    <Form
      className="masthead-search"
      method="get"
      action={pathTo("browse", locale)}
      role="search"
      onSubmit={close}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close();
      }}
    >
      <label className="visually-hidden" htmlFor="masthead-q">
        {words.label}
      </label>
      <input
        id="masthead-q"
        type="search"
        name="q"
        placeholder={words.placeholder}
        autoComplete="off"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={`${id}list`}
        aria-activedescendant={open && chosen >= 0 ? `${id}${chosen}` : undefined}
        value={q}
        onChange={(event) => {
          typed.current = true;
          setQ(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      <button type="submit" className="icon-button" aria-label={words.submit}>
        <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
          <circle cx="8.5" cy="8.5" r="5.5" fill="none" stroke="currentColor" strokeWidth="2" />
          <path d="m13 13 5 5" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
        </svg>
      </button>
      <div
        id={`${id}list`}
        role="listbox"
        aria-label={words.suggestions}
        className="suggestions"
        hidden={!open}
      >
        {found?.map((suggestion, i) => (
          // The keys are those of the field, which keeps the focus.
          // biome-ignore lint/a11y/useKeyWithClickEvents: see above
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          <div
            key={suggestion.href}
            id={`${id}${i}`}
            role="option"
            aria-selected={i === chosen}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => go(suggestion)}
          >
            <span className="suggestions-label" lang={suggestion.lang}>
              {suggestion.label}
            </span>
            <span className="suggestions-note">{suggestion.note || words.noun[suggestion.noun]}</span>
          </div>
        ))}
      </div>
      <span className="visually-hidden" role="status">
        {found !== null && wanted.length >= fewestLetters ? words.found(found.length) : ""}
      </span>
    </Form>
  );
}
