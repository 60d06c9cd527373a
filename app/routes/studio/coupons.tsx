import "#app/styles/studio.css";
import "#app/styles/offers.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { CouponRoom } from "#app/components/coupon-room.tsx";
import { DoneNotice, StudioNav } from "#app/components/studio-frame.tsx";
import { couponForm, couponOf } from "#app/http/coupon-form.server.ts";
import { dayOf } from "#app/http/day.ts";
import { enterStudio } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { shownCoupon } from "#app/http/shown-coupon.ts";
import { couponsOfArtist, worksToOffer } from "#domain/offers/coupon-queries.server.ts";
import { makeCoupon } from "#domain/offers/make-coupon.server.ts";
import { stopCoupon } from "#domain/offers/stop-coupon.server.ts";
import { localeOf } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";
import { pathTo } from "#i18n/paths.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enterStudio(args);
  const [coupons, works] = await Promise.all([
    couponsOfArtist(db, viewer.id),
    worksToOffer(db, { personId: viewer.id }),
  ]);
  const now = house.clock.now();
  return {
    coupons: coupons.map((row) => shownCoupon(row, now)),
    owners: viewer.members.map(({ id, name }) => ({ id, name })),
    works,
    today: dayOf(now),
    made: coupons.find(({ id }) => id === url.searchParams.get("fait"))?.code ?? null,
    stopped: url.searchParams.has("arrete"),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer } = await enterStudio(args);
  const form = await readForm(args.request, couponForm);
  if (!form.ok) return sendBack(form.answer);
  const wish = form.value;
  const here = (query: Record<string, string>) => redirect(pathTo("studioCoupons", locale, {}, query), 303);
  if (wish.act === "stop") {
    const stopped = await orRefuse(locale, () =>
      stopCoupon(db, house, { couponId: wish.coupon, by: viewer.id }),
    );
    return stopped.ok ? here({ arrete: "1" }) : sendBack(stopped.answer, 404);
  }
  const coupon = couponOf(wish);
  const values = { code: wish.code, kind: wish.kind, value: wish.value };
  if (!coupon) return sendBack({ errors: { value: "number" }, values });
  const made = await orRefuse(locale, () =>
    makeCoupon(db, house, { ...coupon, by: viewer.id, whose: { memberId: wish.whose } }),
  );
  if (!made.ok) return sendBack({ ...made.answer, values }, made.refusal.code === "not_found" ? 404 : 422);
  return here({ fait: made.value.couponId });
}

export const meta: MetaFunction = ({ location }) => [
  { title: `${offersWords(localeOf(location.pathname)).coupons.title} · ventes.coop` },
];

/** An artist's discount codes. */
export default function StudioCoupons() {
  const { made, stopped, ...room } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const words = offersWords(locale).coupons;
  return (
    <div className="page studio stack">
      <h1>{words.title}</h1>
      <StudioNav locale={locale} />
      <p className="lead">{words.leadStudio}</p>
      {made && !answer && <DoneNotice>{words.saved(made)}</DoneNotice>}
      {stopped && !answer && <DoneNotice>{words.stopped}</DoneNotice>}
      <CouponRoom {...room} locale={locale} answer={answer} />
    </div>
  );
}
