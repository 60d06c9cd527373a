import "#app/styles/front.css";
import { Form, useSubmit } from "@remix-run/react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { frontWords } from "#i18n/front.ts";
import type { Locale } from "#i18n/locale.ts";
import { useHydrated } from "./hydrated.ts";

type Item = { id: string; title: string; shown: ReactNode };

/**
 * A list that one puts in order: by the buttons of each item, with the keyboard or without JavaScript, or by dragging. The form says
 * `act` (up, down, out, order), `item`, or `order[]`: all ids as they stand now. The button last pressed keeps the focus where its item
 * went, and the new place is told.
 */
export function OrderList({ items, locale, label }: { items: Item[]; locale: Locale; label: string }) {
  const words = frontWords(locale).order;
  const submit = useSubmit();
  const hydrated = useHydrated();
  const list = useRef<HTMLOListElement>(null);
  const pressed = useRef<string | null>(null);
  const [held, setHeld] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const [told, setTold] = useState("");
  const order = items.map(({ id }) => id).join(" ");

  // biome-ignore lint/correctness/useExhaustiveDependencies: when the order has changed, not when a title did
  useEffect(() => {
    const [act, id] = pressed.current?.split(" ") ?? [];
    if (!act || !id) return;
    pressed.current = null;
    const place = items.findIndex((item) => item.id === id);
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>(`[data-item="${id}"]`) ?? [])];
    // At either end the button that brought it there is off: the other one takes over.
    const button =
      buttons.find((each) => each.value === act && !each.disabled) ?? buttons.find((each) => !each.disabled);
    (button ?? list.current?.querySelector<HTMLButtonElement>("button:not([disabled])"))?.focus();
    const item = items[place];
    if (item) setTold(words.now(item.title, place + 1, items.length));
  }, [order]);

  const drop = (on: string) => {
    setOver(null);
    if (!held || held === on) return;
    const ids = items.map(({ id }) => id);
    const to = ids.indexOf(on);
    const without = ids.filter((id) => id !== held);
    without.splice(to, 0, held);
    const form = new FormData();
    form.set("act", "order");
    for (const id of without) form.append("order[]", id);
    submit(form, { method: "post", preventScrollReset: true });
  };

  return (
    <>
      <ol className="plain-list order-list" ref={list} aria-label={label}>
        {items.map(({ id, title, shown }, i) => (
          <li
            key={id}
            draggable={hydrated}
            data-held={held === id || undefined}
            data-over={(over === id && held !== id) || undefined}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = "move";
              setHeld(id);
            }}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(id);
            }}
            onDrop={(event) => {
              event.preventDefault();
              drop(id);
            }}
            onDragEnd={() => {
              setHeld(null);
              setOver(null);
            }}
          >
            {hydrated && (
              <span className="order-grip" aria-hidden="true" title={words.drag}>
                ⠿
              </span>
            )}
            <div className="order-shown">{shown}</div>
            <Form
              method="post"
              preventScrollReset
              className="order-buttons"
              onSubmit={({ nativeEvent }) => {
                const { submitter } = nativeEvent as SubmitEvent;
                pressed.current = `${(submitter as HTMLButtonElement | null)?.value ?? ""} ${id}`;
              }}
            >
              <input type="hidden" name="item" value={id} />
              {(
                [
                  ["up", "↑", i === 0],
                  ["down", "↓", i === items.length - 1],
                  ["out", "×", false],
                ] as const
              ).map(([act, sign, off]) => (
                <button
                  key={act}
                  type="submit"
                  name="act"
                  value={act}
                  data-item={id}
                  className="icon-button"
                  disabled={off}
                  aria-label={words[act](title)}
                >
                  <span aria-hidden="true">{sign}</span>
                </button>
              ))}
            </Form>
          </li>
        ))}
      </ol>
      <p className="visually-hidden" role="status">
        {told}
      </p>
    </>
  );
}
