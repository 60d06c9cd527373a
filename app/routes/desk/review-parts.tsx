import { Link } from "@remix-run/react";
import type { Check } from "#domain/curation/checks.ts";
import type { Comparison, Side } from "#domain/curation/compare.ts";
import type { Review, ReviewFile, ReviewTrack } from "#domain/curation/review-queries.server.ts";
import { deskWords } from "#i18n/desk.ts";
import { bytes, date, duration, language, money, percent } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";
import { uploadReasonWords } from "#i18n/studio.ts";

/** What wants a look first; the rest is counted, and opens on demand. */
export function Checks({ checks, locale }: { checks: Check[]; locale: Locale }) {
  const words = deskWords(locale).checks;
  const said = (check: Check) => words.words[check.code]?.[check.state] ?? check.code;
  const open = checks.filter(({ state }) => state !== "good");
  const good = checks.filter(({ state }) => state === "good");
  return (
    <section className="stack" aria-labelledby="checks-title">
      <h2 id="checks-title">{words.title}</h2>
      {open.length === 0 ? (
        <p className="notice good">{words.allGood}</p>
      ) : (
        <ul className="plain-list stack stack-tight">
          {open.map((check) => (
            <li key={check.code} className={`notice ${check.state === "missing" ? "bad" : "warn"}`}>
              <span className="visually-hidden">{words.states[check.state]} : </span>
              {said(check)}
            </li>
          ))}
        </ul>
      )}
      {good.length > 0 && (
        <details>
          <summary>{words.more(good.length)}</summary>
          <ul className="review-good">
            {good.map((check) => (
              <li key={check.code}>{said(check)}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

export function Comparisons({ rows, locale }: { rows: Comparison[]; locale: Locale }) {
  const words = deskWords(locale).record;
  return (
    <section className="stack" aria-labelledby="record-title">
      <h2 id="record-title">{words.title}</h2>
      <p className="soft">{words.intro}</p>
      <table className="compare">
        <thead>
          <tr>
            <th scope="col">{words.field}</th>
            <th scope="col">{words.shown}</th>
            <th scope="col">{words.said}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.field} data-state={row.state}>
              <th scope="row">
                {words.fields[row.field]}
                {row.state !== "same" && (
                  <span className={`tag ${row.state === "only_record" ? "" : "warn"}`}>
                    {words.states[row.state]}
                  </span>
                )}
              </th>
              <td data-label={words.shown}>
                <Words side={row.record} field={row.field} locale={locale} />
              </td>
              <td data-label={words.said}>
                {row.file.length === 0 && <span className="soft">{words.nothing}</span>}
                {row.state === "same" && row.file.length > 0 && (
                  <span className="soft">{words.states.same}</span>
                )}
                {row.state !== "same" &&
                  row.file.map((each) => (
                    <div
                      key={`${each.source} ${each.fileName}`}
                      className={each.differs ? "differs" : undefined}
                    >
                      <Words side={each} field={row.field} locale={locale} />
                      <p className="small soft">{words.source(each.source, each.fileName)}</p>
                    </div>
                  ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Words({ side, field, locale }: { side: Side; field: Comparison["field"]; locale: Locale }) {
  const { nothing } = deskWords(locale).record;
  const { roles } = shopWords(locale);
  if (side.texts.length === 0 && side.people.length === 0) return <span className="soft">{nothing}</span>;
  if (field === "description" || field === "rights") {
    return side.texts.map((text) => (
      <p key={text} className="compare-long">
        {text}
      </p>
    ));
  }
  const said = (text: string) => {
    if (field === "language") return language(locale, text);
    const whole = field === "publishedOn" && /^\d{4}-\d\d-\d\d$/.test(text);
    return whole ? date(locale, new Date(`${text}T12:00:00Z`)) : text;
  };
  const texts = side.texts.map(said);
  return (
    <ul className="plain-list">
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
      {side.people.map(({ name, role }) => (
        <li key={`${name} ${role}`}>
          {name} <span className="soft small">{roles[role] ?? role}</span>
        </li>
      ))}
    </ul>
  );
}

export function Tracks({ tracks, locale }: { tracks: ReviewTrack[]; locale: Locale }) {
  const words = deskWords(locale).tracks;
  return (
    <section className="stack" aria-labelledby="tracks-title">
      <h2 id="tracks-title">{words.title}</h2>
      <ol className="plain-list review-tracks">
        {tracks.map((track) => (
          <li key={`${track.disc}-${track.position}`}>
            <span className="soft">
              {track.disc > 1 ? `${track.disc}.${track.position}` : track.position}
            </span>
            <span>
              {track.title}
              {track.fileTitle && (
                <span className="small review-track-differs">{words.fileSays(track.fileTitle)}</span>
              )}
            </span>
            <span className="soft small">{track.durationMs === null ? "" : duration(track.durationMs)}</span>
            {track.previewId ? (
              // biome-ignore lint/a11y/useMediaCaption: a preview of a song; its lyrics, where known, stand with the track
              <audio
                controls
                preload="none"
                src={pathTo("media", locale, { id: track.previewId })}
                aria-label={words.listen(track.title)}
              />
            ) : (
              <span className="soft small">{words.noPreview}</span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

export function Sample({ review, locale }: { review: Review; locale: Locale }) {
  const words = deskWords(locale).samples;
  return (
    <section className="stack" aria-labelledby="sample-title">
      <h2 id="sample-title">{words.title}</h2>
      {review.hasSample ? (
        <p>
          <Link className="button quiet" to={pathTo("sample", locale, { slug: review.work.slug })}>
            {words.open}
          </Link>
        </p>
      ) : (
        <p className="soft">{words.none}</p>
      )}
    </section>
  );
}

export function Files({ files, locale }: { files: ReviewFile[]; locale: Locale }) {
  const words = deskWords(locale).files;
  const reasons = uploadReasonWords(locale);
  return (
    <section className="stack" aria-labelledby="files-title">
      <h2 id="files-title">{words.title}</h2>
      <ul className="plain-list review-files">
        {files.map((file) => (
          <li key={file.id}>
            <p>
              <span className="review-file-name">{file.name}</span>{" "}
              <span className="soft small">
                {bytes(locale, file.bytes)}, {words.states[file.state] ?? file.state}
              </span>
            </p>
            {file.reasons.length > 0 && (
              <ul className="small">
                {file.reasons.map(({ code, detail }) => (
                  <li key={`${code} ${detail}`}>
                    {reasons[code as keyof typeof reasons] ?? code}
                    {detail && <span className="soft"> ({detail})</span>}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Shares({ shares, locale }: { shares: Review["shares"]; locale: Locale }) {
  const words = deskWords(locale).shares;
  const all = shares.reduce((sum, { parts }) => sum + parts, 0);
  return (
    <section className="stack stack-tight" aria-labelledby="shares-title">
      <h2 id="shares-title">{words.title}</h2>
      {shares.length === 0 && <p className="soft">{words.none}</p>}
      <ul className="plain-list review-shares">
        {shares.map((share) => (
          <li key={share.name}>
            <span>
              {share.name}
              {!share.accepted && <span className="tag warn">{words.pending}</span>}
            </span>
            <span className="soft small">
              {percent(locale, Math.round((share.parts / all) * 10_000) / 100)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Price({ work, locale }: { work: Review["work"]; locale: Locale }) {
  const words = deskWords(locale).price;
  const amount = money(locale, work.price, work.currency);
  return (
    <section className="stack stack-tight" aria-labelledby="price-title">
      <h2 id="price-title">{words.title}</h2>
      <p>
        {work.priceKind === "open" ? words.open(amount) : work.price === 0 ? words.free : amount}
        {work.suggestedPrice !== null && (
          <span className="soft">
            {" "}
            ({words.suggested(money(locale, work.suggestedPrice, work.currency))})
          </span>
        )}
      </p>
    </section>
  );
}
