import type { Story } from "#tests/stories/format.ts";

/** Drops steps, many at once and then one by one, as long as the story still breaks without them. */
export async function shrink(story: Story, breaks: (story: Story) => Promise<boolean>): Promise<Story> {
  let steps = story.steps;
  for (let size = Math.ceil(steps.length / 4); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = steps.length - size; at >= 0; at -= size) {
      const fewer = steps.filter((_, i) => i < at || i >= at + size);
      if (await breaks({ ...story, steps: fewer })) steps = fewer;
    }
  }
  return { ...story, steps };
}
