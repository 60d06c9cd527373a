import { Link } from "@remix-run/react";
import { useLookAgain } from "#app/http/look-again.ts";
import type { Progress } from "#domain/delivery/parcel.ts";
import { bytes } from "#i18n/formats.ts";
import { libraryWords } from "#i18n/library.ts";
import type { Locale } from "#i18n/locale.ts";

/** How far the chosen format is: the zip where everything is there, else what is being made, what is not, and why. */
export function ParcelState({
  progress,
  here,
  zip,
  locale,
  noFfmpeg,
}: {
  progress: Progress;
  here: string;
  zip: string;
  locale: Locale;
  noFfmpeg: boolean;
}) {
  const words = libraryWords(locale).parcel;
  const { tracks, made, preparing, failed, absent } = progress;
  if (made === tracks) {
    return (
      <div className="notice good parcel-state" role="status">
        <p>{words.ready}</p>
        <p>
          <a className="button" href={zip} rel="nofollow">
            {words.zip(bytes(locale, progress.bytes))}
          </a>
        </p>
      </div>
    );
  }
  return (
    <div className="notice parcel-state">
      {preparing > 0 && (
        <>
          {/* Each track that comes begins the half minute anew. */}
          <LookAgain key={made + failed} />
          <p id="parcel-progress" role="status">
            {words.preparing(made, tracks)}
          </p>
          <progress max={tracks} value={made} aria-labelledby="parcel-progress" />
          <p className="small soft">{words.preparingHelp}</p>
          <p>
            <Link className="button quiet small" to={here} preventScrollReset>
              {words.refresh}
            </Link>
          </p>
        </>
      )}
      {absent > 0 && <p>{words.absent(absent)}</p>}
      {failed > 0 && <p>{noFfmpeg ? words.noFfmpeg : words.failed(failed)}</p>}
    </div>
  );
}

function LookAgain() {
  useLookAgain(true);
  return null;
}
