import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";

export type Child = {
  process: ChildProcess;
  ended: Promise<NodeJS.Signals | number | null>;
  stop(): Promise<void>;
};

/** A worker as a process of its own, with the settings of a bare machine and the neighbours given. */
export function startWorker(
  script: URL,
  settings: { databaseUrl: string; stripeUrl: string; killAt?: string },
): Child {
  const child = spawn(process.execPath, [script.pathname], {
    cwd: new URL("../../", import.meta.url).pathname,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "test",
      LOG_LEVEL: "silent",
      DATABASE_URL: settings.databaseUrl,
      DATABASE_POOL: "6",
      SESSION_SECRET: "s".repeat(32),
      STRIPE_SECRET_KEY: "sk_test_histoire",
      STRIPE_WEBHOOK_SECRET: "whsec_histoire",
      STRIPE_API_BASE: settings.stripeUrl,
      // Nobody listens there: letters are tried again later and are no matter of this test.
      SMTP_URL: "smtp://127.0.0.1:9",
      MAIL_FROM: "coop@exemple.org",
      S3_ENDPOINT: "http://127.0.0.1:9",
      S3_BUCKET: "none",
      S3_ACCESS_KEY_ID: "none",
      S3_SECRET_ACCESS_KEY: "none",
      ...(settings.killAt && { KILL_AT: settings.killAt }),
    },
  });
  const ended = once(child, "exit").then(
    ([code, signal]) => (signal ?? code) as NodeJS.Signals | number | null,
  );
  return {
    process: child,
    ended,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await Promise.race([ended, pause(15_000)]);
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    },
  };
}

/** Waits until it is so; throws after `seconds`. */
export async function until(what: string, seconds: number, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(200)) {
    if (await isSo()) return;
  }
  throw new Error(`still not after ${seconds} s: ${what}`);
}
