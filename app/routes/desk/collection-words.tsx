import { z } from "zod";
import { TextArea, TextField } from "#app/components/field.tsx";
import type { FormAnswer } from "#app/http/form.server.ts";
import type { Bilingual } from "#domain/catalogue/queries.server.ts";
import { frontWords } from "#i18n/front.ts";
import type { Locale } from "#i18n/locale.ts";

const line = z.string().trim().max(200, "tooLong").default("");
const text = z.string().trim().max(4000, "tooLong").default("");

/** The words of a selection in both tongues; French is wanted, English is shown in French where it is left empty. */
export const collectionWords = z.object({
  titleFr: line.pipe(z.string().min(1, "required")),
  titleEn: line,
  aboutFr: text,
  aboutEn: text,
});

export function CollectionWords({
  title = {},
  about = {},
  answer,
  locale,
}: {
  title?: Bilingual;
  about?: Bilingual;
  answer: FormAnswer | undefined;
  locale: Locale;
}) {
  const { french, english, collections: words } = frontWords(locale);
  const shared = { locale, answer, autoComplete: "off" } as const;
  return (
    <>
      <TextField
        {...shared}
        name="titleFr"
        label={words.name(french)}
        lang="fr"
        required
        maxLength={200}
        defaultValue={title.fr}
      />
      <TextField
        {...shared}
        name="titleEn"
        label={words.name(english)}
        lang="en"
        optional
        maxLength={200}
        defaultValue={title.en}
      />
      <TextArea
        {...shared}
        name="aboutFr"
        label={words.about(french)}
        lang="fr"
        optional
        rows={3}
        defaultValue={about.fr}
      />
      <TextArea
        {...shared}
        name="aboutEn"
        label={words.about(english)}
        lang="en"
        optional
        rows={3}
        defaultValue={about.en}
      />
    </>
  );
}
