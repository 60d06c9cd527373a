import { Form } from "@remix-run/react";
import type { FormAnswer } from "#app/http/form.server.ts";
import { frameWords } from "#i18n/frame.ts";
import type { Locale } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";

/** Where a code is typed, folded away for who has none; what it does, or why it does nothing, and the way to be rid of it. */
export function CartCoupon({
  coupon,
  answer,
  locale,
}: {
  coupon: { code: string; trouble: string | null } | null;
  answer: FormAnswer | undefined;
  locale: Locale;
}) {
  const words = offersWords(locale).cart;
  if (coupon) {
    return (
      <Form method="post" className="cart-coupon" preventScrollReset>
        <p role="status" className={coupon.trouble ? "notice warn small" : "small"}>
          <strong className="code">{coupon.code}</strong> {coupon.trouble ?? words.applied}
        </p>
        <button
          type="submit"
          name="intent"
          value="no-coupon"
          className="link-button small"
          aria-label={words.removeOf(coupon.code)}
        >
          {words.remove}
        </button>
      </Form>
    );
  }
  const error = answer?.values?.intent === "coupon" ? answer.errors?.code : undefined;
  return (
    <details className="cart-coupon" open={error !== undefined || undefined}>
      <summary className="small">{words.have}</summary>
      <Form method="post" preventScrollReset>
        <div className="field">
          <label htmlFor="code">{words.code}</label>
          <input
            id="code"
            name="code"
            required
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            aria-invalid={error !== undefined || undefined}
            aria-describedby={error && "code-problem"}
          />
          {error && (
            <span className="problem" id="code-problem">
              {String(frameWords(locale).forms[error])}
            </span>
          )}
        </div>
        <button type="submit" name="intent" value="coupon" className="button quiet small">
          {words.apply}
        </button>
      </Form>
    </details>
  );
}
