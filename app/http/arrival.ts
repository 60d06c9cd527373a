import { BlockList, isIP } from "node:net";
import type { Request, RequestHandler } from "express";
import type { Settings } from "../../gateways/env.ts";

/** A form of ours is some kilobytes; files go to the bucket, never through here. */
const mostBytes = 1024 * 1024;

/**
 * Turns away what no page of ours would ask: an address that cannot be read, a NUL (PostgreSQL has no such character), a body too
 * large to be held in memory, or one that does not say how large it is.
 */
export const refuseMalformed: RequestHandler = (request, response, next) => {
  const refuse = (status: number, words: string) => {
    // What was announced is not read: the connection ends with the answer.
    response.setHeader("connection", "close");
    response.status(status).type("text/plain").send(words);
  };
  if (/%00|\0/.test(request.originalUrl) || !isReadable(request.path))
    return refuse(400, "This address cannot be read.");
  if (request.headers["transfer-encoding"] !== undefined) return refuse(411, "Say how long the body is.");
  if (Number(request.headers["content-length"] ?? 0) > mostBytes) return refuse(413, "This is too large.");
  next();
};

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * Every page bears the visitor's name or cart in its frame, redirects and errors as well: no cache keeps any of them, unless the
 * answer itself says otherwise (pictures, built files).
 */
export const keepPrivate: RequestHandler = (_, response, next) => {
  const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => typeof response;
  response.writeHead = (...given: unknown[]) => {
    if (!response.hasHeader("cache-control")) response.setHeader("cache-control", "private, no-store");
    return writeHead(...given);
  };
  next();
};

/** Pages are told the public address, whatever `Host` or `X-Forwarded-Host` a visitor claims: none can slip into a link. */
export function pinAddress(settings: Settings): RequestHandler {
  const { host, protocol } = new URL(settings.publicUrl);
  return (request, _, next) => {
    request.headers.host = host;
    delete request.headers["x-forwarded-host"];
    Object.defineProperty(request, "protocol", { value: protocol.slice(0, -1), configurable: true });
    next();
  };
}

const inside = new BlockList();
for (const [network, bits] of [
  ["127.0.0.0", 8],
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["169.254.0.0", 16],
] as const)
  inside.addSubnet(network, bits, "ipv4");
for (const [network, bits] of [
  ["::1", 128],
  ["fc00::", 7],
  ["fe80::", 10],
] as const)
  inside.addSubnet(network, bits, "ipv6");

/**
 * Who visits, as far as the network tells: an IPv4 address, or the /64 of an IPv6 one, which is one household. Null where only the
 * inside is seen (a demo, a proxy that names nobody): better no limit than one that all visitors share.
 */
export function visitorOf(
  request: Pick<Request, "headers" | "ip">,
  { clientAddressHeader }: Pick<Settings, "clientAddressHeader">,
): string | null {
  const named = clientAddressHeader === undefined ? undefined : request.headers[clientAddressHeader];
  const address = (typeof named === "string" ? named.trim() : (request.ip ?? "")).replace(
    /^::ffff:(?=[\d.]+$)/i,
    "",
  );
  const family = isIP(address);
  if (family === 0 || inside.check(address, family === 4 ? "ipv4" : "ipv6")) return null;
  return family === 4 ? address : householdOf(address);
}

function householdOf(address: string): string {
  const [left = "", right] = address.split("%")[0]!.split("::");
  const groups = (part: string | undefined) => (part ? part.split(":") : []);
  const zeros = right === undefined ? 0 : 8 - groups(left).length - groups(right).length;
  const all = [...groups(left), ...Array<string>(Math.max(0, zeros)).fill("0"), ...groups(right)];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}
