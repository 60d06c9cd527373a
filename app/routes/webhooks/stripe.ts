import type { ActionFunctionArgs } from "@remix-run/node";
import { receiveStripeEvent } from "#domain/sales/receive-stripe-event.server.ts";

/** Stripe's events are small (a few kB); nobody else has reason to post here. */
const mostBytes = 512 * 1024;

/**
 * Stripe posts here. The bytes as they came, the signature, the event kept once, a job rung: nothing else happens in the
 * request. 400 makes Stripe show the endpoint as failing, which is right for a wrong secret; a 500 of ours makes it try again
 * for three days, which is right too, since nothing was kept.
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const rawBody = await readAtMost(mostBytes, request);
  if (rawBody === null) return answer(413, "too large");
  const outcome = await receiveStripeEvent(context.db, context.house, {
    rawBody,
    signature: request.headers.get("stripe-signature"),
  });
  if ("refused" in outcome) {
    // One line an event, so that a flood or a wrong secret is counted where the log is read; never the body.
    console.warn(
      JSON.stringify({ msg: "stripe event refused", reason: outcome.refused, requestId: context.requestId }),
    );
    return answer(400, outcome.refused);
  }
  return answer(200, outcome.received);
}

/** Nothing to read here. */
export function loader() {
  return new Response(null, { status: 404 });
}

/** The bytes as they came; null as soon as they are too many, whatever the headers announced. */
async function readAtMost(most: number, request: Request): Promise<Uint8Array | null> {
  const reader = request.body?.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    size += read.value.byteLength;
    if (size > most) return null;
    pieces.push(read.value);
  }
  return Buffer.concat(pieces);
}

const answer = (status: number, words: string) =>
  new Response(words, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });
