import { execFileSync } from "node:child_process";
import { stat } from "node:fs/promises";
import path from "node:path";
import { PostgresUnavailable } from "./refusal.ts";

/** The OS user Postgres runs as. `null` is ourselves. */
export type Owner = { uid: number; gid: number } | null;

/**
 * Postgres refuses to run as root, as which containers and CI run: there it runs as the OS user `postgres`, created
 * where missing. Elsewhere it runs as the person who typed the command.
 */
export function findOwner(): Owner {
  if (process.getuid?.() !== 0) return null;
  const known = lookUp();
  if (known) return known;
  try {
    execFileSync("groupadd", ["--system", "--force", "postgres"], { stdio: "pipe" });
    execFileSync(
      "useradd",
      ["--system", "-g", "postgres", "-d", "/nonexistent", "-s", "/usr/sbin/nologin", "postgres"],
      {
        stdio: "pipe",
      },
    );
  } catch (error) {
    // Another start may have created it in between.
    const now = lookUp();
    if (now) return now;
    throw new PostgresUnavailable(
      "PostgreSQL does not run as root, and the user “postgres” could not be created (useradd). Create it, or run as another user.",
      error,
    );
  }
  const created = lookUp();
  if (!created)
    throw new PostgresUnavailable("The user “postgres” was created but the system does not know it.");
  return created;
}

function lookUp(): Owner {
  try {
    const ask = (flag: string) =>
      Number(execFileSync("id", [flag, "postgres"], { stdio: "pipe" }).toString());
    return { uid: ask("-u"), gid: ask("-g") };
  } catch {
    return null;
  }
}

/**
 * Whether `owner` can walk down to `folder`: every folder above it that exists must let it through. By mode bits alone:
 * a right given by an access list is not seen, and the folder is then taken for closed, which is only slower.
 */
export async function canReach(owner: Owner, folder: string): Promise<boolean> {
  if (!owner) return true;
  for (let above = path.resolve(folder); ; above = path.dirname(above)) {
    const found = await stat(above).catch(() => null);
    // What is no folder is refused later, with better words than “closed”.
    if (found?.isDirectory()) {
      const bit = found.uid === owner.uid ? 0o100 : found.gid === owner.gid ? 0o010 : 0o001;
      if (!(found.mode & bit)) return false;
    }
    if (above === path.dirname(above)) return true;
  }
}
