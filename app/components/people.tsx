import { Link } from "@remix-run/react";
import { list } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

/** « Ana Roy et Ben Côté », each a link to their page. */
export function People({
  people,
  locale,
}: {
  people: readonly { name: string; slug: string }[];
  locale: Locale;
}) {
  // The language decides where « et » stands; the names are put back as links, in the same order.
  const marks = people.map((_, i) => `\u0001${i}\u0001`);
  return (
    <>
      {list(locale, marks)
        .split("\u0001")
        .map((piece, i) => {
          const person = i % 2 === 1 ? people[Number(piece)] : undefined;
          return person ? (
            <Link key={person.slug} to={pathTo("agent", locale, { slug: person.slug })}>
              {person.name}
            </Link>
          ) : (
            piece
          );
        })}
    </>
  );
}
