import { TextArea, TextField } from "#app/components/field.tsx";
import type { FormAnswer } from "#app/http/form.server.ts";
import type { Locale } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";

/** Whether what is bought is for somebody else. The style sheet shows the fields once the box is ticked, so that no script is needed. */
export function GiftChoice({
  locale,
  today,
  answer,
}: {
  locale: Locale;
  today: string;
  answer: FormAnswer | undefined;
}) {
  const words = offersWords(locale).gift;
  const shared = { locale, answer, autoComplete: "off" } as const;
  return (
    <fieldset className="gift-choice">
      <legend className="visually-hidden">{words.choose}</legend>
      <label className="gift-tick">
        <input type="checkbox" name="gift" value="1" defaultChecked={answer?.values?.gift === "1"} />
        <span>
          {words.choose}
          <span className="hint small soft">{words.chooseHint}</span>
        </span>
      </label>
      <div className="gift-fields stack">
        <TextField {...shared} name="giftName" label={words.name} maxLength={200} />
        <TextField {...shared} name="giftEmail" type="email" label={words.email} />
        <TextField {...shared} name="giftFrom" autoComplete="name" label={words.from} maxLength={200} />
        <TextArea
          locale={locale}
          answer={answer}
          name="giftNote"
          label={words.note}
          optional
          rows={3}
          maxLength={2000}
        />
        <TextField
          {...shared}
          name="giftDay"
          type="date"
          min={today}
          label={words.when}
          hint={words.whenHint}
          optional
        />
      </div>
    </fieldset>
  );
}
