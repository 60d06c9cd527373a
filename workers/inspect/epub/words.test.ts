import { expect, it } from "vitest";
import { wordsOf } from "./words.ts";

it("counts words as people do, in French, Hebrew and Japanese", () => {
  expect(wordsOf("<p>L’été n'est pas fini, dit-il&#160;: « Ça va ? »</p>")).toBe(7);
  expect(wordsOf("<p>שָׁלוֹם עולם</p>")).toBe(2);
  expect(wordsOf("<p>東京は夜の七時</p>")).toBe(4);
  expect(wordsOf("<p>un - deux -- trois 1984</p>")).toBe(4);
});

it("counts neither head, script, style, drawing nor entity, and is not led astray by what is not closed", () => {
  expect(
    wordsOf("<html><head><title>a b c</title></head><body>un<script>x y</script> deux</body></html>"),
  ).toBe(2);
  expect(wordsOf("<svg><text>a b</text></svg>un<style>p { }</style>&nbsp;deux &amp; trois")).toBe(3);
  expect(wordsOf("<script src='x'/>un deux <header>trois</header>")).toBe(3);
  expect(wordsOf("un <p deux")).toBe(1);
  expect(wordsOf("AT&T &; &unfinished")).toBe(3);
});
