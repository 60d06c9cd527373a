import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { followLink, onlyLooks } from "#app/http/file-link.ts";
import { orRefuse } from "#app/http/form.server.ts";
import { pace } from "#app/http/pace.server.ts";
import { openDownload } from "#domain/delivery/open-download.server.ts";
import { enterByReader } from "./library-door.server.ts";

const ids = z.object({ right: z.uuid(), asset: z.uuid() });

/**
 * One file of a purchase for an e-reader: a link of five minutes to the bucket, which gives any part of it (`Range`) under its name.
 * A reader that takes a file up again where it was cut is not written down as another download.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house } = args.context;
  const { personId, locale } = await enterByReader(args);
  const paced = await orRefuse(locale, async () => pace(args.context, "download"));
  if (!paced.ok) return new Response(null, { status: 429, headers: { "retry-after": "600" } });
  const asked = ids.safeParse(args.params);
  const link =
    asked.success &&
    (await openDownload(db, house, {
      rightId: asked.data.right,
      assetId: asked.data.asset,
      personId,
      saleId: null,
      looking: onlyLooks(args.request),
    }));
  if (!link) return new Response(null, { status: 404 });
  return followLink(args.request, link);
}
