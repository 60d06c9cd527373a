import { randomBytes } from "node:crypto";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express from "express";
import pino from "pino";
import { keepPrivate, pinAddress, refuseMalformed, visitorOf } from "./app/http/arrival.ts";
import { sameOrigin, securityHeaders } from "./app/http/guards.ts";
import { PageMemory } from "./app/http/page-memory.ts";
import { pageMaker, publicPages } from "./app/http/public-pages.ts";
import { quietPath } from "./app/http/quiet-path.ts";
import { watchPages } from "./domain/catalogue/watch-pages.server.ts";
import { openHouse } from "./domain/house.server.ts";
import { readEnv, SettingsError } from "./gateways/env.ts";

/** The web process starts here. Nothing of ours outlives a request but the pool, the queue's sender and the built pages. */
async function start() {
  const settings = readEnv();
  const log = pino({ level: settings.logLevel, base: { process: "web" } });
  const { db, house, close } = await openHouse(settings, {
    work: false,
    onError: (error) => log.error({ err: error }),
  });

  const app = express();
  app.disable("x-powered-by");
  // Proxies stand on our own network; what a visitor from outside claims of an address is not believed.
  app.set("trust proxy", "loopback, linklocal, uniquelocal");
  app.use((request, response, next) => {
    const requestId = randomBytes(6).toString("hex");
    const nonce = randomBytes(16).toString("base64");
    response.locals = { requestId, nonce };
    securityHeaders(response, { nonce, settings });
    const begun = performance.now();
    response.on("finish", () =>
      log.debug({
        requestId,
        method: request.method,
        path: quietPath(request.path),
        status: response.statusCode,
        ms: Math.round(performance.now() - begun),
      }),
    );
    next();
  });
  app.use(keepPrivate, refuseMalformed, sameOrigin(settings));
  app.use(compression());

  let build: ServerBuild | (() => Promise<ServerBuild>);
  let stopVite = async () => {};
  if (settings.production) {
    app.use("/assets", express.static("build/client/assets", { immutable: true, maxAge: "1y" }));
    app.use(express.static("build/client", { maxAge: "1h" }));
    build = (await import(new URL("./build/server/index.js", import.meta.url).href)) as ServerBuild;
  } else {
    const { createServer } = await import("vite");
    const vite = await createServer({ server: { middlewareMode: true } });
    app.use(vite.middlewares);
    build = () => vite.ssrLoadModule("virtual:remix/server-build") as Promise<ServerBuild>;
    stopVite = () => vite.close();
  }
  app.all(
    "/{*splat}",
    pinAddress(settings),
    createRequestHandler({
      build,
      getLoadContext: (request, response) => ({
        db,
        house,
        nonce: response.locals.nonce,
        requestId: response.locals.requestId,
        visitor: visitorOf(request, settings),
      }),
    }),
  );

  let answer = (request: IncomingMessage, response: ServerResponse): void => void app(request, response);
  let stopListening = async () => {};
  if (typeof build !== "function") {
    const memory = new PageMemory();
    const { close: stop } = watchPages(settings.databaseUrl, {
      onNotice: () => memory.forget(),
      onHeard: () => memory.resume(),
      onLost: (error) => {
        memory.pause();
        log.warn({ err: error }, "public pages are made afresh until PostgreSQL can be heard again");
      },
    });
    stopListening = stop;
    answer = publicPages({
      memory,
      make: pageMaker({ build, settings, context: { db, house } }),
      otherwise: app,
    });
  }

  const server = createHttpServer(answer);
  server.once("error", (error: NodeJS.ErrnoException) => {
    console.error(
      error.code === "EADDRINUSE"
        ? `Port ${settings.port} is taken. Set PORT to another one, or stop what listens there.`
        : error.message,
    );
    process.exit(1);
  });
  server.listen(settings.port, settings.host, () => {
    log.info({ url: settings.publicUrl, port: settings.port }, "the shop is open");
    process.send?.({ ready: true });
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      server.close(() => {
        void Promise.all([close(), stopVite(), stopListening()]).finally(() => process.exit(0));
      });
      server.closeIdleConnections();
      setTimeout(() => process.exit(0), 8_000).unref();
    });
  }
}

start().catch((error: unknown) => {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(1);
});
