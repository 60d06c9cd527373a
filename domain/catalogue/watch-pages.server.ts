import { type Listening, listen } from "#db/listen.ts";

/**
 * Tells of every change of what the public pages show, wherever it was made: triggers on what they are made from say so when a
 * change is committed (migration 0042). `onLost` until `onHeard`: changes may have been missed.
 */
export function watchPages(databaseUrl: string, told: Parameters<typeof listen>[2]): Listening {
  return listen(databaseUrl, "public_page", told);
}
