import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";

type Size = { id: string; mediaType: string; width: number; height: number | null; colour: string | null };
type Covered = { kind: "book" | "album"; title: string; covers: Size[] };

const better = ["image/avif", "image/webp"];

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
  work: Covered;
  locale: Locale;
  sizes: string;
  named?: boolean;
  eager?: boolean;
}) {
  const last = work.covers.at(-1);
  if (!last) {
    return (
      <span className={`cover empty-cover ${work.kind}`} aria-hidden={named ? undefined : true}>
        {work.title}
      </span>
    );
  }
  const ofType = (type: string) => work.covers.filter((cover) => cover.mediaType === type);
  const set = (covers: Size[]) =>
    covers.map(({ id, width }) => `${pathTo("media", locale, { id })} ${width}w`).join(", ");
  const plainType =
    work.covers.find(({ mediaType }) => !better.includes(mediaType))?.mediaType ?? last.mediaType;
  const plain = ofType(plainType);
  const middle = plain.find(({ width }) => width >= 600) ?? plain.at(-1) ?? last;
  const ratio = middle.height ? middle.width / middle.height : work.kind === "book" ? 2 / 3 : 1;
  return (
    <span
      className={`cover ${work.kind}`}
      style={{ backgroundColor: last.colour ?? undefined, aspectRatio: String(ratio) }}
    >
      <picture>
        {better
          .filter((type) => type !== plainType && ofType(type).length > 0)
          .map((type) => (
            <source key={type} type={type} srcSet={set(ofType(type))} sizes={sizes} />
          ))}
        <img
          src={pathTo("media", locale, { id: middle.id })}
          srcSet={set(plain)}
          sizes={sizes}
          width={middle.width}
          height={middle.height ?? Math.round(middle.width / ratio)}
          alt={named ? shopWords(locale).cover(work.title) : ""}
          loading={eager ? "eager" : "lazy"}
          decoding="async"
        />
      </picture>
    </span>
  );
}
