import "#app/styles/desk.css";
import "#app/styles/offers.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { CouponRoom } from "#app/components/coupon-room.tsx";
import { DoneNotice } from "#app/components/studio-frame.tsx";
import { couponForm, couponOf } from "#app/http/coupon-form.server.ts";
import { dayOf } from "#app/http/day.ts";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { shownCoupon } from "#app/http/shown-coupon.ts";
import { couponsOfCoops, worksToOffer } from "#domain/offers/coupon-queries.server.ts";
import { makeCoupon } from "#domain/offers/make-coupon.server.ts";
import { stopCoupon } from "#domain/offers/stop-coupon.server.ts";
import { deskWords } from "#i18n/desk.ts";
import { localeOf } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";
import { pathTo } from "#i18n/paths.ts";
import { DeskTabs } from "./desk-head.tsx";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, coopIds, url } = await enterStaff(args, "giveCoupons");
  const [coupons, works] = await Promise.all([couponsOfCoops(db, coopIds), worksToOffer(db, { coopIds })]);
  const now = house.clock.now();
  const names = new Map(viewer.roles.map(({ coopId, coopName }) => [coopId, coopName]));
  return {
    coupons: coupons.map((row) => shownCoupon(row, now)),
    owners: coopIds.map((id) => ({ id, name: names.get(id) ?? "" })),
    works,
    today: dayOf(now),
    made: coupons.find(({ id }) => id === url.searchParams.get("fait"))?.code ?? null,
    stopped: url.searchParams.has("arrete"),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer, coopIds } = await enterStaff(args, "giveCoupons");
  const form = await readForm(args.request, couponForm);
  if (!form.ok) return sendBack(form.answer);
  const wish = form.value;
  const here = (query: Record<string, string>) => redirect(pathTo("deskCoupons", locale, {}, query), 303);
  if (wish.act === "stop") {
    const stopped = await orRefuse(locale, () =>
      stopCoupon(db, house, { couponId: wish.coupon, by: viewer.id }),
    );
    return stopped.ok ? here({ arrete: "1" }) : sendBack(stopped.answer, 404);
  }
  if (!coopIds.includes(wish.whose)) throw missing();
  const coupon = couponOf(wish);
  const values = { code: wish.code, kind: wish.kind, value: wish.value };
  if (!coupon) return sendBack({ errors: { value: "number" }, values });
  const made = await orRefuse(locale, () =>
    makeCoupon(db, house, { ...coupon, by: viewer.id, whose: { coopId: wish.whose } }),
  );
  if (!made.ok) return sendBack({ ...made.answer, values });
  return here({ fait: made.value.couponId });
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${offersWords(locale).coupons.title} · ${deskWords(locale).title}` }];
};

/** The discount codes of a co-op, with those of its artists. */
export default function DeskCoupons() {
  const { made, stopped, ...room } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const words = offersWords(locale).coupons;
  return (
    <div className="page stack">
      <DeskTabs locale={locale} />
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.leadDesk}</p>
      </header>
      {made && !answer && <DoneNotice>{words.saved(made)}</DoneNotice>}
      {stopped && !answer && <DoneNotice>{words.stopped}</DoneNotice>}
      <CouponRoom {...room} locale={locale} answer={answer} />
    </div>
  );
}
