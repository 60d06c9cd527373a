import type { LoaderFunctionArgs } from "@remix-run/node";
import { publicDomain } from "#domain/feeds/dump.ts";
import { readDumpList } from "#domain/feeds/publish-dump.server.ts";
import { addressesAt } from "#i18n/paths.ts";
import { sendFeed } from "./send-feed.server.ts";

/** What open data there are, as a data set that search engines and portals read: files, checksums, licence. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const address = addressesAt(context.house.settings.publicUrl);
  const { files } = await readDumpList(context.house);
  const body = JSON.stringify({
    "@context": "https://schema.org",
    "@type": "Dataset",
    "@id": address("dumps", "fr"),
    name: [
      { "@value": "Catalogue de ventes.coop", "@language": "fr" },
      { "@value": "Catalogue of ventes.coop", "@language": "en" },
    ],
    license: publicDomain,
    isAccessibleForFree: true,
    dateModified: files[0]?.madeAt,
    distribution: files.map(({ file, bytes, sha256, works, madeAt }) => ({
      "@type": "DataDownload",
      contentUrl: address("dump", "fr", { file }),
      encodingFormat: file.endsWith(".csv.gz") ? "text/csv" : "application/ld+json",
      contentSize: String(bytes),
      sha256,
      datePublished: madeAt,
      size: { "@type": "QuantitativeValue", value: works, unitText: "works" },
    })),
  });
  return sendFeed(request, { body, type: "application/ld+json", updatedAt: files[0]?.madeAt ?? null });
}
