import type { AppLoadContext, LoaderFunctionArgs } from "@remix-run/node";
import { knowDevice } from "#app/http/device-door.server.ts";
import type { DeviceOwner, DeviceProof } from "#domain/library/recognise-device.server.ts";
import { SubsonicFailure } from "./subsonic-envelope.ts";
import { uuidOfId } from "./subsonic-shapes.ts";

/** One call of a player: what it asks, and whose library it opens. */
export type Call = {
  asked: URLSearchParams;
  owner: DeviceOwner;
  request: Request;
  context: AppLoadContext;
};

/** What was asked, from the address and from a form that was sent, without NULs, which no column can hold. */
export async function readAsked(request: Request): Promise<URLSearchParams> {
  const asked = new URLSearchParams(new URL(request.url).search);
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers.get("content-type") ?? "");
  if (request.method === "POST" && isForm)
    for (const [name, value] of new URLSearchParams(await request.text())) asked.append(name, value);
  return new URLSearchParams([...asked].map(([name, value]) => [name, value.replaceAll("\0", "")]));
}

/** Lets a player in by its key, its token or its password; a device that was ended is told so by HTTP as well. */
export async function enterByPlayer(
  { context }: Pick<LoaderFunctionArgs, "context">,
  asked: URLSearchParams,
): Promise<DeviceOwner> {
  const proof = proofOf(asked);
  const code = proof.email === null ? 44 : 40;
  const found = await knowDevice(context, { kind: "player", proof });
  if (found === "too_many")
    throw new SubsonicFailure(code, "Too many wrong passwords. Wait ten minutes.", 429);
  if (found === "unknown") throw new SubsonicFailure(code);
  if (found === "revoked") throw new SubsonicFailure(code, "This device was closed by its owner.", 401);
  // The version before the point is of the protocol: 1, always, so far.
  const version = Number.parseInt(asked.get("v") ?? "1", 10);
  if (version > 1) throw new SubsonicFailure(30);
  if (version < 1) throw new SubsonicFailure(20);
  return found;
}

function proofOf(asked: URLSearchParams): DeviceProof {
  const [key, email, password, token, salt] = ["apiKey", "u", "p", "t", "s"].map((name) => asked.get(name));
  if (key) {
    if (email || password || token) throw new SubsonicFailure(43);
    return { email: null, password: key };
  }
  if (!email) throw new SubsonicFailure(10);
  if (token && salt) {
    if (password) throw new SubsonicFailure(43);
    return { email, token, salt };
  }
  if (!password) throw new SubsonicFailure(10);
  return {
    email,
    password: password.startsWith("enc:")
      ? Buffer.from(password.slice(4), "hex").toString("utf8").replaceAll("\0", "")
      : password,
  };
}

/** A parameter that the call cannot do without. */
export function required(asked: URLSearchParams, name: string): string {
  const value = asked.get(name);
  if (!value) throw new SubsonicFailure(10, `Required parameter "${name}" is missing.`);
  return value;
}

/** The uuid that a required id names; what is none of ours is not found. */
export function idOf(asked: URLSearchParams, kind: "ar" | "al" | "tr" | "pl", name = "id"): string {
  const id = uuidOfId(required(asked, name), kind);
  if (id === null) throw new SubsonicFailure(70);
  return id;
}

export const idsOf = (asked: URLSearchParams, name: string): string[] =>
  asked.getAll(name).flatMap((id) => uuidOfId(id) ?? []);

/** A whole number of at least 0 and at most `most`; `otherwise` where it is none. */
export function countOf(asked: URLSearchParams, name: string, otherwise: number, most = 500): number {
  const value = asked.get(name);
  return value !== null && /^\d{1,9}$/.test(value) ? Math.min(Number(value), most) : otherwise;
}
