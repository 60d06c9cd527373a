import type { Story } from "#tests/stories/format.ts";

/**
 * Drops steps, many at once and then one by one, as long as the story still breaks without them. What repairs everything at the end
 * stays: without it, every story is unfinished.
 */
export async function shrink(story: Story, breaks: (story: Story) => Promise<boolean>): Promise<Story> {
  const end = story.steps.findLastIndex((step) => step.do === "fault" && step.fault === "none") - 1;
  const repairs = story.steps.slice(end);
  let drawn = story.steps.slice(0, end);
  for (let size = Math.ceil(drawn.length / 4); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = drawn.length - size; at >= 0; at -= size) {
      const fewer = drawn.filter((_, i) => i < at || i >= at + size);
      if (await breaks({ ...story, steps: [...fewer, ...repairs] })) drawn = fewer;
    }
  }
  return { ...story, steps: [...drawn, ...repairs] };
}

/** What broke, whoever it broke for: no other break may take its place while a story shrinks. */
export const kindOf = (broken: string): string =>
  broken
    .split("\n")[0]!
    .replaceAll(/\b[\da-f]{8}-[\da-f-]{27}\b|\b[a-z]+_\w{14,}/g, "…")
    .replaceAll(/\d+/g, "0");
