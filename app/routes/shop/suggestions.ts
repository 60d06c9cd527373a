import type { LoaderFunctionArgs } from "@remix-run/node";
import type { Suggestion } from "#app/components/search-box.tsx";
import { enter } from "#app/http/door.server.ts";
import { suggest } from "#domain/catalogue/suggestion-queries.server.ts";
import { pathTo } from "#i18n/paths.ts";

/** What may be meant by the first letters typed in the masthead, as JSON: `?q=…&langue=fr`. For everybody the same. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, url } = await enter(args);
  const locale = url.searchParams.get("langue") === "en" ? "en" : "fr";
  const { works, people, coops } = await suggest(db, url.searchParams.get("q") ?? "");
  const suggestions: Suggestion[] = [
    ...works.map(({ slug, title, language, note }) => {
      const lang = language?.split("-")[0] ?? locale;
      return {
        noun: "work" as const,
        label: title,
        note,
        href: pathTo("work", locale, { slug }),
        ...(lang !== locale && { lang }),
      };
    }),
    ...people.map(({ slug, name }) => ({
      noun: "agent" as const,
      label: name,
      note: "",
      href: pathTo("agent", locale, { slug }),
    })),
    ...coops.map(({ slug, name }) => ({
      noun: "coop" as const,
      label: name,
      note: "",
      href: pathTo("coop", locale, { slug }),
    })),
  ];
  return Response.json({ suggestions }, { headers: { "cache-control": "private, max-age=30" } });
}
