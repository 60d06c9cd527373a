import type { CatalogueScore } from "#domain/metadata/score-queries.server.ts";
import { date, percent } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { scoreWords } from "#i18n/score.ts";
import "#app/styles/score.css";

/** The French share of what the shop shows first, place by place, the whole catalogue last to compare with. */
export function ShownFirst({ measured, locale }: { measured: CatalogueScore; locale: Locale }) {
  const { about: words } = scoreWords(locale);
  const presumed = measured.shown.find(({ place }) => place === "catalogue")?.presumed ?? 0;
  return (
    <section aria-labelledby="shown-first">
      <h2 id="shown-first">{words.title}</h2>
      <p>{words.lead}</p>
      <table className="score-checks">
        <thead>
          <tr>
            <th scope="col">{words.columns.place}</th>
            <th scope="col">{words.columns.french}</th>
            <th scope="col">{words.columns.share}</th>
          </tr>
        </thead>
        <tbody>
          {measured.shown
            .filter(({ works }) => works > 0)
            .map(({ place, works, french }) => (
              <tr key={place}>
                <th scope="row">{words.places[place]}</th>
                <td>{words.of(french, works)}</td>
                <td>{percent(locale, Math.round((french / works) * 100))}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <p className="small soft">
        {words.measured(date(locale, measured.scoredAt), measured.score)} {words.presumed(presumed)}
      </p>
    </section>
  );
}
