import { z } from "zod";

const text = z.string().trim().min(1);
const flag = z.enum(["true", "false"]).transform((value) => value === "true");

/** Every setting of the house; `.env.example` explains each. Empty means absent. */
const shape = z.object({
  NODE_ENV: z.enum(["production", "development", "test"]).default("development"),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: text.default("127.0.0.1"),
  PUBLIC_URL: z.url().default("http://127.0.0.1:3000"),
  SESSION_SECRET: text.min(32),
  DATABASE_URL: text,
  DATABASE_OWNER_URL: text.optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(10),
  S3_ENDPOINT: z.url().optional(),
  S3_PUBLIC_ENDPOINT: z.url().optional(),
  S3_REGION: text.default("us-east-1"),
  S3_BUCKET: text,
  S3_ACCESS_KEY_ID: text,
  S3_SECRET_ACCESS_KEY: text,
  S3_FORCE_PATH_STYLE: flag.default(false),
  STRIPE_SECRET_KEY: text,
  STRIPE_WEBHOOK_SECRET: text,
  STRIPE_API_BASE: z.url().optional(),
  PASSKEY_REQUIRED: flag.optional(),
  TAX_ENGINE: z.enum(["table", "stripe"]).default("table"),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  MAIL_FROM: text,
  FFMPEG_PATH: text.default("ffmpeg"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  CLIENT_ADDRESS_HEADER: text.toLowerCase().optional(),
  DEMO_OUTBOX_URL: z.url().optional(),
});

export type Settings = ReturnType<typeof settle>;

function settle(env: z.infer<typeof shape>) {
  return {
    production: env.NODE_ENV === "production",
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL.replace(/\/$/, ""),
    /** Cookies may only be `Secure` where the site is; a demo on plain http says so by its address. */
    secure: env.PUBLIC_URL.startsWith("https:"),
    sessionSecret: env.SESSION_SECRET,
    databaseUrl: env.DATABASE_URL,
    /** As who owns the tables: only migrations connect by it. */
    databaseOwnerUrl: env.DATABASE_OWNER_URL ?? env.DATABASE_URL,
    databasePool: env.DATABASE_POOL,
    storage: {
      endpoint: env.S3_ENDPOINT,
      publicEndpoint: env.S3_PUBLIC_ENDPOINT,
      region: env.S3_REGION,
      bucket: env.S3_BUCKET,
      accessKeyId: env.S3_ACCESS_KEY_ID,
      secretAccessKey: env.S3_SECRET_ACCESS_KEY,
      forcePathStyle: env.S3_FORCE_PATH_STYLE,
    },
    stripe: {
      apiKey: env.STRIPE_SECRET_KEY,
      webhookSecret: env.STRIPE_WEBHOOK_SECRET,
      apiBase: env.STRIPE_API_BASE,
      live: env.STRIPE_SECRET_KEY.startsWith("sk_live_") || env.STRIPE_SECRET_KEY.startsWith("rk_live_"),
    },
    /** Who reckons the taxes of a sale: our own table, or Stripe Tax. */
    taxEngine: env.TAX_ENGINE,
    /** Whether who keeps a co-op's money needs a passkey to act. */
    passkeyRequired: env.PASSKEY_REQUIRED ?? env.NODE_ENV === "production",
    mail: { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM },
    ffmpegPath: env.FFMPEG_PATH,
    logLevel: env.LOG_LEVEL,
    clientAddressHeader: env.CLIENT_ADDRESS_HEADER,
    demoOutboxUrl: env.DEMO_OUTBOX_URL,
  };
}

/**
 * Reads the environment once, at start. Refuses with one line for each setting that is missing or wrong, and where to look.
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Settings {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = shape.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new SettingsError(
      `These settings need attention (.env.example explains each):\n${lines.join("\n")}`,
    );
  }
  return settle(parsed.data);
}

export class SettingsError extends Error {}
