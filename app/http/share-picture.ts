/** 1,200 by 630, as other sites show the page of a shop. */
const ofTheHouse = "/partage.png";

/**
 * The picture by which a page is shared that has none of its own: the house's. Null where one of the routes of the page gives `image`,
 * which its head tells (`head.ts`).
 */
export function sharePicture(matches: readonly { data: unknown }[], publicUrl: string): string | null {
  const hasOwn = matches.some(({ data }) => Boolean((data as { image?: unknown } | null | undefined)?.image));
  return hasOwn ? null : publicUrl + ofTheHouse;
}
