import type { Viewer } from "./viewer.ts";

export const sessionLifetimeMs = 60 * 24 * 3_600_000;
/** Whoever decides over the works or the money of others and has not come back for half a day shows anew who they are. */
export const idleStaffMs = 12 * 3_600_000;
/** How long one is believed to be who signed in, before something that could not be undone. */
export const freshMs = 10 * 60_000;

/** Whether this person has shown within ten minutes who they are. */
export const isFresh = ({ session }: Pick<Viewer, "session">, now: Date): boolean =>
  now.getTime() - session.provenAt.getTime() <= freshMs;

/** Whether this person keeps a co-op's money or names who does: they act with a passkey. */
export const keepsMoney = ({ roles }: Pick<Viewer, "roles">): boolean =>
  roles.some(({ role }) => role === "treasurer" || role === "admin");
