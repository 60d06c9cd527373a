import { spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { chmod, chown, lstat, mkdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { Binaries } from "./binaries.ts";
import { canReach, type Owner } from "./owner.ts";
import { explain, PostgresUnavailable } from "./refusal.ts";

/** `data`: the cluster's folder. `socket`: the folder of its unix socket. `log`: what Postgres says. */
export type Places = { data: string; socket: string; log: string };

/**
 * Where one cluster lies. The socket's path must stay under 107 characters (the kernel's limit), so it is short and
 * under /tmp, named by a hash of the data folder: two checkouts never meet, and no port can clash.
 */
export async function choosePlaces(dataDir: string, owner: Owner): Promise<Places> {
  const wanted = path.resolve(dataDir);
  const hash = createHash("sha256").update(wanted).digest("hex").slice(0, 12);
  const data = (await canReach(owner, wanted)) ? wanted : `/var/tmp/ventes-coop-${hash}/data`;
  try {
    await mkdir(path.dirname(data), { recursive: true });
    return { data, socket: `/tmp/ventes-${hash}`, log: `${data}.log` };
  } catch (error) {
    throw explain("PostgreSQL's folders cannot be made", String(error), error);
  }
}

/** A folder of the owner alone. Anyone who may enter the socket's folder is let in as superuser: this is the lock. */
export async function ownFolder(folder: string, owner: Owner): Promise<void> {
  const ours = owner?.uid ?? process.getuid?.();
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  const found = await lstat(folder);
  if (!found.isDirectory() || (found.uid !== ours && found.uid !== process.getuid?.())) {
    throw new PostgresUnavailable(`${folder} belongs to another user. Remove it, or run as that user.`);
  }
  if (owner) await chown(folder, owner.uid, owner.gid);
  await chmod(folder, 0o700);
}

/**
 * Makes the cluster where it is absent. It is drafted beside and renamed when complete, so that a cut in the middle
 * leaves no half cluster, and of two starts at once one wins.
 */
export async function ensureCluster(
  binaries: Binaries,
  places: Places,
  owner: Owner,
  durable: boolean,
): Promise<void> {
  const version = await readFile(path.join(places.data, "PG_VERSION"), "utf8").catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw explain(`${places.data} cannot be read`, String(error), error);
    },
  );
  if (version !== null) {
    if (version.trim() === "18") return;
    throw new PostgresUnavailable(
      `${places.data} was made by PostgreSQL ${version.trim()}, and this is 18. Move the folder away to begin anew.`,
    );
  }
  const draft = `${places.data}.draft-${randomUUID().slice(0, 8)}`;
  try {
    await mkdir(draft, { mode: 0o700 });
    if (owner) await chown(draft, owner.uid, owner.gid);
    await initialise(binaries, draft, owner, durable);
    await rename(draft, places.data);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (await lstat(path.join(places.data, "PG_VERSION")).catch(() => null)) return;
    throw error instanceof PostgresUnavailable
      ? error
      : explain(`The database cannot be made in ${places.data}`, String(error), error);
  }
}

/**
 * French order is the default collation (ICU). The character classes come from C.UTF-8, since with plain C the search's
 * parser takes « and ’ for letters; a system without it (an old macOS) gets the en_US.UTF-8 that it always has.
 */
async function initialise(binaries: Binaries, draft: string, owner: Owner, durable: boolean): Promise<void> {
  let said = "";
  for (const locale of ["C.UTF-8", "en_US.UTF-8", "C"]) {
    const flags = ["-D", draft, "-U", "postgres", "--auth=trust", "--encoding=UTF8", `--locale=${locale}`];
    flags.push("--locale-provider=icu", "--icu-locale=fr", ...(durable ? [] : ["--no-sync"]));
    const { code, output } = await run(binaries.initdb, flags, owner);
    if (code === 0) return;
    said = output;
    if (!/locale/i.test(output)) break;
  }
  throw explain("PostgreSQL cannot make its database", said);
}

function run(
  program: string,
  args: string[],
  owner: Owner,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    // The folder of the caller may be closed to the owner, and initdb wants to return to it.
    const child = spawn(program, args, {
      ...owner,
      env: plainEnvironment(),
      cwd: "/",
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (said) => (output += String(said)));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** Postgres would heed PGDATA, PGPORT, LC_ALL and the like of the person's own shell: it gets none of them. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const plain = { PATH: process.env.PATH ?? "/usr/bin:/bin", TZ: "UTC", LC_MESSAGES: "C" };
  // The types want NODE_ENV in every environment; PostgreSQL does not.
  return plain as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv;
}
