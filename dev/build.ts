import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const mark = `${root}.cache/built`;

/** Builds the application where its sources changed since the last time. Returns whether it had to. */
export async function buildApplication(): Promise<boolean> {
  const fingerprint = await hashOf([
    "app",
    "domain",
    "db",
    "gateways",
    "i18n",
    "public",
    "package-lock.json",
    "remix.config.js",
    "vite.config.ts",
  ]);
  const built =
    existsSync(`${root}build/server/index.js`) && existsSync(mark) ? await readFile(mark, "utf8") : "";
  if (built === fingerprint) return false;
  await new Promise<void>((resolve, reject) => {
    let said = "";
    const child = spawn(`${root}node_modules/.bin/remix`, ["vite:build", "--logLevel", "warn"], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.on("data", (chunk) => (said += chunk));
    child.stderr.on("data", (chunk) => (said += chunk));
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`the build failed:\n${said}`))));
  });
  await mkdir(`${root}.cache`, { recursive: true });
  await writeFile(mark, fingerprint);
  return true;
}

async function hashOf(names: string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const name of names) {
    const path = root + name;
    if (!existsSync(path)) continue;
    const files = name.includes(".")
      ? [path]
      : (await readdir(path, { recursive: true, withFileTypes: true }))
          .filter((entry) => entry.isFile())
          .map((entry) => `${entry.parentPath}/${entry.name}`)
          .sort();
    for (const file of files) hash.update(file.slice(root.length)).update(await readFile(file));
  }
  return hash.digest("hex");
}
