import { date, list } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";

type Given = {
  code: string;
  name: string;
  email: string;
  note: string;
  deliverAt: Date | string;
  toldAt: Date | string | null;
  redeemedAt: Date | string | null;
  titles: string[];
  link: string;
};

/** What became of a gift, for who gave it: when it goes out or went, whether it was opened, and how to give it by hand. */
export function GiftGiven({ gift, locale }: { gift: Given; locale: Locale }) {
  const words = offersWords(locale).gift;
  const day = (at: Date | string) => date(locale, new Date(at));
  return (
    <section aria-labelledby="gift" className="card stack gift-given">
      <h2 id="gift">{words.givenTo(gift.name)}</h2>
      <p>
        {list(locale, gift.titles)}
        {gift.note && <span className="soft"> · {words.withNote}</span>}
      </p>
      <p role="status">
        {gift.redeemedAt
          ? words.opened(day(gift.redeemedAt))
          : gift.toldAt
            ? words.sent(gift.email, day(gift.toldAt))
            : words.willGo(gift.email, day(gift.deliverAt))}
      </p>
      {!gift.redeemedAt && (
        <p className="small soft">
          {words.byHand} <span className="code">{gift.code}</span> · <a href={gift.link}>{words.link}</a>
        </p>
      )}
    </section>
  );
}
