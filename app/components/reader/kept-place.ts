/** Where one is in a book, on this device and, for who is signed in, on the others too. */
type Place = { place: string; share: number };
type Kept = Place & { at: number };
/** `readAt`: the last that the house told this device of. */
export type Elsewhere = Place & { readAt: string };

const patienceMs = 1_200;
const keyOf = (asset: string) => `reading-${asset}`;

export function placeOnDevice(asset: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(asset)) ?? "null") as Partial<Kept> | null;
    return typeof kept?.place === "string" && typeof kept.share === "number" && typeof kept.at === "number"
      ? (kept as Kept)
      : null;
  } catch {
    return null;
  }
}

/**
 * Keeps each place on the device at once, and tells the house (`address`, null for a sample) when the reader has stayed a moment, and on
 * leaving. `onElsewhere` is called with where another device has been meanwhile; `onLost` where the house could not be told.
 */
export function placeKeeper({
  asset,
  address,
  known,
  onElsewhere,
  onLost,
}: {
  asset: string;
  address: string | null;
  known: string | null;
  onElsewhere: (place: Elsewhere) => void;
  onLost: (lost: boolean) => void;
}) {
  let latest: Kept | null = null;
  let told: Kept | null = null;
  let seen = known;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = async (leaving: boolean) => {
    if (!address || !latest || latest === told) return;
    const sent = latest;
    told = sent;
    const body = { place: sent.place, share: sent.share, agoMs: Date.now() - sent.at, known: seen };
    try {
      const answer = await fetch(address, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        keepalive: leaving,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { readAt, elsewhere } = (await answer.json()) as { readAt: string; elsewhere: Elsewhere | null };
      seen = readAt;
      onLost(false);
      if (elsewhere) onElsewhere(elsewhere);
    } catch {
      // Told again with the next page.
      if (told === sent) told = null;
      onLost(true);
    }
  };
  const leave = () => void tell(true);
  window.addEventListener("pagehide", leave);
  return {
    keep(place: Place): void {
      latest = { ...place, at: Date.now() };
      try {
        localStorage.setItem(keyOf(asset), JSON.stringify(latest));
      } catch {
        // Then on the other devices alone.
      }
      clearTimeout(timer);
      timer = setTimeout(() => void tell(false), patienceMs);
    },
    close(): void {
      clearTimeout(timer);
      leave();
      window.removeEventListener("pagehide", leave);
    },
  };
}
