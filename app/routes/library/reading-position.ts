import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { enter, missing } from "#app/http/door.server.ts";
import { keepReading } from "#domain/library/keep-reading.server.ts";

const ids = z.object({ right: z.uuid(), asset: z.uuid() });
const read = z.object({
  place: z.string().min(1).max(500),
  share: z.int().min(0).max(10_000),
  agoMs: z.number().min(0),
  known: z.string().max(40).nullable(),
});

/** Keeps where the reader is (JSON), and answers with what another device has told meanwhile. Nothing is to be looked at. */
export async function action(args: ActionFunctionArgs) {
  const { db, house, viewer } = await enter(args);
  const asked = ids.safeParse(args.params);
  if (!viewer || !asked.success) throw missing();
  const told = read.safeParse(await args.request.json().catch(() => null));
  if (!told.success) return new Response(null, { status: 422 });
  const kept = await keepReading(db, house, {
    ...told.data,
    rightId: asked.data.right,
    assetId: asked.data.asset,
    personId: viewer.id,
  });
  if (!kept) throw missing();
  return Response.json(kept);
}

export function loader(): never {
  throw missing();
}
