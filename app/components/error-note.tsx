import { Link } from "@remix-run/react";
import { useContext, useState } from "react";
import { ReferenceContext } from "#app/http/nonce.ts";
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
        : status === 429
          ? [errors.tooManyTitle, errors.tooMany]
          : [errors.brokenTitle, errors.broken];
  const requestId = useContext(ReferenceContext);
  // The browser knows it by the page alone: what stands there is said again, or hydration would take it away.
  const [reference] = useState(() =>
    requestId
      ? errors.reference(requestId)
      : typeof document === "undefined"
        ? ""
        : (document.getElementById("reference")?.textContent ?? ""),
  );
  return (
    <div className="page narrow stack error-note">
      <p className="eyebrow">{status}</p>
      <h1>{title}</h1>
      <p className="lead">{text}</p>
      {status >= 500 && (
        <p className="small soft" id="reference">
          {reference}
        </p>
      )}
      <p>
        <Link className="button" to={pathTo("home", locale)}>
          {errors.home}
        </Link>
      </p>
    </div>
  );
}
