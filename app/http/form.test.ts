import { expect, test } from "vitest";
import { z } from "zod";
import { readForm } from "./form.server.ts";

const send = (body: BodyInit, type?: string) =>
  new Request("http://shop/", { method: "POST", body, headers: type ? { "content-type": type } : {} });
const schema = z.object({
  title: z.string().min(1, "required").max(20, "tooLong"),
  parts: z.array(z.string()).optional(),
});

test("a form is read without NULs, lists as lists", async () => {
  const form = await readForm(send(new URLSearchParams("title=Mar%00%C3%A9es&parts[]=1&parts[]=2")), schema);
  expect(form).toEqual({ ok: true, value: { title: "Marées", parts: ["1", "2"] } });
});

test("what is wrong is said by field, and what was typed comes back", async () => {
  const typed = "un titre bien trop long pour ce champ";
  expect(await readForm(send(new URLSearchParams({ title: typed })), schema)).toEqual({
    ok: false,
    answer: { errors: { title: "tooLong" }, values: { title: typed } },
  });
});

test("what is no form is one with nothing in it, not an accident", async () => {
  expect(await readForm(send("{}", "application/json"), schema)).toMatchObject({
    ok: false,
    answer: { errors: { title: "required" } },
  });
});
