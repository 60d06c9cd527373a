import { spawnSync } from "node:child_process";
import pg from "pg";
import { takeApplicationRole } from "#db/connection.ts";
import { readEnv, type Settings, SettingsError } from "#gateways/env.ts";
import { createMail } from "#gateways/mail.ts";
import { createStorage } from "#gateways/storage.ts";
import { createStripe } from "#gateways/stripe.ts";

/** What `npm run doctor` says of one neighbour: fine, or what is wrong and what to do. */
type Finding = { name: string; ok: boolean; said: string };

const mostPatienceMs = 15_000;

/** Tries one neighbour with bounded patience; whatever it throws becomes words. */
async function examine(name: string, look: () => Promise<string>): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${mostPatienceMs / 1000} s`)),
      mostPatienceMs,
    );
  });
  try {
    return { name, ok: true, said: await Promise.race([look(), tooLong]) };
  } catch (error) {
    return { name, ok: false, said: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

async function database({ databaseUrl }: Settings): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string; number: string }>(
      "select current_setting('server_version') as version, current_setting('server_version_num') as number",
    );
    const { version, number } = rows[0]!;
    if (Number(number) < 150000) throw new Error(`PostgreSQL ${version} is too old: 15 or newer is needed`);
    const { rows: extensions } = await client.query<{ name: string }>(
      "select name from pg_available_extensions where name in ('unaccent', 'pg_trgm')",
    );
    if (extensions.length < 2)
      throw new Error("the extensions unaccent and pg_trgm are not available: install postgresql-contrib");
    const { rows: seen } = await client.query<{ there: boolean }>(
      "select to_regclass('migration') is not null as there",
    );
    if (!seen[0]!.there) throw new Error("no table yet: run `npm run migrate`");
    const guarded = (await takeApplicationRole(client))
      ? "the application may write in the books by their door alone"
      : "the role ventes_app cannot be taken, so the books are guarded by triggers alone: see docs/running.md, PostgreSQL";
    return `PostgreSQL ${version}; ${guarded}`;
  } finally {
    await client.end();
  }
}

async function storage(settings: Settings): Promise<string> {
  await createStorage(settings.storage).check();
  return `bucket ${settings.storage.bucket}: an object was written, read and removed`;
}

async function stripe(settings: Settings): Promise<string> {
  const { available, pending } = await createStripe(settings.stripe).fetchBalance();
  const currencies = [...new Set([...Object.keys(available), ...Object.keys(pending)])];
  return `${settings.stripe.live ? "LIVE mode" : "test mode"}, balance in ${currencies.join(", ") || "no currency yet"}`;
}

async function mail(settings: Settings): Promise<string> {
  const post = createMail(settings.mail);
  try {
    await post.verify();
    return `mail leaves as ${settings.mail.from}`;
  } finally {
    post.close();
  }
}

async function ffmpeg({ ffmpegPath }: Settings): Promise<string> {
  const { stdout, error } = spawnSync(ffmpegPath, ["-version"], { encoding: "utf8" });
  if (error)
    throw new Error(
      `not found (${ffmpegPath}): albums are sold without previews; install ffmpeg or set FFMPEG_PATH`,
    );
  return stdout.split("\n")[0] ?? "";
}

async function main(): Promise<number> {
  const settings = readEnv();
  const findings = await Promise.all([
    examine("PostgreSQL", () => database(settings)),
    examine("S3", () => storage(settings)),
    examine("Stripe", () => stripe(settings)),
    examine("SMTP", () => mail(settings)),
    examine("ffmpeg", () => ffmpeg(settings)),
  ]);
  for (const { name, ok, said } of findings) console.log(`${ok ? "✓" : "✗"} ${name.padEnd(11)} ${said}`);
  if (!settings.secure) console.log("! PUBLIC_URL is plain http: fine on one's own machine, never in public");
  // Without ffmpeg the shop runs; without the others it does not.
  return findings.some(({ ok, name }) => !ok && name !== "ffmpeg") ? 1 : 0;
}

main()
  .then((code) => process.exit(code))
  .catch((error: unknown) => {
    console.error(error instanceof SettingsError ? error.message : error);
    process.exit(1);
  });
