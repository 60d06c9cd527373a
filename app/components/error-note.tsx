import { Link } from "@remix-run/react";
import { frameWords } from "#i18n/frame.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

/** What went wrong, in words, and a way on. */
export function ErrorNote({ locale, status }: { locale: Locale; status: number }) {
  const { errors } = frameWords(locale);
  const [title, text] =
    status === 404
      ? [errors.notFoundTitle, errors.notFound]
      : status === 403
        ? [errors.forbiddenTitle, errors.forbidden]
        : [errors.brokenTitle, errors.broken];
  return (
    <div className="page narrow stack error-note">
      <p className="eyebrow">{status}</p>
      <h1>{title}</h1>
      <p className="lead">{text}</p>
      <p>
        <Link className="button" to={pathTo("home", locale)}>
          {errors.home}
        </Link>
      </p>
    </div>
  );
}
