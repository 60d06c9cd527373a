import { lazy, Suspense, useEffect } from "react";
import type { Locale } from "#i18n/locale.ts";
import { player, usePlayer } from "./player.ts";

// Only who hears something fetches it.
const Bar = lazy(() => import("./bar.tsx"));

/** Where the player stands, below every page: nothing until something is heard. `away`: on another site, links open beside it. */
export function Dock({ locale, away = false }: { locale: Locale; away?: boolean }) {
  const { queue } = usePlayer();
  useEffect(() => player.restore(), []);
  if (queue.tunes.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <Bar locale={locale} away={away} />
    </Suspense>
  );
}
