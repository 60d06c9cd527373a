import "#app/styles/desk.css";
import "#app/styles/offers.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { DoneNotice } from "#app/components/studio-frame.tsx";
import { amountField } from "#app/http/amount.ts";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { agreeToBundle } from "#domain/offers/agree-bundle.server.ts";
import { bundlesOfCoops } from "#domain/offers/bundle-queries.server.ts";
import { worksToOffer } from "#domain/offers/coupon-queries.server.ts";
import { endBundle } from "#domain/offers/end-bundle.server.ts";
import { makeBundle } from "#domain/offers/make-bundle.server.ts";
import { deskWords } from "#i18n/desk.ts";
import { plainMoney } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";
import { pathTo } from "#i18n/paths.ts";
import { BundleForm, BundleRows } from "./bundle-parts.tsx";
import { DeskTabs } from "./desk-head.tsx";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, coopIds, url } = await enterStaff(args, "giveCoupons");
  const [bundles, works] = await Promise.all([bundlesOfCoops(db, coopIds), worksToOffer(db, { coopIds })]);
  const names = new Map(viewer.roles.map(({ coopId, coopName }) => [coopId, coopName]));
  return {
    bundles,
    // A price that the buyer names has no part in a sum.
    works: works.filter(({ fixed, price }) => fixed && price > 0),
    owners: coopIds.map((id) => ({ id, name: names.get(id) ?? "" })),
    made: bundles.find(({ id }) => id === url.searchParams.get("fait"))?.title ?? null,
  };
}

/** The end of each address: « https://…/oeuvres/fil-d-eau » is fil-d-eau. */
const slugs = z
  .string()
  .max(20_000, "tooLong")
  .default("")
  .transform((typed) =>
    typed
      .split(/\s+/)
      .filter(Boolean)
      .map(
        (line) =>
          line
            .replace(/[/?#]*$/, "")
            .split("/")
            .at(-1) ?? "",
      ),
  );

const form = z.discriminatedUnion("act", [
  z.object({
    act: z.literal("make"),
    whose: z.uuid(),
    title: z.string().trim().min(1, "required").max(200, "tooLong"),
    about: z.string().trim().max(2000, "tooLong").default(""),
    price: amountField,
    works: z.array(z.uuid()).max(100).default([]),
    others: slugs,
  }),
  z.object({ act: z.enum(["agree", "end"]), bundle: z.uuid() }),
]);

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer, coopIds } = await enterStaff(args, "giveCoupons");
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const wish = given.value;
  const by = viewer.id;
  if (wish.act !== "make") {
    const verb = wish.act === "agree" ? agreeToBundle : endBundle;
    const done = await orRefuse(locale, () => verb(db, house, { bundleId: wish.bundle, by }));
    return done.ok ? redirect(pathTo("deskBundles", locale), 303) : sendBack(done.answer, 404);
  }
  if (!coopIds.includes(wish.whose)) throw missing();
  const { whose: coopId, title, about, price } = wish;
  const works = [...wish.works.map((id) => ({ id })), ...wish.others.map((slug) => ({ slug }))];
  const made = await orRefuse(locale, () =>
    makeBundle(db, house, { coopId, by, title, about, price, works }),
  );
  const values = { title, about, price: plainMoney(locale, price), others: wish.others.join("\n") };
  if (!made.ok) return sendBack({ ...made.answer, values });
  return redirect(pathTo("deskBundles", locale, {}, { fait: made.value.bundleId }), 303);
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${offersWords(locale).bundle.room.title} · ${deskWords(locale).title}` }];
};

/** Works sold together, of this co-op and of others. */
export default function DeskBundles() {
  const { bundles, works, owners, made } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const locale = useLocale();
  const words = offersWords(locale).bundle.room;
  return (
    <div className="page stack">
      <DeskTabs locale={locale} />
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </header>
      {made && !answer && <DoneNotice>{words.saved(made)}</DoneNotice>}
      <div className="coupon-room">
        <BundleRows bundles={bundles} locale={locale} />
        <BundleForm works={works} owners={owners} answer={answer} locale={locale} />
      </div>
    </div>
  );
}
