/** What the storage said no to, in words. `absent`: there is no such object, upload or bucket. */
export class StorageFailure extends Error {
  /** The web process holds this file twice, in `server.ts` and in the built pages: their failures know each other by name. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof Error && error.name === "StorageFailure";
  }
  readonly code: string;
  readonly absent: boolean;
  constructor(message: string, code: string, absent: boolean, cause: unknown) {
    super(message, { cause });
    this.name = "StorageFailure";
    this.code = code;
    this.absent = absent;
  }
}

const ABSENT = new Set(["NoSuchKey", "NotFound", "NoSuchUpload", "NoSuchBucket", "NoSuchCORSConfiguration"]);

const WORDS: Record<string, string> = {
  AccessDenied: "the storage refuses: the key pair has no right to do this",
  Forbidden: "the storage refuses: the key pair has no right to do this",
  InvalidAccessKeyId: "the storage does not know the access key (S3_ACCESS_KEY_ID)",
  SignatureDoesNotMatch: "the storage refuses the signature: check S3_SECRET_ACCESS_KEY and S3_REGION",
  NoSuchBucket: "the bucket does not exist (S3_BUCKET)",
  NoSuchKey: "there is no such object",
  NotFound: "there is no such object",
  NoSuchUpload: "this upload is over, or was never begun",
  PermanentRedirect: "the bucket is in another region (S3_REGION)",
  AuthorizationHeaderMalformed: "the bucket is in another region (S3_REGION)",
  RequestTimeTooSkewed: "the clock of this machine is wrong",
  SlowDown: "the storage asks to slow down",
  EntityTooSmall: "a part is smaller than 5 MiB",
  InvalidPart: "a part is missing or was replaced",
  ENOSPC: "the disk is full",
};

const UNREACHABLE =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET|EHOSTUNREACH|TimeoutError|NetworkingError/;

/** Runs a call of the storage and turns what it throws into words. `what` is what one was doing: “reading a/b.epub”. */
export async function told<T>(what: string, where: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    // A mistake of ours is no failure of the storage, and must not look like one.
    if (error instanceof StorageFailure || error instanceof TypeError || error instanceof ReferenceError)
      throw error;
    const {
      name = "",
      code = "",
      message = "",
    } = error as { name?: string; code?: string; message?: string };
    const key = code && WORDS[code] ? code : name;
    const words = UNREACHABLE.test(`${name} ${code}`)
      ? `the storage does not answer at ${where}`
      : (WORDS[key] ?? (message || String(error)));
    throw new StorageFailure(
      `Storage, ${what}: ${words} (${code || name}).`,
      code || name,
      ABSENT.has(name),
      error,
    );
  }
}
