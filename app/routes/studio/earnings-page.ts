import { z } from "zod";

/** No sale of ours is older or younger; further away, a date of JavaScript is none of PostgreSQL's. */
const bounds = { first: new Date("2000-01-01T00:00:00Z"), last: new Date("2200-01-01T00:00:00Z") };
const after = z.object({ avant: z.coerce.date().min(bounds.first).max(bounds.last), ligne: z.uuid() });

/** Where a page of sales goes on, as `?avant=…&ligne=…` says; from the latest where it says nothing that can be read. */
export function earningsAfter(search: URLSearchParams): { paidAt: Date; saleLineId: string } | null {
  const asked = after.safeParse(Object.fromEntries(search));
  return asked.success ? { paidAt: asked.data.avant, saleLineId: asked.data.ligne } : null;
}
