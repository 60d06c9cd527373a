import type { AppLoadContext } from "@remix-run/node";
import type { DeviceKind } from "#domain/library/create-device.server.ts";
import { DeviceGuesses } from "#domain/library/device-guesses.ts";
import {
  type DeviceOwner,
  type DeviceProof,
  recogniseDevice,
} from "#domain/library/recognise-device.server.ts";

const guesses = new DeviceGuesses();

export type Recognised = DeviceOwner | "revoked" | "unknown" | "too_many";

/**
 * Who stands behind a device's password. Wrong ones are counted by visitor and username; a device that was ended and asks on is not
 * guessing, and does not shut out the others of its household.
 */
export async function knowDevice(
  { db, house, visitor }: AppLoadContext,
  asked: { kind: DeviceKind; proof: DeviceProof },
): Promise<Recognised> {
  const now = house.clock.now();
  const key = `${visitor ?? ""} ${asked.proof.email?.trim().toLowerCase() ?? "key"}`.slice(0, 300);
  if (!guesses.mayTry(key, now)) return "too_many";
  const found = await recogniseDevice(db, house, asked);
  if (found) return found;
  guesses.wrong(key, now);
  return "unknown";
}

/** What an `Authorization: Basic` header says (RFC 7617, UTF-8); null without one, or where it cannot be read. */
export function basicOf(request: Request): { email: string; password: string } | null {
  const [, encoded] = /^basic\s+([\w+/=-]+)\s*$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  if (!encoded) return null;
  const text = Buffer.from(encoded, "base64").toString("utf8").replaceAll("\0", "");
  const colon = text.indexOf(":");
  return colon > 0 ? { email: text.slice(0, colon), password: text.slice(colon + 1) } : null;
}
