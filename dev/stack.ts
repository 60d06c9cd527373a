import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { migrate } from "#db/migrate.ts";
import { plantSeeds } from "#db/seed.ts";
import { type MailCatcher, startMail } from "#dev/emulators/mail/server.ts";
import { startS3 } from "#dev/emulators/s3/server.ts";
import { type StripeDouble, startStripe } from "#dev/emulators/stripe/server.ts";
import { type Postgres, startPostgres } from "#dev/postgres.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

export type StackOptions = {
  /** Everything that the neighbours keep lies below this folder. */
  dataDir: string;
  database: string;
  /** A copy of this database instead of an empty one. */
  template?: string;
  /** Commits survive a power cut; tests say false. */
  durable: boolean;
  /** 0 or absent: any free port. */
  ports?: { web?: number; s3?: number; stripe?: number; smtp?: number; outbox?: number };
  /** A cluster to share, as the tests do; otherwise one of its own, stopped with the rest. */
  postgres?: Postgres;
  /** Where the Stripe double writes every exchange, for the contract checker. */
  recordStripe?: string;
  /** With Vite's development server instead of the built application. */
  development?: boolean;
  logLevel?: string;
};

export type Stack = {
  url: string;
  /** The environment of web and worker: the very settings of production, with our neighbours' addresses. */
  env: Record<string, string>;
  postgres: Postgres;
  stripe: StripeDouble;
  mail: MailCatcher;
  startWeb(): Promise<ChildProcess>;
  startWorker(): Promise<ChildProcess>;
  stop(): Promise<void>;
};

/**
 * The whole house on embedded parts: PostgreSQL, S3, the Stripe double and the mail catcher in this process or beside it, web and
 * worker as processes of their own, joined by the environment alone.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { ports = {} } = options;
  const place = (name: string) => join(options.dataDir, name);
  const closers: (() => Promise<unknown>)[] = [];
  const children: ChildProcess[] = [];

  const postgres =
    options.postgres ?? (await startPostgres({ dataDir: place("postgres"), durable: options.durable }));
  if (!options.postgres) closers.push(() => postgres.stop());
  await postgres.createDatabase(options.database, options.template);
  const databaseUrl = postgres.url(options.database);
  await migrate(databaseUrl);
  await plantSeeds(databaseUrl);

  const web = ports.web || (await freePort());
  const url = `http://127.0.0.1:${web}`;
  const keys = { accessKeyId: "demo", secretAccessKey: "demo-secret" };
  const s3 = await startS3({ dataDir: place("s3"), port: await freeOr(ports.s3), ...keys });
  closers.unshift(() => s3.close());
  const mail = await startMail({
    dataDir: place("mail"),
    smtpPort: await freeOr(ports.smtp),
    webPort: await freeOr(ports.outbox),
  });
  closers.unshift(() => mail.close());
  const webhookSecret = "whsec_demo_0123456789abcdef0123456789abcdef";
  const apiKey = "sk_test_demo0123456789abcdef";
  const stripe = await startStripe({
    dataDir: place("stripe"),
    port: await freeOr(ports.stripe),
    apiKey,
    webhookSecret,
    webhookUrl: `${url}/webhooks/stripe`,
    ...(options.recordStripe ? { record: options.recordStripe } : {}),
  });
  closers.unshift(() => stripe.close());

  const env: Record<string, string> = {
    NODE_ENV: options.development ? "development" : "production",
    PORT: String(web),
    HOST: "127.0.0.1",
    PUBLIC_URL: url,
    SESSION_SECRET: "a secret of the demo alone, on this machine alone",
    DATABASE_URL: databaseUrl,
    S3_ENDPOINT: s3.url,
    S3_REGION: "us-east-1",
    S3_BUCKET: "oeuvres",
    S3_ACCESS_KEY_ID: keys.accessKeyId,
    S3_SECRET_ACCESS_KEY: keys.secretAccessKey,
    S3_FORCE_PATH_STYLE: "true",
    STRIPE_SECRET_KEY: apiKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_BASE: stripe.url,
    SMTP_URL: mail.smtpUrl,
    MAIL_FROM: "ventes.coop <bonjour@ventes.example>",
    LOG_LEVEL: options.logLevel ?? "warn",
    DEMO_OUTBOX_URL: mail.webUrl,
    // Browsers make no passkey for a number, which is where a demo stands.
    PASSKEY_REQUIRED: "false",
  };

  const start = async (file: string) => {
    const child = spawn(process.execPath, [file], {
      cwd: root,
      env: { ...inherited(), ...env } as NodeJS.ProcessEnv & typeof env,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    children.push(child);
    await ready(child, file);
    return child;
  };

  return {
    url,
    env,
    postgres,
    stripe,
    mail,
    startWeb: () => start("server.ts"),
    startWorker: () => start("workers/index.ts"),
    async stop() {
      await Promise.all(children.map(end));
      for (const close of closers) await close();
    },
  };
}

/** What the children may know of this machine; nothing else of our environment reaches them. */
function inherited(): Record<string, string> {
  const names = ["PATH", "HOME", "LANG", "TZ", "TMPDIR", "FFMPEG_PATH", "NODE_OPTIONS", "NODE_COMPILE_CACHE"];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

function ready(child: ChildProcess, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${file} did not say that it is ready within 60 s`)),
      60_000,
    );
    child.once("message", () => {
      clearTimeout(timer);
      resolve();
    });
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`${file} ended at once (${code}); what it said is above`));
    });
  });
}

/** Ends a process of ours: asks, and after ten seconds insists. */
export function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

/** The port asked where it is free, else any. */
async function freeOr(port: number | undefined): Promise<number> {
  return port && (await isFree(port)) ? port : freePort();
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
