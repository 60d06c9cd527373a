import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { accountWords } from "#i18n/account.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

/** The way back to the account, the page's title, what it is for. */
export function AccountHead({
  locale,
  title,
  children,
}: {
  locale: Locale;
  title: string;
  children?: ReactNode;
}) {
  return (
    <header className="stack stack-tight">
      <p className="small">
        <Link to={pathTo("account", locale)}>{accountWords(locale).back}</Link>
      </p>
      <h1>{title}</h1>
      {children && <p className="lead">{children}</p>}
    </header>
  );
}
