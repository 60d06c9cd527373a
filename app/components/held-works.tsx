import { Link } from "@remix-run/react";
import { byline } from "#domain/catalogue/byline.ts";
import { extensionOf } from "#domain/delivery/file-name.ts";
import type { Held, HeldFile } from "#domain/library/queries.server.ts";
import { bytes, date, duration, list } from "#i18n/formats.ts";
import { libraryWords } from "#i18n/library.ts";
import type { Locale } from "#i18n/locale.ts";
import { mergingWords } from "#i18n/merging.ts";
import { pathTo } from "#i18n/paths.ts";
import { Cover } from "./cover.tsx";
import { HeldHere } from "./held-here.tsx";
import { langOf } from "./work-card.tsx";

/** What somebody holds, with its files. `access`: the link of a receipt, which opens the files without an account. */
export function HeldWorks({
  held,
  locale,
  access,
}: {
  held: (Held & { receipt?: string })[];
  locale: Locale;
  access?: string;
}) {
  return (
    <ul className="held-works plain-list">
      {held.map((each) => (
        <HeldWork key={each.rightId} held={each} locale={locale} {...(access && { access })} />
      ))}
    </ul>
  );
}

function HeldWork({
  held,
  locale,
  access,
}: {
  held: Held & { receipt?: string };
  locale: Locale;
  access?: string;
}) {
  const words = libraryWords(locale);
  const { work, files } = held;
  const to = (file: HeldFile) =>
    pathTo("download", locale, { right: held.rightId, asset: file.assetId }, { acces: access });
  const tracks = files.filter(({ track }) => track);
  const whole = files.filter(({ track }) => !track);
  const formatOf = (file: HeldFile) =>
    file.format === "music" ? extensionOf(file.mediaType).toUpperCase() : words.formats[file.format];
  return (
    <li className="held">
      <div className="held-cover">
        <Cover work={work} locale={locale} sizes="8rem" />
      </div>
      <div className="held-words">
        <h3 lang={langOf(work, locale)}>
          {work.onSale ? (
            <Link to={pathTo("work", locale, { slug: work.slug })}>{held.title}</Link>
          ) : (
            held.title
          )}
        </h3>
        <p className="soft">
          {list(
            locale,
            byline(work.kind, work.credits)
              .slice(0, 3)
              .map(({ name }) => name),
          )}
        </p>
        <p className="small soft">
          {words.boughtOn(date(locale, new Date(held.grantedAt)))}
          {!work.onSale && held.endedAt === null && ` · ${words.withdrawn}`}
          {held.receipt && (
            <>
              {" · "}
              <Link to={pathTo("purchase", locale, { access: held.receipt })}>
                {words.purchase.receipt}
                <span className="visually-hidden">, {held.title}</span>
              </Link>
            </>
          )}
        </p>
        {held.endedAt !== null ? (
          <p className="notice small">{words.ended}</p>
        ) : files.length === 0 ? (
          <p className="notice small">{words.preparing}</p>
        ) : (
          <>
            {!access && <HeldHere held={held} locale={locale} />}
            {whole.length > 0 && (
              <ul className="held-files plain-list">
                {whole.map((file) => (
                  <li key={file.assetId}>
                    <a className="button quiet" href={to(file)} rel="nofollow">
                      <span className="visually-hidden">{words.download} </span>
                      {formatOf(file)}{" "}
                      <span className="soft small">
                        {bytes(locale, file.bytes)}
                        {file.former && `, ${mergingWords(locale).works.former}`}
                      </span>
                      <span className="visually-hidden">, {held.title}</span>
                    </a>
                  </li>
                ))}
              </ul>
            )}
            {tracks.length > 0 && (
              <p>
                <Link
                  className="button small"
                  to={pathTo("parcel", locale, { right: held.rightId }, { acces: access })}
                >
                  {words.parcel.open}
                  <span className="visually-hidden">, {held.title}</span>
                </Link>
              </p>
            )}
            {tracks.length > 0 && (
              <details className="held-tracks" open={access !== undefined || undefined}>
                <summary>
                  {words.download} · {words.tracks(tracks.length)}, {tracks[0] && formatOf(tracks[0])},{" "}
                  {bytes(
                    locale,
                    tracks.reduce((all, { bytes }) => all + bytes, 0),
                  )}
                </summary>
                <ol className="plain-list">
                  {tracks.map((file) => (
                    <li key={file.assetId}>
                      <a href={to(file)} rel="nofollow">
                        <span className="visually-hidden">{words.download} </span>
                        {file.track?.position}. {file.track?.title}
                      </a>{" "}
                      <span className="small soft">
                        {file.track?.durationMs ? duration(file.track.durationMs) : ""}{" "}
                        {bytes(locale, file.bytes)}
                      </span>
                    </li>
                  ))}
                </ol>
              </details>
            )}
          </>
        )}
      </div>
    </li>
  );
}
