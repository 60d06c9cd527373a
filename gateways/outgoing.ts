import { lookup as resolve } from "node:dns/promises";
import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Why an address of somebody else is none that we send to, or what came of sending. */
export type OutgoingFailure =
  | "not_https"
  | "not_an_address"
  | "not_found"
  | "private"
  | "no_answer"
  | "too_slow";

// What leads into our own network, or to nobody: loopback, private, link-local (where clouds keep their secrets), shared, reserved.
const closed = new BlockList();
for (const [net, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  closed.addSubnet(net, prefix, "ipv4");
// Of the sixth version only what is given out to the world (2000::/3) is open, less what carries an address of the fourth or is for books.
const open6 = new BlockList();
open6.addSubnet("2000::", 3, "ipv6");
const closed6 = new BlockList();
for (const [net, prefix] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
] as const)
  closed6.addSubnet(net, prefix, "ipv6");

/** Whether an address of the network is open to the world. */
export const isPublicAddress = (address: string): boolean =>
  isIP(address) === 4
    ? !closed.check(address, "ipv4")
    : open6.check(address, "ipv6") && !closed6.check(address, "ipv6");

/**
 * Judges where somebody wants to be told: https, and every address of the name open to the world. `anywhere`: on a bare machine plain
 * http and our own network will do. Null: it is fine.
 */
export async function judgeOutgoing(
  url: string,
  { anywhere }: { anywhere: boolean },
): Promise<OutgoingFailure | null> {
  const target = URL.canParse(url) ? new URL(url) : null;
  if (!target || !/^https?:$/.test(target.protocol) || target.username || target.password || target.hash)
    return "not_an_address";
  if (anywhere) return null;
  if (target.protocol !== "https:") return "not_https";
  const host = target.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host)) return isPublicAddress(host) ? null : "private";
  try {
    const found = await resolve(host, { all: true });
    return found.every(({ address }) => isPublicAddress(address)) ? null : "private";
  } catch {
    return "not_found";
  }
}

/** What is connected to is what was judged: a name that says another address the second time gains nothing. */
const lookupPublic: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }).then(
    (found) => {
      if (!found.every(({ address }) => isPublicAddress(address)))
        return done(Object.assign(new Error("private"), { code: "private" }), "", 4);
      const first = found[0]!;
      if (options.all) done(null, found);
      else done(null, first.address, first.family);
    },
    (error: NodeJS.ErrnoException) => done(error, "", 4),
  );
};

const mostMs = 10_000;

/**
 * Posts a body to an address of somebody else, once: no redirect is followed and nothing of the answer is read but its status. Takes ten
 * seconds at most. Never throws: what went wrong is said.
 */
export async function postOutgoing(
  url: string,
  { body, headers, anywhere }: { body: string; headers: Record<string, string>; anywhere: boolean },
): Promise<{ status: number } | { failure: OutgoingFailure }> {
  const target = URL.canParse(url) ? new URL(url) : null;
  if (!target) return { failure: "not_an_address" };
  const host = target.hostname.replace(/^\[|\]$/g, "");
  if (!anywhere && target.protocol !== "https:") return { failure: "not_https" };
  // A bare address is not looked up, so that it is judged here.
  if (!anywhere && isIP(host) && !isPublicAddress(host)) return { failure: "private" };
  const ask = target.protocol === "https:" ? secureRequest : plainRequest;
  return new Promise((settle) => {
    const request = ask(
      target,
      {
        method: "POST",
        agent: false,
        headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
        signal: AbortSignal.timeout(mostMs),
        ...(!anywhere && { lookup: lookupPublic }),
      },
      (response) => {
        settle({ status: response.statusCode ?? 0 });
        response.destroy();
      },
    );
    request.on("error", (error: NodeJS.ErrnoException) => settle({ failure: failureOf(error) }));
    request.end(body);
  });
}

function failureOf({ code, name }: NodeJS.ErrnoException): OutgoingFailure {
  if (code === "private") return "private";
  if (name === "AbortError" || name === "TimeoutError" || code === "ABORT_ERR") return "too_slow";
  return code === "ENOTFOUND" || code === "EAI_AGAIN" ? "not_found" : "no_answer";
}
