import { feedsWords } from "#i18n/feeds.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

/** In the head of every page: where reading applications, followers and the browser's search find the catalogue. */
export function FeedLinks({ locale }: { locale: Locale }) {
  const { links, opds, site } = feedsWords(locale);
  return (
    <>
      <link
        rel="related"
        type="application/atom+xml;profile=opds-catalog"
        href={pathTo("opds", locale)}
        title={links.opds}
      />
      <link
        rel="related"
        type="application/opds+json"
        href={pathTo("opds2", locale)}
        title={`${links.opds} 2.0`}
      />
      <link
        rel="alternate"
        type="application/atom+xml"
        href={pathTo("atom", locale)}
        title={links.newWorks}
      />
      <link
        rel="search"
        type="application/opensearchdescription+xml"
        href={pathTo("opdsDescription", locale)}
        title={`${site} · ${opds.search}`}
      />
    </>
  );
}
