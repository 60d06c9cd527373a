// Every exchange, as a line of JSON that a checker of the contract can read: what was asked and answered, and each event
// that was delivered. Secrets are not written down.
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Delivery } from "./deliveries.ts";

export type Exchange = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  /** 0: the connection was cut before an answer. */
  status: number;
  response_headers: Record<string, string> | null;
  response: object | null;
};
export type DeliveredEvent = {
  kind: "event";
  raw: string;
  signature: string;
  received_at: number;
  delivered: number;
};

const KEPT = 2000;

export function recorder(file: string | undefined) {
  if (file) mkdirSync(dirname(file), { recursive: true });
  const lines: (Exchange | DeliveredEvent)[] = [];
  let closed = false;
  const write = (line: Exchange | DeliveredEvent) => {
    if (closed) return;
    lines.push(line);
    if (lines.length > KEPT) lines.shift();
    if (file) appendFileSync(file, `${JSON.stringify(line)}\n`);
  };
  return {
    exchange(exchange: Exchange) {
      const { authorization } = exchange.headers;
      const headers = { ...exchange.headers };
      if (authorization) headers.authorization = authorization.replace(/^(\w+) .*/, "$1 ***");
      // The package tells about the machine in these; the contract does not need it.
      for (const name of Object.keys(headers))
        if (/^x-stripe|^user-agent$|^host$/.test(name)) delete headers[name];
      write({ ...exchange, headers });
    },
    delivered(delivery: Delivery) {
      write({
        kind: "event",
        raw: delivery.raw,
        signature: delivery.signature,
        received_at: delivery.receivedAt,
        delivered: delivery.status,
      });
    },
    lines: () => [...lines],
    /** An answer that was slow, or given up, may come after the end. */
    close() {
      closed = true;
    },
  };
}
