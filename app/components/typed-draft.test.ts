import { expect, it } from "vitest";
import { fieldsOf, forgetTyped, keepTyped, readTyped, sameTyped } from "./typed-draft.ts";

function browser() {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
}
const now = new Date("2026-03-02T10:00:00Z");
const draft = { at: "2026-03-02T09:58:00.000Z", fields: [["title", "La mer"]] as [string, string][] };

it("gives back what was typed at its place, and at no other", () => {
  const kept = browser();
  keepTyped(kept, "details:a", draft);
  expect(readTyped(kept, "details:a", now)).toEqual(draft);
  expect(readTyped(kept, "details:b", now)).toBeNull();
  forgetTyped(kept, "details:a");
  expect(readTyped(kept, "details:a", now)).toBeNull();
});

it("forgets after a month, and passes over what is none of ours", () => {
  const kept = browser();
  keepTyped(kept, "a", { ...draft, at: "2026-01-20T09:00:00.000Z" });
  expect(readTyped(kept, "a", now)).toBeNull();
  for (const bad of [
    "",
    "{",
    "null",
    "[]",
    '{"at":"hier","fields":[]}',
    '{"at":"2026-03-02","fields":[["a"]]}',
  ]) {
    kept.held.set("typed:a", bad);
    expect(readTyped(kept, "a", now)).toBeNull();
  }
});

it("goes on where the browser keeps nothing", () => {
  const full = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  const kept = { getItem: full, setItem: full, removeItem: full };
  keepTyped(kept, "a", draft);
  forgetTyped(kept, "a");
  expect(readTyped(kept, "a", now)).toBeNull();
});

it("compares what was typed, not what the record was when it was shown", () => {
  const form = new FormData();
  form.append("title", "La mer");
  form.append("cover", new File(["x"], "x.png"));
  form.append("seen", "1");
  const fields = fieldsOf(form);
  expect(fields).toEqual([
    ["title", "La mer"],
    ["seen", "1"],
  ]);
  expect(sameTyped(fields, [["title", "La mer"]])).toBe(true);
  expect(sameTyped(fields, [["title", "La mère"]])).toBe(false);
});
