import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type S3Server, startS3 } from "#dev/emulators/s3/server.ts";

/**
 * The checks by which every S3 double was judged, where they lie beside this checkout; they are no part of it. What must
 * hold in any case is in s3.test.ts.
 */
const script = path.resolve("../shared/s3/acceptance.mjs");
const keys = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };

describe.skipIf(!existsSync(script))("the S3 acceptance suite (skipped where ../shared is absent)", () => {
  let folder: string;
  let server: S3Server;
  const dataDir = () => path.join(folder, "deep", "s3");

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "s3-acceptance-"));
    server = await startS3({ dataDir: dataDir(), ...keys });
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("passes all 34 checks, then finds its objects again after a restart", async () => {
    const first = await run([server.port]);
    expect(first.output).toContain("PASS 34 / 34");
    expect(first.code).toBe(0);
    await server.close();
    server = await startS3({ dataDir: dataDir(), ...keys });
    const again = await run([server.port, "again"]);
    expect(again.output).toMatch(/persist after restart\s+ok/);
  }, 180_000);

  function run(words: (string | number)[]): Promise<{ code: number | null; output: string }> {
    const child = spawn(process.execPath, [script, "ours", ...words.map(String)], {
      env: { ...process.env, S3_DATA: dataDir() },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (said) => (output += String(said)));
    return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
  }
});
