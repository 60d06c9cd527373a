import ePub, { type Contents, type Location, type NavItem } from "@likecoin/epub-ts";
import { bookRules, type Display } from "./display.ts";

export type Chapter = { label: string; href: string; depth: number };
export type Found = { place: string; excerpt: string };
/** `share` of the whole in basis points, null until the book has been measured. `moved`: the reader has gone there, not the book. */
export type Here = {
  place: string;
  share: number | null;
  chapter: string | null;
  atEnd: boolean;
  moved: boolean;
};

export type OpenBook = {
  chapters: Chapter[];
  next(): void;
  previous(): void;
  goTo(place: string): void;
  goToShare(share: number): void;
  show(display: Display): void;
  /** At most `most` passages; stops where `cancelled` says so. */
  search(words: string, most: number, cancelled: () => boolean): Promise<Found[]>;
  close(): void;
};

/** A page of a paperback, about: what the progress is counted in. */
const lettersOfPage = 1_500;
const tapShare = 0.3;
const swipePixels = 50;

/**
 * Opens an EPUB in `place` and tells where one is. The book lies in a frame without scripts (`sandbox`, and the page's policy says the
 * same); what would reach out of it (scripts, frames, forms, refreshes) is taken out besides.
 */
export async function openBook(
  place: HTMLElement,
  file: ArrayBuffer,
  {
    at,
    display,
    title,
    onMove,
    onKey,
  }: {
    at: { place: string | null; share: number | null };
    display: Display;
    /** Of the frame, for who hears the page. */
    title: string;
    onMove: (here: Here) => void;
    onKey: (event: KeyboardEvent) => void;
  },
): Promise<OpenBook> {
  const book = ePub(file);
  await book.opened;
  book.spine.hooks.content.register((content: Element | Document) => keepInside(content));
  const chapters = chaptersOf(book.navigation.toc);
  const rendition = book.renderTo(place, {
    ...{ width: "100%", height: "100%", flow: "paginated", spread: "auto", minSpreadWidth: 960 },
    ...{ method: "srcdoc", allowScriptedContent: false, allowPopups: false },
  });
  const rightToLeft = book.packaging.metadata.direction === "rtl";
  let measured = false;
  let closed = false;
  let moved = false;
  const turn = (forward: boolean) => {
    moved = true;
    void (forward ? rendition.next() : rendition.prev()).catch(() => {});
  };
  const goTo = (target: string) => {
    moved = true;
    void rendition.display(target).catch(() => {});
  };
  const goToShare = (share: number) => goTo(String(book.locations.cfiFromPercentage(share / 10_000)));
  const toSide = (right: boolean) => turn(right !== rightToLeft);

  const here = (location: Location): Here => {
    const { cfi, href } = location.start;
    const share = measured ? book.locations.percentageFromCfi(cfi) : null;
    return {
      place: cfi,
      share: location.atEnd ? 10_000 : share === null ? null : Math.round(share * 10_000),
      chapter: chapterAt(chapters, href),
      atEnd: location.atEnd === true,
      moved,
    };
  };
  rendition.on("relocated", (location) => onMove(here(location)));
  rendition.hooks.content.register((contents: Contents) => {
    const { document: page } = contents;
    page.defaultView?.frameElement?.setAttribute("title", title);
    page.addEventListener("keydown", onKey);
    listenToHand(page, place, toSide);
  });
  apply(display);
  function apply(wanted: Display) {
    rendition.themes.registerRules("shown", bookRules(wanted));
    rendition.themes.select("shown");
    rendition.themes.fontSize(`${wanted.size}%`);
  }

  // A place of another file of this book leads nowhere: its beginning then.
  await rendition.display(at.place ?? undefined).catch(() => rendition.display());
  void book.locations.generate(lettersOfPage).then(() => {
    if (closed) return;
    measured = true;
    const location = rendition.currentLocation();
    if (at.place === null && at.share !== null && !moved) goToShare(at.share);
    else if (location?.start) onMove(here(location));
  });

  return {
    chapters,
    next: () => turn(true),
    previous: () => turn(false),
    goTo,
    goToShare,
    show: apply,
    async search(words, most, cancelled) {
      const found: Found[] = [];
      for (const section of book.spine.spineItems) {
        if (cancelled() || found.length >= most) break;
        try {
          await section.load(book.load.bind(book));
          found.push(
            ...section.search(words).map(({ cfi, excerpt }) => ({ place: cfi, excerpt: excerpt.trim() })),
          );
        } catch {
          // A chapter that cannot be read holds nothing to be found.
        } finally {
          section.unload();
        }
      }
      return found.slice(0, most);
    },
    close() {
      closed = true;
      book.destroy();
    },
  };
}

/** Takes out what acts by itself; links to other sites open beside the book, and tell that site nothing of it. */
function keepInside(content: Element | Document): void {
  for (const each of content.querySelectorAll(
    "script, iframe, frame, object, embed, form, base, meta[http-equiv], link[rel=import], portal",
  ))
    each.remove();
  for (const link of content.querySelectorAll("a[href]")) link.removeAttribute("ping");
}

const chaptersOf = (items: readonly NavItem[], depth = 1): Chapter[] =>
  items.flatMap(({ label, href, subitems }) => [
    { label: label.replace(/\s+/g, " ").trim(), href, depth },
    ...chaptersOf(subitems ?? [], depth + 1),
  ]);

const fileOf = (href: string) => (href.split("#")[0] ?? "").replace(/^.*\//, "");

function chapterAt(chapters: readonly Chapter[], href: string): string | null {
  return chapters.find((chapter) => fileOf(chapter.href) === fileOf(href))?.label ?? null;
}

/** A tap near an edge, or a stroke across, turns the page; a tap on a link or on chosen words does not. */
function listenToHand(page: Document, place: HTMLElement, toSide: (right: boolean) => void): void {
  page.addEventListener("click", (event) => {
    const link = (event.target as Element | null)?.closest?.("a[href]");
    if (link) {
      const href = link.getAttribute("href") ?? "";
      if (/^https?:/i.test(href)) {
        event.preventDefault();
        window.open(href, "_blank", "noopener,noreferrer");
      }
      return;
    }
    if (page.getSelection()?.toString()) return;
    const frame = page.defaultView?.frameElement?.getBoundingClientRect();
    const { left, width } = place.getBoundingClientRect();
    const share = ((frame?.left ?? 0) + event.clientX - left) / width;
    if (share < tapShare) toSide(false);
    else if (share > 1 - tapShare) toSide(true);
  });
  let from: number | null = null;
  page.addEventListener("touchstart", ({ touches }) => {
    from = touches.length === 1 ? (touches[0]?.screenX ?? null) : null;
  });
  page.addEventListener("touchend", ({ changedTouches }) => {
    const to = changedTouches[0]?.screenX;
    if (
      from !== null &&
      to !== undefined &&
      Math.abs(to - from) > swipePixels &&
      !page.getSelection()?.toString()
    )
      toSide(to < from);
    from = null;
  });
}
