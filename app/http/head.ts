import type { MetaDescriptor } from "@remix-run/node";
import { frameWords } from "#i18n/frame.ts";
import type { Locale } from "#i18n/locale.ts";

/** Title, description and what other sites show when the page is shared; `image` is an absolute address. */
export function head(
  locale: Locale,
  page: {
    title: string;
    description?: string | undefined;
    image?: string | undefined;
    type?: string;
    hidden?: boolean;
  },
): MetaDescriptor[] {
  const { siteName } = frameWords(locale);
  const description = page.description && shorten(page.description);
  return [
    { title: page.title === siteName ? siteName : `${page.title} · ${siteName}` },
    { property: "og:title", content: page.title },
    { property: "og:site_name", content: siteName },
    { property: "og:locale", content: locale === "fr" ? "fr_CA" : "en_CA" },
    { property: "og:type", content: page.type ?? "website" },
    ...(description
      ? [
          { name: "description", content: description },
          { property: "og:description", content: description },
        ]
      : []),
    ...(page.image
      ? [
          { property: "og:image", content: page.image },
          { name: "twitter:card", content: "summary_large_image" },
        ]
      : []),
    ...(page.hidden ? [{ name: "robots", content: "noindex" }] : []),
  ];
}

/** To the last whole word under 200 letters. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= 200 ? line : `${line.slice(0, 199).replace(/\s+\S*$/, "")}…`;
}
