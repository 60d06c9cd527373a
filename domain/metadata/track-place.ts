/** Where a track stands on its album, by what its file's tags, name and folder say. Pure: names in, an order out. */

export type NamedPlace = { disc: number | null; number: number | null; title: string };

/**
 * What a file is called, with its folders: « CD2/03 - Marée.flac » is the third of the second disc, « B1 Marée » the first of the second
 * side of a record (sides count on: a disc has two), « 1-04 Marée » the fourth of the first. `title` is what is left of the name.
 */
export function placeInName(fileName: string): NamedPlace {
  const parts = fileName.split(/[\\/]/).filter(Boolean);
  const base = (parts.pop() ?? "").replace(/\.[a-z0-9]{2,5}$/i, "");
  const folder = parts.map(discOfFolder).findLast((disc) => disc !== null) ?? null;
  const title = (text: string | undefined) =>
    text?.replace(/_/g, " ").replace(/\s+/g, " ").trim() || base.trim();
  const spaced = base.replace(/_/g, " ");
  const both = /^(\d{1,2})[-.](\d{2,3})(?:\s*[-.)]\s*|\s+)(.*)$/.exec(spaced);
  if (both) return { disc: Number(both[1]), number: Number(both[2]), title: title(both[3]) };
  const side =
    /^([A-H])(\d{1,2})(?:\s*[-.)]\s*|\s+)(.*)$/.exec(spaced) ?? /^([A-H])(\d{1,2})()$/.exec(spaced);
  if (side) {
    const sides = side[1]!.charCodeAt(0) - 65;
    return {
      disc: Math.floor(sides / 2) + 1,
      number: (sides % 2) * 100 + Number(side[2]),
      title: title(side[3]),
    };
  }
  const number =
    /^(?:track|piste|plage|titre|n[o°]\.?)?\s*(\d{1,3})(?:\s*[-.)\]]+\s*|\s+)(.*)$/i.exec(spaced) ??
    /^(0\d)(?=\p{L})(.*)$/u.exec(spaced) ??
    /^(?:track|piste|plage)?\s*(\d{1,3})()$/i.exec(spaced);
  if (number) return { disc: folder, number: Number(number[1]), title: title(number[2]) };
  const within = /^.{1,80}? - (\d{2,3}) - (.+)$/.exec(spaced);
  if (within) return { disc: folder, number: Number(within[1]), title: title(within[2]) };
  return { disc: folder, number: null, title: title(spaced) };
}

/** « CD1 », « Disque 2 », « Disc_03 - Live », « LP 2 »; null where a folder says nothing of the kind. */
function discOfFolder(folder: string): number | null {
  const found = /^(?:.*[\s._([-])?(?:cd|dis[ck]|disque|lp|vinyle?)[\s._-]*0*(\d{1,2})(?!\d)/i.exec(folder);
  return found && Number(found[1]) > 0 ? Number(found[1]) : null;
}

export type TrackFile = {
  id: string;
  fileName: string;
  /** As tagged; null where the tags forgot. */
  disc: number | null;
  number: number | null;
};

/**
 * One order for all the tracks of an album, whatever their tags forgot. Tags are believed disc by disc while no two of them bear the same
 * number there (some taggers write « 1 » everywhere); then the names of the files, then their alphabet, numbers counted as numbers. Each has
 * a place of its own: its number where that is free, else the next.
 */
export function placeTracks(files: readonly TrackFile[]): { id: string; disc: number; position: number }[] {
  const read = files.map((file) => {
    const named = placeInName(file.fileName);
    return { ...file, named, disc: file.disc ?? named.disc ?? 1 };
  });
  const discs = Map.groupBy(read, ({ disc }) => disc);
  return [...discs.keys()]
    .toSorted((a, b) => a - b)
    .flatMap((disc) => {
      const tracks = discs.get(disc)!;
      const tagged = tracks.map(({ number }) => number).filter((number) => number !== null);
      const told = new Set(tagged).size === tagged.length;
      const placed = tracks.map((track) => ({
        id: track.id,
        fileName: track.fileName,
        number: (told ? track.number : null) ?? track.named.number ?? track.number,
      }));
      const numbers = placed.map(({ number }) => number).filter((number) => number !== null);
      // Sides count from 100 on and names may repeat: where numbers are not places, their order alone counts.
      const arePlaces = new Set(numbers).size === numbers.length && Math.max(0, ...numbers) < 100;
      let last = 0;
      return placed.toSorted(inOrder).map(({ id, number }) => {
        last = arePlaces && number !== null && number > last ? number : last + 1;
        return { id, disc, position: last };
      });
    });
}

const natural = new Intl.Collator("fr", { numeric: true, sensitivity: "base" });

/** Behind whatever has one. */
const noNumber = 100_000;

function inOrder(
  a: { id: string; fileName: string; number: number | null },
  b: { id: string; fileName: string; number: number | null },
): number {
  return (
    (a.number ?? noNumber) - (b.number ?? noNumber) ||
    natural.compare(a.fileName, b.fileName) ||
    (a.id < b.id ? -1 : 1)
  );
}
