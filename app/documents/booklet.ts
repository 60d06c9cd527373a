import { byline, creditsByPerson } from "#domain/catalogue/byline.ts";
import type { Booklet } from "#domain/delivery/open-parcel.server.ts";
import type { TrackRecord } from "#domain/delivery/tags.ts";
import { list } from "#i18n/formats.ts";
import { libraryWords } from "#i18n/library.ts";
import type { Locale } from "#i18n/locale.ts";
import { shopWords } from "#i18n/shop.ts";

/**
 * The booklet of an album, in the reader's language: who did what, the tracks with their codes, the words that are sung. Plain text,
 * which everything opens, now and later; with its mark and the line ends of Windows, without which the Notepad of old reads neither.
 */
export function bookletIn(locale: Locale): Booklet {
  const words = libraryWords(locale).parcel.booklet;
  const { roles } = shopWords(locale);
  const credited = (people: TrackRecord["credits"]) =>
    creditsByPerson(people).map(
      (person) =>
        `${person.name} — ${list(
          locale,
          person.roles.map((role) => roles[role] ?? role),
        )}`,
    );
  const part = (title: string, lines: string[]) =>
    lines.length > 0 ? [`${title}\n${"=".repeat(title.length)}`, lines.join("\n")] : [];

  const write = (records: readonly TrackRecord[]): string => {
    const [first] = records;
    if (!first) return "";
    const number = ({ disc, discs, number: n }: TrackRecord) => (discs > 1 ? `${disc}-${n}` : String(n));
    const by = list(
      locale,
      byline("album", first.credits).map(({ name }) => name),
    );
    const sung = records.flatMap((record) =>
      record.lyrics ? [`${number(record)}. ${record.title}\n\n${record.lyrics}\n`] : [],
    );
    const tracks = records.flatMap((record) => [
      `${number(record)}. ${record.title}${record.isrc ? ` (ISRC ${record.isrc})` : ""}`,
      ...credited(record.people).map((line) => `   ${line}`),
    ]);
    const heading = [first.album, by, [first.publisher, first.date].filter(Boolean).join(", "), first.rights];
    const text = [
      heading.filter(Boolean).join("\n"),
      ...part(words.credits, credited(first.credits)),
      ...part(words.tracks, tracks),
      ...part(words.lyrics, sung),
    ].join("\n\n");
    return `\ufeff${text.trimEnd()}\n`.replaceAll(/\r?\n/g, "\r\n");
  };
  return { name: words.file, write };
}
