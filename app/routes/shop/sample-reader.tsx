import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Reader } from "#app/components/reader/reader.tsx";
import { langOf } from "#app/components/work-card.tsx";
import { enter, missing } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { findSamplePage } from "#domain/catalogue/queries.server.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { readingWords } from "#i18n/reading.ts";

export const handle = { frame: "none" };

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await enter(args);
  const slug = args.params.slug ?? "";
  const found = await findSamplePage(db, { slug, page: null, personId: viewer?.id ?? null });
  if (!found?.work.sampleEpub) throw missing();
  return { work: found.work, asset: found.work.sampleEpub };
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const locale = localeOf(location.pathname);
  // The page of the sample, which needs no script, is the one to be found.
  return data ? head(locale, { title: readingWords(locale).sampleTitle(data.work.title), hidden: true }) : [];
};

/** The beginning of a book, in the reader, for whoever. */
export default function ReadSample() {
  const { work, asset } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = readingWords(locale);
  const page = pathTo("work", locale, { slug: work.slug });
  const file = pathTo("media", locale, { id: asset });
  return (
    <Reader
      locale={locale}
      book={{
        title: words.sampleTitle(work.title),
        lang: langOf(work, locale),
        asset,
        file,
        position: null,
        known: null,
        back: { href: page, label: words.back.work },
        instead: [
          { href: pathTo("sample", locale, { slug: work.slug }), label: words.leaf },
          { href: file, label: words.download },
        ],
        buy: page,
      }}
    />
  );
}
