import type { Database } from "#db/connection.ts";
import { StorageFailure } from "#gateways/storage-failure.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { partCount, partRange } from "./limits.ts";
import { ownUpload } from "./own-upload.server.ts";

export type PartsToSend = {
  partBytes: number;
  partCount: number;
  /** Bytes that the storage holds already: where the progress bar starts after a cut. */
  received: number;
  /** The next parts to PUT, each to its own link, valid for one hour. Empty: all is there. */
  parts: { number: number; start: number; end: number; url: string }[];
};

/** A browser sends a few parts at a time; it asks again when it has sent these. */
const AT_ONCE = 40;

/**
 * Links for the parts that are still missing, by what the storage says and not by what the browser remembers: a person who
 * comes back the next day, in another tab, sends only the rest. Refuses `not_found`, and `upload_over` once it is no longer open.
 */
export async function signParts(
  db: Database,
  { storage }: Pick<House, "storage">,
  input: { personId: string; uploadId: string },
): Promise<PartsToSend> {
  const upload = await ownUpload(db, input);
  if (upload.state !== "open" || upload.multipartId === null) throw new Refusal("upload_over");
  const { storageKey, multipartId, declaredBytes, partBytes } = upload;
  const present = await storage.listParts(storageKey, multipartId).catch((problem: unknown) => {
    if (problem instanceof StorageFailure && problem.absent) throw new Refusal("upload_over");
    throw problem;
  });
  const count = partCount(declaredBytes, partBytes);
  const complete = new Map<number, number>();
  for (const { partNumber, size } of present) {
    const { start, end } = partRange(declaredBytes, partBytes, partNumber);
    // A part of another size is of another file, or was cut: it is sent again, over it.
    if (partNumber <= count && size === end - start) complete.set(partNumber, size);
  }
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter(
    (number) => !complete.has(number),
  );
  const parts = await Promise.all(
    missing.slice(0, AT_ONCE).map(async (number) => {
      const { start, end } = partRange(declaredBytes, partBytes, number);
      return {
        number,
        start,
        end,
        url: await storage.signPart(storageKey, multipartId, number, end - start),
      };
    }),
  );
  return {
    partBytes,
    partCount: count,
    received: [...complete.values()].reduce((sum, size) => sum + size, 0),
    parts,
  };
}
