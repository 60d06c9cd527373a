import { useSubmit } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { benchWords } from "#i18n/bench.ts";
import { dateTime } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { fieldsOf, forgetTyped, keepTyped, readTyped, sameTyped, type TypedDraft } from "./typed-draft.ts";

/** Soon after the last letter, and not at each of them. */
const restMs = 400;

/**
 * Stands inside a form and keeps what is typed there, in this browser, until it is saved. What an earlier visit left is offered back:
 * it is sent to the form's own action with `resume`, which shows it again and writes nothing. `seen`: what the page showed of the
 * record; where it is another now, that is said too. Without scripts nothing is kept, and the form works as it did.
 */
export function KeptDraft({
  locale,
  place,
  seen,
  saved,
}: {
  locale: Locale;
  /** One for each form of each work: `details:<id>`. */
  place: string;
  seen: string;
  /** The page says that it was saved just now. */
  saved: boolean;
}) {
  const here = useRef<HTMLDivElement>(null);
  const [found, setFound] = useState<TypedDraft | null>(null);
  const submit = useSubmit();
  const words = benchWords(locale).draft;

  useEffect(() => {
    const form = here.current?.closest("form");
    if (!form) return;
    const shown = fieldsOf(new FormData(form));
    // Closed while the co-op reads the work: there is nothing to keep.
    if (shown.every(([name]) => name === "seen")) return;
    if (saved) forgetTyped(localStorage, place);
    const left = readTyped(localStorage, place, new Date());
    setFound(left && !sameTyped(left.fields, shown) ? left : null);
    let rest: ReturnType<typeof setTimeout> | undefined;
    let dirty = false;
    const keep = () => {
      clearTimeout(rest);
      if (!dirty) return;
      dirty = false;
      const fields = fieldsOf(new FormData(form));
      if (!sameTyped(fields, shown)) keepTyped(localStorage, place, { at: new Date().toISOString(), fields });
    };
    const soon = () => {
      dirty = true;
      clearTimeout(rest);
      rest = setTimeout(keep, restMs);
    };
    // A row that was added or taken away tells nothing of itself but its click.
    const events = ["input", "change", "click"] as const;
    for (const each of events) form.addEventListener(each, soon);
    window.addEventListener("pagehide", keep);
    return () => {
      for (const each of events) form.removeEventListener(each, soon);
      window.removeEventListener("pagehide", keep);
      keep();
    };
  }, [place, saved]);

  const resume = () => {
    if (!found) return;
    const form = new FormData();
    for (const [name, value] of found.fields) form.append(name, value);
    form.set("resume", "1");
    submit(form, { method: "post" });
  };
  const drop = () => {
    forgetTyped(localStorage, place);
    setFound(null);
  };
  const changed = found?.fields.some(([name, value]) => name === "seen" && value !== seen) ?? false;
  return (
    <div ref={here} role="status">
      {found && (
        <div className="notice stack stack-tight">
          <p>
            {words.found(dateTime(locale, new Date(found.at)))} {changed && words.changed}
          </p>
          <p className="row">
            <button type="button" className="button small" onClick={resume}>
              {words.resume}
            </button>
            <button type="button" className="link-button small" onClick={drop}>
              {words.drop}
            </button>
          </p>
        </div>
      )}
    </div>
  );
}
