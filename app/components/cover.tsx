import type { Locale } from "#i18n/locale.ts";
import { shopWords } from "#i18n/shop.ts";
import { type CoverFacts, coverAddress, coverFormats, coverSet } from "./cover-address.ts";

export type CoveredWork = { kind: "book" | "album"; title: string; cover: CoverFacts | null };

/**
 * A cover in the size that its place asks (`sizes`, as CSS says it). Beside its title it says nothing to a screen reader; alone
 * (`named`), it does. Without a cover, the title stands on the cloth.
 */
export function Cover({
  work,
  locale,
  sizes,
  named = false,
  eager = false,
}: {
  work: CoveredWork;
  locale: Locale;
  sizes: string;
  named?: boolean;
  eager?: boolean;
}) {
  const { cover } = work;
  const width = cover?.widths.at(-1);
  if (!cover || !width) {
    return (
      <span className={`cover empty-cover ${work.kind}`} aria-hidden={named ? undefined : true}>
        {work.title}
      </span>
    );
  }
  const ratio = cover.height ? width / cover.height : work.kind === "book" ? 2 / 3 : 1;
  return (
    <span
      className={`cover ${work.kind}`}
      style={{ backgroundColor: cover.colour ?? undefined, aspectRatio: ratio.toFixed(4) }}
    >
      <picture>
        {/* One size of JPEG for the few browsers that read neither format: each address weighs on every page of covers. */}
        <source type={coverFormats.avif} srcSet={coverSet(locale, cover, "avif")} sizes={sizes} />
        <source type={coverFormats.webp} srcSet={coverSet(locale, cover, "webp")} sizes={sizes} />
        <img
          src={coverAddress(locale, cover)}
          width={width}
          height={cover.height ?? Math.round(width / ratio)}
          alt={named ? shopWords(locale).cover(work.title) : ""}
          loading={eager ? "eager" : "lazy"}
          decoding="async"
        />
      </picture>
    </span>
  );
}
