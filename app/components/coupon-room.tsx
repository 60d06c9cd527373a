import { Form } from "@remix-run/react";
import { FormNotice, SelectField, TextField } from "#app/components/field.tsx";
import type { FormAnswer } from "#app/http/form.server.ts";
import { date, money, percent } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";

export type ShownCoupon = {
  id: string;
  code: string;
  memberName: string | null;
  bp: number | null;
  amount: number | null;
  currency: string;
  startsAt: Date | string;
  /** The last day inside. */
  lastDay: Date | string | null;
  mostUses: number | null;
  mostEach: number | null;
  used: number;
  given: number;
  works: string[];
  state: "on" | "toCome" | "over" | "usedUp" | "stopped";
};

const tones = { on: "good", toCome: "warn", over: "", usedUp: "", stopped: "bad" } as const;

/** Making a coupon, and those that there are: the same for an artist and for a co-op. */
export function CouponRoom({
  locale,
  coupons,
  owners,
  works,
  today,
  answer,
}: {
  locale: Locale;
  coupons: ShownCoupon[];
  /** Whose works it may be for: studios, or co-ops. */
  owners: { id: string; name: string }[];
  works: { id: string; title: string }[];
  today: string;
  answer: FormAnswer | undefined;
}) {
  const words = offersWords(locale).coupons;
  return (
    <div className="coupon-room">
      <section aria-labelledby="coupons" className="stack">
        <h2 id="coupons">{words.list}</h2>
        {coupons.length === 0 ? (
          <div className="empty">
            <h3>{words.emptyTitle}</h3>
            <p className="soft">{words.empty}</p>
          </div>
        ) : (
          <ul className="plain-list coupons">
            {coupons.map((coupon) => (
              <Row key={coupon.id} coupon={coupon} locale={locale} />
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="make" className="card stack">
        <h2 id="make">{words.make}</h2>
        {works.length === 0 ? (
          <p className="soft">{words.noWorks}</p>
        ) : (
          <Form method="post" className="stack" key={coupons.length}>
            <FormNotice locale={locale} answer={answer} />
            {owners.length === 1 ? (
              <input type="hidden" name="whose" value={owners[0]!.id} />
            ) : (
              <SelectField locale={locale} name="whose" label={words.whose} answer={answer}>
                {owners.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </SelectField>
            )}
            <TextField
              locale={locale}
              name="code"
              label={words.code}
              hint={words.codeHint}
              required
              maxLength={60}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              answer={answer}
            />
            <div className="fields two">
              <SelectField locale={locale} name="kind" label={words.off} answer={answer}>
                <option value="percent">{words.percent}</option>
                <option value="amount">{words.amount}</option>
              </SelectField>
              <TextField
                locale={locale}
                name="value"
                label={words.value}
                hint={words.valueHint}
                required
                inputMode="decimal"
                autoComplete="off"
                answer={answer}
              />
            </div>
            <div className="fields two">
              <TextField
                locale={locale}
                name="from"
                type="date"
                label={words.from}
                defaultValue={today}
                answer={answer}
              />
              <TextField
                locale={locale}
                name="until"
                type="date"
                label={words.until}
                hint={words.untilHint}
                optional
                answer={answer}
              />
            </div>
            <div className="fields two">
              <TextField
                locale={locale}
                name="mostUses"
                inputMode="numeric"
                label={words.mostUses}
                optional
                answer={answer}
              />
              <TextField
                locale={locale}
                name="mostEach"
                inputMode="numeric"
                label={words.mostEach}
                hint={words.mostEachHint}
                optional
                answer={answer}
              />
            </div>
            <details>
              <summary>{words.works}</summary>
              <p className="small soft">{words.worksHint}</p>
              <ul className="plain-list coupon-works">
                {works.map(({ id, title }) => (
                  <li key={id}>
                    <label>
                      <input type="checkbox" name="works[]" value={id} /> {title}
                    </label>
                  </li>
                ))}
              </ul>
            </details>
            <button type="submit" className="button" name="act" value="make">
              {words.save}
            </button>
          </Form>
        )}
      </section>
    </div>
  );
}

function Row({ coupon, locale }: { coupon: ShownCoupon; locale: Locale }) {
  const words = offersWords(locale).coupons;
  const say = (cents: number) => money(locale, cents, coupon.currency);
  const day = (at: Date | string) => date(locale, new Date(at));
  const off =
    coupon.bp === null
      ? words.amountOff(say(coupon.amount ?? 0))
      : words.percentOff(percent(locale, coupon.bp / 100));
  const facts = [
    coupon.works.length > 0 ? coupon.works.join(", ") : words.allWorks,
    words.span(day(coupon.startsAt), coupon.lastDay && day(coupon.lastDay)),
    words.usedOf(coupon.used, coupon.mostUses),
    ...(coupon.mostEach === null ? [] : [words.each(coupon.mostEach)]),
    ...(coupon.given > 0 ? [words.given(say(coupon.given))] : []),
  ];
  return (
    <li>
      <div className="row between baseline">
        <h3>
          <span className="code">{coupon.code}</span> <span className="soft">{off}</span>
        </h3>
        <span className={`tag ${tones[coupon.state]}`}>{words.states[coupon.state]}</span>
      </div>
      <p className="small soft">
        {coupon.memberName && `${words.by(coupon.memberName)} · `}
        {facts.join(" · ")}
      </p>
      {(coupon.state === "on" || coupon.state === "toCome" || coupon.state === "usedUp") && (
        <Form method="post">
          <input type="hidden" name="coupon" value={coupon.id} />
          <button
            type="submit"
            name="act"
            value="stop"
            className="link-button small"
            aria-label={words.stopOf(coupon.code)}
          >
            {words.stop}
          </button>
        </Form>
      )}
    </li>
  );
}
