import { PassThrough } from "node:stream";
import {
  type AppLoadContext,
  createReadableStreamFromReadable,
  type EntryContext,
  type HandleErrorFunction,
} from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { NonceContext, ReferenceContext } from "./http/nonce.ts";
import { quietPath } from "./http/quiet-path.ts";

const patienceMs = 5_000;

/** People get the page as it streams; robots, and the memory that keeps public pages, get it whole. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  const { nonce, requestId } = context;
  const whole = nonce === undefined || isbot(request.headers.get("user-agent") ?? "");
  const whenReady = whole ? "onAllReady" : "onShellReady";
  return new Promise((resolve, reject) => {
    let begun = false;
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <ReferenceContext.Provider value={requestId}>
          <RemixServer context={remix} url={request.url} abortDelay={patienceMs} {...(nonce && { nonce })} />
        </ReferenceContext.Provider>
      </NonceContext.Provider>,
      {
        ...(nonce && { nonce }),
        [whenReady]() {
          begun = true;
          const body = new PassThrough();
          headers.set("content-type", "text/html; charset=utf-8");
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
          pipe(body);
        },
        onShellError: reject,
        onError(error) {
          if (begun && !request.signal.aborted) console.error(error);
        },
      },
    );
    setTimeout(abort, patienceMs + 1_000).unref();
  });
}

/** A 404 is no accident; a broken loader is, and is logged with the name that the page shows. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted || error instanceof Response) return;
  if (typeof error === "object" && error !== null && "status" in error && Number(error.status) < 500) return;
  console.error(
    JSON.stringify({
      level: "error",
      requestId: context.requestId,
      path: quietPath(new URL(request.url).pathname),
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
  );
};
