import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

// What stands in the way of the demo is told in words, with what to do. The machine's own faults are staged by a module that runs
// before ours: an old Node, a folder that one may not write in, a full disk.

const root = fileURLToPath(new URL("../../", import.meta.url));

function run(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { NODE_ENV: "test", PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", ...env },
    });
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
    });
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, said }));
  });
}

const staged = (module: string) => [
  "--import",
  `data:text/javascript,${encodeURIComponent(module)}`,
  "dev/setup.mjs",
  "demo",
];
const withFs = (change: string) =>
  `import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module"; ${change}; syncBuiltinESMExports();`;

it("an old Node", async () => {
  const { code, said } = await run(
    staged(`Object.defineProperty(process, "versions", { value: { ...process.versions, node: "16.20.0" } })`),
  );
  expect(said).toMatch(/too old even to begin\. Install Node 24/);
  expect(code).toBe(1);
});

it("a missing right", async () => {
  const { code, said } = await run(staged(withFs(`fs.accessSync = () => { throw new Error("EACCES") }`)));
  expect(said).toMatch(/may not write in .*Change its owner/);
  expect(code).toBe(1);
});

it("a full disk, in French as in English", async () => {
  const full = staged(withFs(`fs.statfsSync = () => ({ bavail: 1000, bsize: 4096 })`));
  expect((await run(full)).said).toMatch(/The disk is nearly full: 0\.0 GB free/);
  const { code, said } = await run(full, { LANG: "fr_CA.UTF-8" });
  expect(said).toMatch(/Le disque est presque plein : 0\.0 Go libres/);
  expect(code).toBe(1);
});

it("a taken port", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => holder.once("listening", resolve));
  const { port } = holder.address() as AddressInfo;
  const { code, said } = await run(["dev/demo.ts"], { PORT: String(port) });
  holder.close();
  expect(said).toContain(`Port ${port} is taken`);
  expect(said).toContain(`PORT=${port + 1} npm run demo`);
  expect(code).toBe(1);
});
