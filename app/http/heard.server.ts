import { type Hearing, readHearing, writeHearing } from "#domain/delivery/free-plays.ts";
import type { Settings } from "#gateways/env.ts";
import { cookies } from "./cookies.server.ts";

/** What this browser has heard before buying; one that is damaged or not ours is nothing. */
export async function readHeard(request: Request, settings: Settings): Promise<Hearing> {
  const header = request.headers.get("cookie");
  return header ? readHearing(await cookies(settings).heard.parse(header)) : [];
}

/** The `Set-Cookie` that keeps it, in the browser alone. */
export const keepHeard = (hearing: Hearing, settings: Settings): Promise<string> =>
  cookies(settings).heard.serialize(writeHearing(hearing));
