/**
 * The libraries by themselves, in one process and without any bound, over the files that it is told: what isolation,
 * completion and checks are measured against. Answers each message { files } with the seconds that it took.
 */
import { parseFile } from "music-metadata";

type Epub = { createAsync: (path: string) => Promise<unknown> };

async function read(path: string): Promise<void> {
  if (!path.endsWith(".epub")) {
    await parseFile(path, { duration: true });
    return;
  }
  const { EPub } = (await import("epub2")) as unknown as { EPub: Epub };
  await EPub.createAsync(path);
}

process.on("message", async ({ files }: { files: string[] }) => {
  const begun = performance.now();
  let failed = 0;
  for (const path of files)
    await read(path).catch(() => {
      failed += 1;
    });
  process.send?.({ seconds: (performance.now() - begun) / 1000, failed });
});
process.send?.("ready");
