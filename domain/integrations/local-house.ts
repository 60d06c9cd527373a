import type { Settings } from "#gateways/env.ts";

/** Whether we stand on a bare machine, where programs to be told listen beside us: development, and a house that lives at a loopback address. */
export const isLocalHouse = ({
  production,
  publicUrl,
}: Pick<Settings, "production" | "publicUrl">): boolean =>
  !production || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(publicUrl).hostname);
