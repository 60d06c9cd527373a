import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { enterStudio, missing } from "#app/http/door.server.ts";
import { findKit, kitKey } from "#domain/bench/kit-queries.server.ts";
import { benchWords } from "#i18n/bench.ts";

/** The file of all that is theirs, by a link of five minutes, for who asked for it alone. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale, viewer } = await enterStudio(args);
  const id = z.uuid().safeParse(args.params.id);
  const kit = id.success ? await findKit(db, id.data, viewer.id) : null;
  if (!kit?.madeAt || kit.goneAt) throw missing();
  const link = await house.storage.signDownload(kitKey(kit), {
    expiresInSeconds: 300,
    fileName: `${benchWords(locale).kit.fileName}-${kit.madeAt.toISOString().slice(0, 10)}.zip`,
    contentType: "application/zip",
  });
  return redirect(link, { status: 302, headers: { "cache-control": "no-store" } });
}
