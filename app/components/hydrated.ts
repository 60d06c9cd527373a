import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False on the server and at the first paint, true once the browser's code runs: for what would do nothing without it. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
