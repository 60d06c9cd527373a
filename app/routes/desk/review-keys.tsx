import { Link, useNavigate } from "@remix-run/react";
import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from "react";
import { useHydrated } from "#app/components/hydrated.ts";
import { deskKeyWords } from "#i18n/desk-keys.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

/** A key, shown beside what it does; read aloud it would only be in the way. */
export function Key({ children }: { children: ReactNode }) {
  return useHydrated() ? (
    <span className="desk-key" aria-hidden="true">
      {children}
    </span>
  ) : null;
}

type Deeds = Record<string, () => void>;
const kept = "desk-keys";
const isOn = () => globalThis.localStorage?.getItem(kept) !== "off";

/** Whether what is typed there is text, or the key is another's: of a menu, of the browser, of a sheet that is open. */
function isTaken(event: KeyboardEvent): boolean {
  const { target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
    return true;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest("input, textarea, select, dialog[open]") !== null)
  );
}

/** The letters do these deeds while this page is shown, and `?` opens the sheet. Nothing happens while somebody types. */
function useKeys(deeds: Deeds, openSheet: () => void): void {
  const now = useRef({ deeds, openSheet });
  now.current = { deeds, openSheet };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTaken(event)) return;
      const deed = event.key === "?" ? now.current.openSheet : now.current.deeds[event.key.toLowerCase()];
      if (!deed || (event.key !== "?" && !isOn())) return;
      event.preventDefault();
      deed();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

const all = (name: string) => [...document.querySelectorAll<HTMLElement>(`[data-review="${name}"]`)];

/** From one element of the list to the next, without leaving it at the ends. */
function step(list: HTMLElement[], by: 1 | -1): void {
  const here = list.indexOf(document.activeElement as HTMLElement);
  const there = here < 0 ? (by > 0 ? 0 : list.length - 1) : here + by;
  list[Math.max(0, Math.min(list.length - 1, there))]?.focus();
}

/** Between the submissions, by links and by keys: one answers without leaving the keyboard, and lands on the title of the next. */
export function ReviewKeys({
  locale,
  neighbours: { previous, next },
}: {
  locale: Locale;
  neighbours: { previous: string | null; next: string | null };
}) {
  const words = deskKeyWords(locale);
  const navigate = useNavigate();
  const sheet = useRef<HTMLDialogElement>(null);
  const to = (id: string) => pathTo("deskSubmission", locale, { id });
  const go = (address: string | null) => address !== null && navigate(address);

  useKeys(
    {
      j: () => void go(next && to(next)),
      k: () => void go(previous && to(previous)),
      q: () => void go(pathTo("desk", locale)),
      p: () => all("publish")[0]?.focus(),
      r: () => all("reason")[0]?.focus(),
      m: () => document.querySelector<HTMLElement>(".review-answer textarea")?.focus(),
    },
    () => sheet.current?.showModal(),
  );

  useEffect(() => {
    // The title of the work at hand is where reading begins, whoever is led here by an answer or a key.
    document.querySelector<HTMLElement>("[data-review-title]")?.focus({ preventScroll: true });
    const press = (event: KeyboardEvent) => {
      const { activeElement: here } = document;
      if (!(here instanceof HTMLElement)) return;
      if (event.key === "Escape" && here.matches(".review-answer textarea")) all("publish")[0]?.focus();
      if (!here.matches('[data-review="reason"]')) return;
      const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key] as 1 | -1 | undefined;
      if (!by) return;
      event.preventDefault();
      step(all("reason"), by);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  return (
    <nav className="row between review-nav" aria-label={words.nav}>
      {previous ? (
        <Link to={to(previous)}>
          <Key>K</Key> {words.previous}
        </Link>
      ) : (
        <span />
      )}
      <Sheet
        at={sheet}
        locale={locale}
        rows={[
          ["J", words.review.j],
          ["K", words.review.k],
          ["P", words.review.p],
          ["R", words.review.r],
          [words.arrows, words.review.arrows],
          ["M", words.review.m],
          ["Q", words.review.q],
          ["?", words.review.help],
        ]}
      />
      {next ? (
        <Link to={to(next)} prefetch="render">
          {words.next} <Key>J</Key>
        </Link>
      ) : (
        <span />
      )}
    </nav>
  );
}

/** The pile by keys: from one work to the next, and Enter, which a link knows by itself. */
export function QueueKeys({ locale }: { locale: Locale }) {
  const words = deskKeyWords(locale);
  const sheet = useRef<HTMLDialogElement>(null);
  useKeys({ j: () => step(all("row"), 1), k: () => step(all("row"), -1) }, () => sheet.current?.showModal());
  return (
    <p className="review-nav">
      <Sheet
        at={sheet}
        locale={locale}
        rows={[
          ["J", words.queue.j],
          ["K", words.queue.k],
          [words.enter, words.queue.enter],
          ["?", words.queue.help],
        ]}
      />
    </p>
  );
}

/** What each key does, and the way to have none (WCAG 2.1.4). Of the browser alone: without scripts there are no keys. */
function Sheet({
  at,
  locale,
  rows,
}: {
  at: RefObject<HTMLDialogElement>;
  locale: Locale;
  rows: [key: string, does: string][];
}) {
  const words = deskKeyWords(locale);
  const title = useId();
  const [on, setOn] = useState(true);
  useEffect(() => setOn(isOn()), []);
  if (!useHydrated()) return null;
  return (
    <>
      <button type="button" className="link-button small" onClick={() => at.current?.showModal()}>
        {words.sheet} <Key>?</Key>
      </button>
      <dialog ref={at} className="desk-sheet stack" aria-labelledby={title}>
        <h2 id={title}>{words.title}</h2>
        <dl>
          {rows.map(([key, does]) => (
            <div key={key}>
              <dt>
                <kbd className="desk-key">{key}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <label className="choice">
          <input
            type="checkbox"
            checked={on}
            onChange={({ currentTarget }) => {
              setOn(currentTarget.checked);
              localStorage.setItem(kept, currentTarget.checked ? "on" : "off");
            }}
          />
          <span>
            {words.on}
            <span className="small soft desk-sheet-hint">{words.onHint}</span>
          </span>
        </label>
        <form method="dialog">
          <button type="submit" className="button quiet">
            {words.close}
          </button>
        </form>
      </dialog>
    </>
  );
}
