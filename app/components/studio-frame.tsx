import { Link, NavLink } from "@remix-run/react";
import type { ReactNode } from "react";
import { Cover } from "#app/components/cover.tsx";
import { benchWords } from "#i18n/bench.ts";
import type { Locale } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";
import { pathTo } from "#i18n/paths.ts";
import { studioWords } from "#i18n/studio.ts";
import type { CoverFacts } from "./cover-address.ts";

type WorkState = "draft" | "submitted" | "returned" | "published" | "withdrawn";

/** The rooms of the studio, above each of its pages. */
export function StudioNav({ locale }: { locale: Locale }) {
  const { nav } = studioWords(locale);
  return (
    <nav className="studio-nav" aria-label={nav.label}>
      <NavLink to={pathTo("studio", locale)} end>
        {nav.works}
      </NavLink>
      <NavLink to={pathTo("studioWorks", locale)}>{benchWords(locale).many.nav}</NavLink>
      <NavLink to={pathTo("studioEarnings", locale)}>{nav.earnings}</NavLink>
      <NavLink to={pathTo("studioPayouts", locale)}>{nav.payouts}</NavLink>
      <NavLink to={pathTo("studioStatements", locale)}>{nav.statements}</NavLink>
      <NavLink to={pathTo("studioCoupons", locale)}>{offersWords(locale).coupons.title}</NavLink>
      <NavLink to={pathTo("studioPress", locale)}>{offersWords(locale).press.title}</NavLink>
      <NavLink to={pathTo("studioLetters", locale)}>{benchWords(locale).letters.nav}</NavLink>
      <NavLink to={pathTo("studioKit", locale)}>{benchWords(locale).kit.nav}</NavLink>
    </nav>
  );
}

const tone = { draft: "", submitted: "warn", returned: "bad", published: "good", withdrawn: "" };

export function StateTag({ locale, state }: { locale: Locale; state: WorkState }) {
  return <span className={`tag ${tone[state]}`}>{studioWords(locale).states[state]}</span>;
}

export type WorkHead = {
  id: string;
  slug: string;
  kind: "book" | "album";
  title: string;
  state: WorkState;
  cover: CoverFacts | null;
  coopName: string;
};

const steps = [
  ["files", "studioFiles"],
  ["details", "studioDetails"],
  ["shares", "studioShares"],
  ["submission", "studioSubmission"],
] as const;

/** One work: what it is, where it stands, and the four pages that bring it to the shop. */
export function WorkFrame({
  locale,
  work,
  saysWhy = false,
  children,
}: {
  locale: Locale;
  work: WorkHead;
  /** The page itself says why nothing may change for now. */
  saysWhy?: boolean;
  children: ReactNode;
}) {
  const words = studioWords(locale);
  const locked = work.state === "submitted" && !saysWhy;
  return (
    <div className="page studio">
      <header className="work-head">
        <div className="work-head-cover">
          <Cover work={{ ...work, title: work.title || words.untitled }} locale={locale} sizes="6rem" eager />
        </div>
        <div className="stack stack-tight">
          <p className="small soft">
            <Link to={pathTo("studio", locale)}>{words.title}</Link> · {words.kinds[work.kind]} ·{" "}
            {work.coopName}
          </p>
          <h1>{work.title || words.untitled}</h1>
          <p className="row">
            <StateTag locale={locale} state={work.state} />
            {work.state === "published" && (
              <Link to={pathTo("work", locale, { slug: work.slug })}>{words.work.see}</Link>
            )}
          </p>
        </div>
      </header>
      <nav className="steps" aria-label={words.work.label}>
        <ol>
          {steps.map(([name, path]) => (
            <li key={name}>
              <NavLink to={pathTo(path, locale, { id: work.id })} prefetch="intent">
                {words.work[name]}
              </NavLink>
            </li>
          ))}
        </ol>
      </nav>
      {locked && (
        <p className="notice warn">
          {words.work.locked}{" "}
          <Link to={pathTo("studioSubmission", locale, { id: work.id })}>{words.work.lockedMend}</Link>
        </p>
      )}
      {children}
    </div>
  );
}

/** What was just done, said once and announced. */
export function DoneNotice({ children }: { children: ReactNode }) {
  return (
    <p className="notice good" role="status">
      {children}
    </p>
  );
}
