/** What stops Postgres from starting here, in words a person can act on. It always ends with the other way out. */
export class PostgresUnavailable extends Error {
  constructor(why: string, cause?: unknown) {
    super(
      `${why}\nElse set DATABASE_URL to a PostgreSQL 16 or newer of your own, and this one is left alone.`,
      { cause },
    );
    this.name = "PostgresUnavailable";
  }
}

/** Turns a system error or a log of Postgres into words; what is not recognised is shown as it is. */
export function explain(what: string, said: string, cause?: unknown): PostgresUnavailable {
  const known = CAUSES.find(([pattern]) => pattern.test(said));
  return new PostgresUnavailable(
    known ? `${what}: ${known[1]}\n${lastLines(said)}` : `${what}:\n${lastLines(said)}`,
    cause,
  );
}

const CAUSES: [RegExp, string][] = [
  [
    /no space left|ENOSPC|disk quota|EDQUOT/i,
    "the disk is full. Free some room (about 200 MB) and try again.",
  ],
  [/permission denied|EACCES|EPERM|operation not permitted/i, "a right is missing on a folder named below."],
  [/read-only file system|EROFS/i, "the folder is on a read-only disk."],
  [/could not (create|resize) shared memory|shmget/i, "too little shared memory (/dev/shm) is left."],
  [
    /incompatible with server|not compatible with this version/i,
    "the data were made by another version of PostgreSQL.",
  ],
  [
    /error while loading shared libraries|GLIBC_/i,
    "a library of the system is missing (the binaries want glibc).",
  ],
  [/exec format error|ENOEXEC/i, "the binaries are for another kind of machine."],
];

function lastLines(said: string): string {
  return said.trim().split("\n").slice(-8).join("\n");
}
