import type { Database } from "#db/connection.ts";
import type { House } from "#domain/house.ts";
import type { JobName, JobPayload } from "#domain/jobs.ts";

/** A job is a doorbell: it calls a verb that may be run twice. What it throws is tried again, later and later, under the same id. */
export type Task<N extends JobName> = (
  db: Database,
  house: House,
  payload: JobPayload<N>,
  job?: { id: string },
) => Promise<void>;

/** All jobs of one kind that were there at once: what each threw, in their order, or null. */
export type TaskForMany<N extends JobName> = (
  db: Database,
  house: House,
  payloads: readonly JobPayload<N>[],
) => Promise<(Error | null)[]>;
