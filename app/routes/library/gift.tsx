import "#app/styles/shop.css";
import "#app/styles/library.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, TextField } from "#app/components/field.tsx";
import { HeldWorks } from "#app/components/held-works.tsx";
import { WorkCard } from "#app/components/work-card.tsx";
import { enter, missing } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { pace } from "#app/http/pace.server.ts";
import { findHeldOfSale } from "#domain/library/queries.server.ts";
import { saleOfAccess } from "#domain/sales/access-link.ts";
import { findGift } from "#domain/sales/gift-queries.server.ts";
import { redeemGift } from "#domain/sales/redeem-gift.server.ts";
import { localeOf } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";
import { pathTo } from "#i18n/paths.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer } = await enter(args);
  const access = args.params.access ?? "";
  const giftId = saleOfAccess(house.settings.sessionSecret, access);
  const gift = giftId && (await findGift(db, giftId));
  if (!gift) throw missing();
  const held = gift.redeemedAt ? await findHeldOfSale(db, gift.id) : [];
  const { name, fromName, note, works } = gift;
  const email = viewer?.email ?? gift.email;
  return { gift: { name, fromName, note, works, open: gift.redeemedAt === null }, held, access, email };
}

const receiving = z.object({ email: z.email("email").max(254) });

/** Receives the gift. Who holds its link may; it opens once. */
export async function action(args: ActionFunctionArgs) {
  const { db, house, viewer, locale } = await enter(args);
  const access = args.params.access ?? "";
  const giftId = saleOfAccess(house.settings.sessionSecret, access);
  if (!giftId || !(await findGift(db, giftId))) throw missing();
  const form = await readForm(args.request, receiving);
  if (!form.ok) return sendBack(form.answer);
  const email = form.value.email.toLowerCase();
  const done = await orRefuse(locale, async () => {
    pace(args.context, "order");
    return redeemGift(db, house, { giftId, email, personId: viewer?.email === email ? viewer.id : null });
  });
  if (!done.ok) return sendBack({ ...done.answer, values: { email } });
  return redirect(pathTo("gift", locale, { access }), 303);
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const locale = localeOf(location.pathname);
  return head(locale, { title: offersWords(locale).gift.title(data?.gift.fromName ?? ""), hidden: true });
};

/** A gift, unopened: who gives it, their note, what is in it. Opened: the files, for whoever keeps its link. */
export default function Gift() {
  const { gift, held, access, email } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const words = offersWords(locale).gift;
  return (
    <div className="page gift stack stack-loose">
      <header className="stack">
        <p className="eyebrow">{words.forYou(gift.name)}</p>
        <h1>{words.title(gift.fromName)}</h1>
        {gift.note && (
          <blockquote className="gift-note prose">
            {gift.note.split(/\n{2,}/).map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </blockquote>
        )}
      </header>
      {gift.open ? (
        <>
          <ul className="shelf plain-list">
            {gift.works.map((work) => (
              <li key={work.slug}>
                <WorkCard work={work} locale={locale} as="h2" note={work.coop.name} />
              </li>
            ))}
          </ul>
          <Form method="post" className="card stack gift-accept">
            <FormNotice locale={locale} answer={answer} />
            <TextField
              locale={locale}
              name="email"
              type="email"
              autoComplete="email"
              required
              label={offersWords(locale).code.email}
              hint={words.acceptHint}
              answer={answer}
              defaultValue={email}
            />
            <button type="submit" className="button wide">
              {words.accept}
            </button>
          </Form>
        </>
      ) : (
        <section aria-labelledby="files" className="stack">
          <h2 id="files">{words.yours}</h2>
          <p className="soft">{words.keep}</p>
          <HeldWorks held={held} locale={locale} access={access} />
        </section>
      )}
    </div>
  );
}
