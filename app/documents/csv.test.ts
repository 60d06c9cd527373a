import { expect, it } from "vitest";
import { asText, csv, decimal } from "./csv.server.ts";

const rows = async function* () {
  yield [["Date", "Œuvre", "À vous"]];
  yield [
    ["2026-03-02", '=HYPERLINK("http://mal.example")', { cents: -628 }],
    ["2026-03-03", "Été; « l’eau »", { cents: 5 }],
    [null, "-1", 3],
  ];
};

it("is UTF-8 with its mark, in the columns of the language, amounts with a point", async () => {
  const answer = csv("fr", "releve-2026", rows());
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="releve-2026.csv"');
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(bytes.subarray(3).toString()).toBe(
    [
      "Date;Œuvre;À vous",
      `2026-03-02;"'=HYPERLINK(""http://mal.example"")";-6.28`,
      '2026-03-03;"Été; « l’eau »";0.05',
      ";'-1;3",
      "",
    ].join("\r\n"),
  );
  expect(await csv("en", "x", rows()).text()).toContain("2026-03-03,Été; « l’eau »,0.05");
});

it("keeps what somebody typed from being a formula, and amounts from being text", () => {
  for (const text of ["=1", "+1", "-1", "@sum", "\t=1", " =1", "＝1"]) expect(asText(text)).toBe(`'${text}`);
  for (const text of ["Marées", "3 - 2", "a@b.ca", ""]) expect(asText(text)).toBe(text);
  expect([0, 5, -5, 100, -628, 123_456_789].map(decimal)).toEqual([
    "0.00",
    "0.05",
    "-0.05",
    "1.00",
    "-6.28",
    "1234567.89",
  ]);
});

it("asks for no page before the one before was taken", async () => {
  let made = 0;
  const many = async function* () {
    for (; made < 100; made += 1) yield [["x".repeat(100_000)]];
  };
  const reader = csv("fr", "x", many()).body!.getReader();
  await reader.read();
  await reader.read();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(made).toBeLessThan(10);
  await reader.cancel();
});

it("keeps a text of two lines in its cell, however its lines end", async () => {
  const lines = async function* () {
    yield [["une\ndeux", "trois\r\nquatre", "cinq"]];
  };
  expect(await csv("en", "x", lines()).text()).toContain('"une\ndeux","trois\r\nquatre",cinq\r\n');
});
