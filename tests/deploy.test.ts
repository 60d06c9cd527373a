import { existsSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

// What the image runs must be in the image: no engine is at hand to build it, so its recipe is held to the imports themselves.

const root = fileURLToPath(new URL("../", import.meta.url));
const read = (path: string) => readFileSync(resolve(root, path), "utf8");
const starts = [
  "server.ts",
  "workers/index.ts",
  "workers/inspect/child.ts",
  "db/migrate.ts",
  "bin/doctor.ts",
];

/** Files of ours and packages that these reach when they run; imports of types alone are stripped and do not count. */
function reach(entries: string[]): { files: string[]; packages: string[] } {
  const files = new Set(entries);
  const packages = new Set<string>();
  const rooms: Record<string, string> = JSON.parse(read("package.json")).imports;
  for (const file of files) {
    const source = read(file).replace(/^\s*\/\/.*$/gm, "");
    const named = [
      ...source.matchAll(/^(?:import|export)\s(?!type\b)[^;]*?from\s+"([^"]+)"/gm),
      ...source.matchAll(/\bimport\("([^"]+)"\)/g),
      ...source.matchAll(/^import\s+"([^"]+)"/gm),
    ];
    for (const [, name] of named) {
      if (name!.startsWith("node:")) continue;
      const room = /^(#[a-z0-9]+\/)/.exec(name!)?.[1];
      if (name!.startsWith(".")) files.add(relative(root, resolve(root, dirname(file), name!)));
      else if (room) files.add(`${rooms[`${room}*`]!.replace(/^\.\/|\*$/g, "")}${name!.slice(room.length)}`);
      else
        packages.add(
          name!
            .split("/")
            .slice(0, name!.startsWith("@") ? 2 : 1)
            .join("/"),
        );
    }
  }
  return { files: [...files], packages: [...packages] };
}

it("the image holds every file that its processes reach", () => {
  const stages = read("Dockerfile").split(/^FROM /m);
  const copied = [...stages.at(-1)!.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, from]) =>
    from!.split(" "),
  );
  const { files } = reach(starts);
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => !existsSync(resolve(root, file)))).toEqual([]);
  expect(
    files.filter((file) => !copied.some((from) => file === from || file.startsWith(`${from}/`))),
  ).toEqual([]);
});

it("every package that they reach is a dependency, not a tool of development", () => {
  const { dependencies } = JSON.parse(read("package.json"));
  // Vite serves the development server alone, behind a check of NODE_ENV.
  expect(reach(starts).packages.filter((name) => !(name in dependencies) && name !== "vite")).toEqual([]);
});
