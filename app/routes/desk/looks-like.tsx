import { Link } from "@remix-run/react";
import type { WorkDouble } from "#domain/curation/double-queries.server.ts";
import type { Locale } from "#i18n/locale.ts";
import { mergingWords } from "#i18n/merging.ts";
import { pathTo } from "#i18n/paths.ts";
import { studioWords } from "#i18n/studio.ts";

/** What this may be another record of: the machine proposes, the desk compares. */
export function LooksLike({
  works,
  of,
  locale,
}: {
  works: Pick<WorkDouble, "id" | "slug" | "title" | "why" | "state" | "translation">[];
  of: string;
  locale: Locale;
}) {
  const words = mergingWords(locale).works;
  if (works.length === 0) return null;
  return (
    <section className="stack stack-tight" aria-labelledby="alike-title">
      <h2 id="alike-title">{words.looksLike}</h2>
      <ul className="plain-list looks-like">
        {works.map(({ id, slug, title, why, state, translation }) => (
          <li key={id}>
            <Link to={pathTo("work", locale, { slug })}>{title || "–"}</Link>{" "}
            <span className="small soft">
              {[words.why[why], translation ? words.translation : "", studioWords(locale).states[state]]
                .filter(Boolean)
                .join(", ")}
            </span>
          </li>
        ))}
      </ul>
      <p>
        <Link className="button quiet small" to={pathTo("deskWorkDoubles", locale, { id: of })}>
          {words.compare}
        </Link>
      </p>
    </section>
  );
}
