import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { enter, missing } from "#app/http/door.server.ts";
import { orRefuse } from "#app/http/form.server.ts";
import { pace } from "#app/http/pace.server.ts";
import { openDownload } from "#domain/delivery/open-download.server.ts";
import { saleOfAccess } from "#domain/sales/access-link.ts";

const ids = z.object({ right: z.uuid(), asset: z.uuid() });

/** One file of a purchase: the right is checked, the download written down, then the bucket serves it by a link of five minutes. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale, viewer, url } = await enter(args);
  const paced = await orRefuse(locale, async () => pace(args.context, "download"));
  if (!paced.ok) throw new Response(null, { status: 429, headers: { "retry-after": "600" } });
  const asked = ids.safeParse(args.params);
  if (!asked.success) throw missing();
  const access = url.searchParams.get("acces");
  const link = await openDownload(db, house, {
    rightId: asked.data.right,
    assetId: asked.data.asset,
    personId: viewer?.id ?? null,
    looking: args.request.method === "HEAD",
    saleId: access ? saleOfAccess(house.settings.sessionSecret, access) : null,
  });
  if (!link) throw missing();
  return redirect(link, { status: 302, headers: { "cache-control": "no-store" } });
}

/** Never rendered: it makes of what is not found, and of too many at once, a page in words. */
export default function Download() {
  return null;
}
