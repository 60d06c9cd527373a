import { NavLink } from "@remix-run/react";
import { deskWords } from "#i18n/desk.ts";
import { exchangeWords } from "#i18n/exchange.ts";
import { frontWords } from "#i18n/front.ts";
import type { Locale } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";
import { pathTo } from "#i18n/paths.ts";
import { reportWords } from "#i18n/reports.ts";
import { scoreWords } from "#i18n/score.ts";

/** The way between the pages of the desk. */
export function DeskTabs({ locale }: { locale: Locale }) {
  const { tabs } = deskWords(locale);
  return (
    <nav className="desk-tabs" aria-label={tabs.label}>
      <NavLink to={pathTo("desk", locale)} end prefetch="intent">
        {tabs.queue}
      </NavLink>
      <NavLink to={pathTo("deskWorks", locale)} prefetch="intent">
        {tabs.works}
      </NavLink>
      <NavLink to={pathTo("deskReports", locale)} prefetch="intent">
        {reportWords(locale).desk.tab}
      </NavLink>
      <NavLink to={pathTo("deskScore", locale)} prefetch="intent">
        {scoreWords(locale).desk.tab}
      </NavLink>
      <NavLink to={pathTo("deskFront", locale)} prefetch="intent">
        {frontWords(locale).front.tab}
      </NavLink>
      <NavLink to={pathTo("deskCollections", locale)} prefetch="intent">
        {frontWords(locale).collections.tab}
      </NavLink>
      <NavLink to={pathTo("deskCoupons", locale)} prefetch="intent">
        {offersWords(locale).coupons.title}
      </NavLink>
      <NavLink to={pathTo("deskBundles", locale)} prefetch="intent">
        {offersWords(locale).bundle.room.title}
      </NavLink>
      <NavLink to={pathTo("deskExchange", locale)} prefetch="intent">
        {exchangeWords(locale).tab}
      </NavLink>
    </nav>
  );
}
