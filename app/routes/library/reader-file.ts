import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { enter, missing } from "#app/http/door.server.ts";
import { onlyLooks } from "#app/http/file-link.ts";
import { orRefuse } from "#app/http/form.server.ts";
import { sendMedia } from "#app/http/media.server.ts";
import { pace } from "#app/http/pace.server.ts";
import { openReading } from "#domain/delivery/open-download.server.ts";

const ids = z.object({ right: z.uuid(), asset: z.uuid() });

/** A book of one's own for the reader in the browser; a PDF for the browser's viewer. Written down as any download is. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale, viewer } = await enter(args);
  const asked = ids.safeParse(args.params);
  if (!viewer || !asked.success) throw missing();
  const paced = await orRefuse(locale, async () => pace(args.context, "download"));
  if (!paced.ok) return new Response(null, { status: 429, headers: { "retry-after": "600" } });
  const opened = await openReading(db, house, {
    rightId: asked.data.right,
    assetId: asked.data.asset,
    personId: viewer.id,
    saleId: null,
    looking: onlyLooks(args.request),
  });
  if (!opened) throw missing();
  if ("link" in opened)
    return redirect(opened.link, { status: 302, headers: { "cache-control": "no-store" } });
  return sendMedia(args.request, args.context, opened.media);
}
