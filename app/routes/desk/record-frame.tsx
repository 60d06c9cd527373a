import { Link, NavLink } from "@remix-run/react";
import type { ReactNode } from "react";
import { FormNotice } from "#app/components/field.tsx";
import type { FormAnswer } from "#app/http/form.server.ts";
import type { Locale } from "#i18n/locale.ts";
import { mergingWords } from "#i18n/merging.ts";
import { pathTo } from "#i18n/paths.ts";
import { scoreWords } from "#i18n/score.ts";
import { DeskTabs } from "./desk-head.tsx";
import "#app/styles/desk.css";
import "#app/styles/merging.css";

type Subject = { noun: "work" | "person"; id: string };

/** What the pages about one record at the desk share: who or what it is about, its own pages, what was just done, what was refused. */
export function RecordFrame({
  locale,
  of,
  title,
  lead,
  done,
  answer,
  children,
}: {
  locale: Locale;
  of: Subject;
  title: ReactNode;
  lead?: ReactNode;
  /** Said once, after a form that was accepted. */
  done: string | null;
  answer: FormAnswer | undefined;
  children: ReactNode;
}) {
  const words = mergingWords(locale).tabs;
  const to = (name: Parameters<typeof pathTo>[0]) => pathTo(name, locale, { id: of.id });
  return (
    <div className="page stack">
      <DeskTabs locale={locale} />
      {done !== null && !answer && (
        <p className="notice good" role="status">
          {done}
        </p>
      )}
      <FormNotice locale={locale} answer={answer} />
      <header className="stack stack-tight">
        <p className="small">
          <Link to={pathTo("deskScore", locale)}>{scoreWords(locale).desk.back}</Link>
        </p>
        <h1>{title}</h1>
        {lead && <p className="lead">{lead}</p>}
        <nav className="record-tabs" aria-label={words.label}>
          <NavLink to={to(of.noun === "work" ? "deskRecord" : "deskPerson")} end>
            {words.record}
          </NavLink>
          <NavLink to={to(of.noun === "work" ? "deskWorkDoubles" : "deskPersonDoubles")}>
            {words.doubles}
          </NavLink>
          {of.noun === "work" && <NavLink to={to("deskHistory")}>{words.history}</NavLink>}
        </nav>
      </header>
      {children}
    </div>
  );
}
