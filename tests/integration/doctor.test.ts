import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres } from "#dev/postgres.ts";
import { type Stack, startStack } from "#dev/stack.ts";
import { readEnv } from "#gateways/env.ts";
import { createStorage } from "#gateways/storage.ts";
import { testCluster } from "#tests/cluster.ts";

let stack: Stack;
let dataDir: string;
const database = `doctor_${process.pid}`;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "ventes-doctor-"));
  stack = await startStack({ dataDir, database, durable: false, postgres: await startPostgres(testCluster) });
  // As the worker does when it starts.
  await createStorage(readEnv(stack.env).storage).ensureBucket([stack.url]);
});
afterAll(async () => {
  await stack.stop();
  await stack.postgres.dropDatabase(database);
  await rm(dataDir, { recursive: true, force: true });
});

function doctor(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const root = fileURLToPath(new URL("../../", import.meta.url));
    const bare: Record<string, string> = { PATH: process.env.PATH ?? "", ...env };
    const child = spawn(process.execPath, ["bin/doctor.ts"], {
      cwd: root,
      env: bare as NodeJS.ProcessEnv,
    });
    let said = "";
    child.stdout.on("data", (chunk) => (said += chunk));
    child.stderr.on("data", (chunk) => (said += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, said }));
  });
}

describe("the doctor", () => {
  it("finds every neighbour well", async () => {
    const { code, said } = await doctor(stack.env);
    expect(said).toMatch(/✓ PostgreSQL/);
    expect(said).toMatch(/✓ S3/);
    expect(said).toMatch(/✓ Stripe +test mode/);
    expect(said).toMatch(/✓ SMTP/);
    expect(code).toBe(0);
  });

  it("names each setting that is missing, and stops there", async () => {
    const { DATABASE_URL: _, S3_BUCKET: __, ...rest } = stack.env;
    const { code, said } = await doctor(rest);
    expect(said).toContain("DATABASE_URL");
    expect(said).toContain("S3_BUCKET");
    expect(said).toContain(".env.example");
    expect(code).toBe(1);
  });

  it("says which neighbour is ill, and of what", async () => {
    const { code, said } = await doctor({
      ...stack.env,
      S3_SECRET_ACCESS_KEY: "wrong",
      STRIPE_SECRET_KEY: "sk_test_wrong",
      SMTP_URL: "smtp://127.0.0.1:9",
      FFMPEG_PATH: "/nowhere/ffmpeg",
    });
    expect(said).toMatch(/✓ PostgreSQL/);
    expect(said).toMatch(/✗ S3 +\S/);
    expect(said).toMatch(/✗ Stripe +\S/);
    expect(said).toMatch(/✗ SMTP +\S/);
    expect(said).toMatch(/✗ ffmpeg +not found \(\/nowhere\/ffmpeg\)/);
    expect(code).toBe(1);
  });

  it("tells a database without tables what to run", async () => {
    const empty = `empty_${process.pid}`;
    await stack.postgres.createDatabase(empty);
    const { said } = await doctor({ ...stack.env, DATABASE_URL: stack.postgres.url(empty) });
    await stack.postgres.dropDatabase(empty);
    expect(said).toMatch(/✗ PostgreSQL +no table yet: run `npm run migrate`/);
  });
});
