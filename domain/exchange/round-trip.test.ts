import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ROLES } from "../metadata/roles.ts";
import { COLUMNS, columnNamed } from "./column-names.ts";
import { ddexMistakes, readXml } from "./ddex-rules.ts";
import type { CatalogueRecord, Format, SentFields, SentIdentifier, SentLine } from "./sent.ts";
import { sentFile } from "./sent-lines.ts";
import { csvFile, onixFile } from "./write-catalogue.ts";
import { ddexGaps, ddexMessage } from "./write-ddex.ts";

// import(export(x)) = x, without a database: what is written says all that we know, and is read as we meant it.

const isbnOf = (body: number): string => {
  const digits = `978${String(body).padStart(9, "0")}`;
  const sum = [...digits].reduce((all, digit, place) => all + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return digits + String((10 - (sum % 10)) % 10);
};
const letters = [..."aàéèêëïîôœçùûÉABCdef xyz'’-.,;:|\\\"<>&=+@()«»…\u00a0\u202f日本ß🙂]"];
const line = (most = 60) =>
  fc
    .array(fc.constantFrom(...letters), { minLength: 1, maxLength: most })
    .map((all) =>
      all
        .join("")
        .replace(/\s+/gu, " ")
        .replace(/^[\s']+|\s+$/gu, "")
        .normalize("NFC"),
    )
    .filter((text) => text.length > 0);
const words = fc.array(line(), { minLength: 1, maxLength: 3 }).map((all) => all.join("\n\n"));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const tag = fc.constantFrom("fr", "fr-CA", "en", "zh-Hant-TW", "iu", "moe", "pt-BR", "zxx", "de");
const date = fc.constantFrom("1909", "1999-12", "2026-03-02", "2024-02-29");
const subject = fc.oneof(
  line(30).map((label) => ({ label })),
  fc.record({
    label: line(30),
    scheme: fc.constantFrom("thema", "clil", "bisac", "rameau", "Sujets maison"),
    code: fc.constantFrom("FB", "3442", "F/10"),
  }),
);
const accessibility = fc
  .record(
    {
      accessModes: fc.subarray(["textual", "visual", "auditory"], { minLength: 1 }),
      sufficientModes: fc.subarray(["textual", "textual,visual"], { minLength: 1 }),
      features: fc.subarray(
        ["tableOfContents", "alternativeText", "rubyAnnotations", "MathML", "readingOrder"],
        { minLength: 1 },
      ),
      hazards: fc.subarray(["noFlashingHazard", "sound", "unknownMotionSimulationHazard", "none"], {
        minLength: 1,
      }),
      summary: words,
      conformsTo: fc.constantFrom(
        "EPUB Accessibility 1.1 - WCAG 2.1 Level AA",
        "http://www.idpf.org/epub/a11y/accessibility-20170105.html#wcag-aa",
        "maison",
      ),
      certifiedBy: line(30),
    },
    { requiredKeys: [] },
  )
  .filter((said) => Object.keys(said).length > 0);
const fields = (formats: readonly Format[]): fc.Arbitrary<Partial<SentFields>> =>
  fc
    .record({
      title: line(),
      subtitle: maybe(line()),
      sortTitle: maybe(line()),
      language: tag,
      others: maybe(fc.uniqueArray(tag, { minLength: 1, maxLength: 2 })),
      originalLanguage: maybe(tag),
      contributors: maybe(
        fc.uniqueArray(
          fc.record(
            {
              name: line(30),
              role: fc.constantFrom(...ROLES),
              sortName: line(30),
              kind: fc.constant("group" as const),
            },
            { requiredKeys: ["name", "role"] },
          ),
          { minLength: 1, maxLength: 5, selector: ({ name }) => name },
        ),
      ),
      isbns: fc.array(fc.nat(999_999_999), { minLength: 3, maxLength: 3 }),
      withIsbn: fc.subarray([0, 1, 2]),
      doi: maybe(fc.constant("10.1234/abc.5")),
      publisher: maybe(line(30)),
      publishedOn: maybe(date),
      description: maybe(fc.record({ fr: words, en: words }, { requiredKeys: ["fr"] })),
      subjects: maybe(fc.array(subject, { minLength: 1, maxLength: 4 })),
      series: maybe(
        fc.record({ name: line(30), position: fc.constantFrom(1, 2.5, 10) }, { requiredKeys: ["name"] }),
      ),
      rights: maybe(words),
      licence: maybe(fc.constant("https://creativecommons.org/licenses/by/4.0/deed.fr?a=1&b=2")),
      pageCount: maybe(fc.integer({ min: 1, max: 9_999 })),
      wordCount: maybe(fc.integer({ min: 1, max: 999_999 })),
      accessibility: maybe(accessibility),
      layout: maybe(fc.constantFrom("reflowable" as const, "pre-paginated" as const)),
      price: maybe(
        fc.oneof(
          fc
            .integer({ min: 50, max: 99_999 })
            .map((amount) => ({ kind: "fixed" as const, amount, currency: "cad" })),
          fc.constant({ kind: "fixed" as const, amount: 0, currency: "cad" }),
          fc.constant({ kind: "open" as const, amount: 0, suggested: 700, currency: "cad" }),
        ),
      ),
      coverLink: maybe(fc.constant("https://exemple.coop/media/x/960.jpg?v=1&w=2")),
    })
    .map(({ others, isbns, withIsbn, doi, ...rest }) => {
      const places: (Format | undefined)[] = [undefined, ...formats];
      const identifiers: SentIdentifier[] = [
        ...places.flatMap((format, index) =>
          withIsbn.includes(index)
            ? [{ scheme: "isbn", value: isbnOf(isbns[index] ?? 0), ...(format && { format }) }]
            : [],
        ),
        ...(doi ? [{ scheme: "doi", value: doi }] : []),
      ];
      const languages = [...new Set([rest.language, ...(others ?? [])])];
      const all = {
        ...rest,
        ...(languages.length > 1 && { languages }),
        ...(identifiers.length > 0 && { identifiers }),
      };
      return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    });
const record: fc.Arbitrary<CatalogueRecord> = fc.subarray(["epub", "pdf"] as const).chain((formats) =>
  fields(formats).map((said) => ({
    ...{
      workId: "01932f00-0000-7000-8000-000000000001",
      slug: "x",
      kind: "book" as const,
      state: "draft" as const,
    },
    ...{ coop: { slug: "c", name: "C & fils", place: "CA-QC" }, formats: [...formats], fields: said },
    ...{ recordings: 0, hasCover: false, updatedAt: new Date(0) },
  })),
);

const track = (position: number) =>
  fc.record(
    {
      disc: fc.constantFrom(1, 1, 2),
      position: fc.constant(position),
      title: line(),
      isrc: fc.integer({ min: 0, max: 9_999_999 }).map((n) => `CBABC${String(n).padStart(7, "0")}`),
      // As exact as ONIX counts: hundredths.
      durationMs: fc.integer({ min: 1, max: 999_999 }).map((n) => n * 10),
      credits: fc.uniqueArray(fc.record({ name: line(30), role: fc.constantFrom(...ROLES) }), {
        maxLength: 3,
        selector: ({ name }) => name,
      }),
    },
    { requiredKeys: ["disc", "position", "title", "credits"] },
  );
const album: fc.Arbitrary<CatalogueRecord> = record.chain((one) =>
  fc
    .record({ barcode: maybe(fc.constant("4006381333931")), count: fc.integer({ min: 0, max: 12 }) })
    .chain(({ barcode, count }) =>
      fc.tuple(...Array.from({ length: count }, (_, i) => track(i + 1))).map((tracks) => {
        const { layout: _, ...fields } = one.fields;
        const others = (fields.identifiers ?? []).filter(({ format }) => !format);
        const identifiers = [...others, ...(barcode ? [{ scheme: "gtin", value: barcode }] : [])];
        const sortedTracks = [...tracks].sort((a, b) => a.disc - b.disc || a.position - b.position);
        return {
          ...{ ...one, kind: "album" as const, formats: ["music" as const] },
          fields: {
            ...fields,
            ...(identifiers.length > 0 && { identifiers }),
            ...(sortedTracks.length > 0 && { tracks: sortedTracks }),
          },
        };
      }),
    ),
);

async function* listed<T>(all: readonly T[]) {
  yield* all;
}
async function* bytes(pieces: AsyncIterable<string>, size: number) {
  let text = "";
  for await (const piece of pieces) text += piece;
  const all = new TextEncoder().encode(text);
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}
async function read(pieces: AsyncIterable<string>, size = 997): Promise<SentLine[]> {
  const lines: SentLine[] = [];
  for await (const one of (await sentFile(bytes(pieces, size))).lines) lines.push(one);
  return lines;
}
/** Products of one work, put together again. */
function together(lines: readonly SentLine[]) {
  const identifiers = new Map<string, SentIdentifier>();
  const all = { formats: [] as Format[], fields: {} as Record<string, unknown> };
  for (const each of lines) {
    if (!("sent" in each)) throw new Error(JSON.stringify(each));
    expect(each.warnings).toEqual([]);
    all.formats.push(...each.sent.formats);
    for (const [field, value] of Object.entries(each.sent.fields))
      if (value !== null) all.fields[field] = value;
    for (const id of each.sent.fields.identifiers ?? []) identifiers.set(JSON.stringify(id), id);
  }
  if (identifiers.size > 0) all.fields.identifiers = [...identifiers.values()];
  return all;
}
const sorted = ({
  fields: said,
  formats,
}: {
  fields: Record<string, unknown>;
  formats: readonly Format[];
}) => ({
  formats: [...formats].sort(),
  ...said,
  identifiers: [...((said.identifiers as SentIdentifier[] | undefined) ?? [])]
    .map((id) => JSON.stringify(Object.entries(id).sort()))
    .sort(),
});
const setting = {
  sender: "Les Presses",
  sentAt: new Date("2026-03-01T15:00:00Z"),
  work: (slug: string) => `https://exemple.coop/oeuvres/${slug}`,
  taxes: () => [{ code: "tps", percent: "5" }],
};

describe("what goes out comes back", () => {
  it("as ONIX", async () => {
    await fc.assert(
      fc.asyncProperty(record, async (one) => {
        const back = together(await read(onixFile(listed([one]), setting)));
        expect(sorted(back)).toEqual(sorted(one));
      }),
      { numRuns: 300 },
    );
  });
  it("as CSV, with commas or semicolons", async () => {
    await fc.assert(
      fc.asyncProperty(record, fc.constantFrom("," as const, ";" as const), async (one, delimiter) => {
        const back = together(await read(csvFile(listed([one]), delimiter)));
        expect(sorted(back)).toEqual(sorted(one));
      }),
      { numRuns: 300 },
    );
  });
  it("as ONIX, an album with its tracks", async () => {
    await fc.assert(
      fc.asyncProperty(album, async (one) => {
        const back = together(await read(onixFile(listed([one]), setting)));
        expect(sorted(back)).toEqual(sorted(one));
      }),
      { numRuns: 150 },
    );
  });
  it("as CSV, albums with their tracks one after the other", async () => {
    await fc.assert(
      fc.asyncProperty(album, album, async (one, other) => {
        const second = { ...other, workId: "01932f00-0000-7000-8000-000000000002" };
        const lines = await read(csvFile(listed([one, second])));
        expect(lines).toHaveLength(2);
        expect(sorted(together(lines.slice(0, 1)))).toEqual(sorted(one));
        expect(sorted(together(lines.slice(1)))).toEqual(sorted(second));
      }),
      { numRuns: 150 },
    );
  });
  it("as DDEX, whatever the album, by the rules of the standard", () => {
    fc.assert(
      fc.property(album, (one) => {
        const lengths = (one.fields.tracks ?? []).map((each) => each.durationMs);
        const gaps = ddexGaps(one);
        expect(gaps).toEqual(
          lengths.length === 0 ? ["tracks"] : lengths.includes(undefined) ? ["duration"] : [],
        );
        if (gaps.length > 0) return;
        const message = ddexMessage(one, { sentAt: setting.sentAt });
        expect(ddexMistakes(readXml(message))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
  it("and the rules see what is missing, misplaced, unknown, or leads nowhere", () => {
    const fields = {
      title: "Marées",
      tracks: [
        { disc: 1, position: 1, title: "Départ", durationMs: 185_000, isrc: "CBABC2600001", credits: [] },
      ],
    };
    const one = { ...fc.sample(record, 1)[0]!, kind: "album" as const, fields };
    const message = ddexMessage(one, { sentAt: setting.sentAt });
    const wrong = (from: RegExp, to: string) => {
      expect(message).toMatch(from);
      return ddexMistakes(readXml(message.replace(from, to))).join("; ");
    };
    expect(wrong(/^$/m, "")).toBe("");
    expect(wrong(/<MessageRecipient>.*?<\/MessageRecipient>/, "")).toContain("no <MessageRecipient>");
    expect(wrong(/<Duration>PT3M5S<\/Duration>(.*?)<\/SoundRecording>/, "$1</SoundRecording>")).toContain(
      "no <Duration>",
    );
    expect(
      wrong(/(<ReleaseReference>R0<\/ReleaseReference>)(<ReleaseType>.*?<\/ReleaseType>)/, "$2$1"),
    ).toContain("<ReleaseReference> comes too late");
    expect(wrong(/NoAdviceAvailable/, "Perhaps")).toContain("is not of its list");
    expect(wrong(/<ReleaseResourceReference>A1</, "<ReleaseResourceReference>A9<")).toContain(
      "leads nowhere",
    );
    expect(wrong(/ AvsVersionId="5"/, "")).toContain("no @AvsVersionId");
    expect(wrong(/<ISRC>CBABC2600001/, "<ISRC>CB-ABC")).toContain("has not its shape");
  });
  it("and every column is known by its name", () => {
    expect(COLUMNS.map((column) => columnNamed(column))).toEqual([...COLUMNS]);
  });
});
