import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runBounded } from "#workers/inspect/bounded.ts";
import { file } from "./make-files.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bounds-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the bounds of the child", () => {
  const bounds = async (over: object = {}) => ({
    workDir: await mkdtemp(join(folder, "w-")),
    timeoutMs: 25_000,
    memoryMb: 200,
    ...over,
  });

  // The programme lies outside the project, so it is given the right to be read by lying in the work folder.
  async function run(body: string, over: object = {}) {
    const limits = await bounds(over);
    const path = await file(limits.workDir, "child.mjs", body);
    const subject = await file(limits.workDir, "subject", "x");
    return runBounded(new URL(`file://${path}`), { path: subject }, limits);
  }

  it("ends what hangs, and keeps what it had said", async () => {
    const ending = await run(`import { writeSync } from "node:fs"; writeSync(3, "one\\ntw"); for (;;);`, {
      timeoutMs: 2_500,
    });
    expect(ending).toMatchObject({ lines: ["one"], why: "too_slow" });
  });
  it("tells a machine without time from a file that takes it", async () => {
    const ending = await run(`await new Promise((rest) => setTimeout(rest, 60_000));`, { timeoutMs: 2_500 });
    expect(ending).toEqual({ lines: [], why: "too_slow", busy: true });
  });
  it("ends what swells outside the heap", async () => {
    const ending = await run(
      `const all = []; for (;;) all.push(Buffer.alloc(8e6, 1)), await new Promise((r) => setTimeout(r, 5));`,
    );
    expect(ending.why).toBe("too_large");
  });
  it("gives it no secret, no other file, no other programme", async () => {
    process.env.SECRET_OF_THE_HOUSE = "x";
    const outside = join(folder, "outside.txt");
    const ending =
      await run(`import { writeSync, readFileSync, writeFileSync } from "node:fs"; import { spawnSync } from "node:child_process";
      const denied = (act) => { try { act(); return false; } catch { return true; } };
      writeSync(3, JSON.stringify([process.env.SECRET_OF_THE_HOUSE ?? null, denied(() => readFileSync("/etc/passwd")),
        denied(() => writeFileSync(${JSON.stringify(outside)}, "x")), denied(() => spawnSync("id"))]) + "\\n");`);
    expect(JSON.parse(ending.lines[0] as string)).toEqual([null, true, true, true]);
    expect(existsSync(outside)).toBe(false);
    delete process.env.SECRET_OF_THE_HOUSE;
  });
  it("takes a crash for an answer", async () => {
    expect((await run(`process.kill(process.pid, "SIGSEGV"); await new Promise(() => {});`)).lines).toEqual(
      [],
    );
  });
});
