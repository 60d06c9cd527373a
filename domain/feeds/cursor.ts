/**
 * Where a page of a feed begins: after the work of this moment and id (`back`: before it). `at` keeps the microseconds of the
 * database, so that no work falls between two pages. `page`, from 1, is what readers show.
 */
export type Cursor = { at: string; id: string; page: number; back: boolean };

/** A cursor as an address carries it. */
export const cursorText = ({ at, id, page, back }: Cursor): string =>
  `${at}_${id}_${page}${back ? "_back" : ""}`;

const shape =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_(\d{1,7})(_back)?$/;

/** Null where it is none of ours: whoever made it up gets the first page. */
export function cursorOf(text: string | null): Cursor | null {
  const [, at, id, page, back] = shape.exec(text ?? "") ?? [];
  if (at === undefined || id === undefined || Number.isNaN(Date.parse(at))) return null;
  return { at, id, page: Math.max(1, Number(page)), back: back !== undefined };
}
