import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { Reader } from "#app/components/reader/reader.tsx";
import { langOf } from "#app/components/work-card.tsx";
import { enterSignedIn, missing } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { findReadingBook } from "#domain/library/reading-queries.server.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { readingWords } from "#i18n/reading.ts";

export const handle = { frame: "none" };

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await enterSignedIn(args);
  const right = z.uuid().safeParse(args.params.right);
  const book = right.success && (await findReadingBook(db, { rightId: right.data, personId: viewer.id }));
  if (!book) throw missing();
  return book;
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const locale = localeOf(location.pathname);
  return data ? head(locale, { title: readingWords(locale).title(data.title), hidden: true }) : [];
};

/** A book that one holds, read here; where one stopped is known to one's other devices. */
export default function ReadBook() {
  const { rightId: right, assetId: asset, title, work, position } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = readingWords(locale);
  return (
    <Reader
      locale={locale}
      book={{
        title,
        lang: langOf(work, locale),
        asset,
        file: pathTo("readerFile", locale, { right, asset }),
        position: pathTo("readingPosition", locale, { right, asset }),
        known: position,
        back: { href: pathTo("library", locale), label: words.back.library },
        instead: [{ href: pathTo("download", locale, { right, asset }), label: words.download }],
        buy: null,
      }}
    />
  );
}
