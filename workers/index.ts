import { createServer } from "node:http";
import { pino } from "pino";
import { isAlive, openHouse } from "#domain/house.server.ts";
import { readEnv, SettingsError } from "#gateways/env.ts";
import { runWorker } from "./run.ts";

/** The job process. `SIGTERM` lets running jobs end; what is killed is finished by the next one. */
async function start(): Promise<void> {
  const settings = readEnv();
  const log = pino({ level: settings.logLevel, base: { process: "worker" } });
  const onError = (error: Error) => log.error({ err: error }, "connection lost, coming back");
  const { db, house, close } = await openHouse(settings, { work: true, onError });
  const health = listenForHealth(process.env.WORKER_HEALTH_PORT, () => isAlive(db));
  let leaving = false;
  const leave = async (signal: string) => {
    if (leaving) return;
    leaving = true;
    log.info({ signal }, "finishing what is begun");
    health?.close();
    await close();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => void leave(signal));

  await runWorker(db, house, log);
  // The bucket of a first day, and the browsers' right to send parts to it. A key that may not is no reason to stop.
  await house.storage
    .ensureBucket([settings.publicUrl])
    .catch((error: unknown) =>
      log.warn({ err: error }, "the bucket could not be prepared; see docs/running.md"),
    );
  process.send?.({ ready: true });
}

/** Answers 200 while the database answers, for who supervises the process; no port, no server. */
function listenForHealth(port: string | undefined, alive: () => Promise<void>) {
  if (!port) return undefined;
  const server = createServer((_, response) => {
    alive().then(
      () => response.writeHead(200, { "content-type": "text/plain" }).end("ok\n"),
      () => response.writeHead(503, { "content-type": "text/plain" }).end("no database\n"),
    );
  });
  return server.listen(Number(port));
}

try {
  await start();
} catch (error) {
  // A missing setting is told in words; anything else with its stack.
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(1);
}
