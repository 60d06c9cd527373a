import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** A page as it was made: what is sent to everybody who asks for it. */
export type MadePage = { headers: [name: string, value: string][]; body: Buffer };

export type Coding = "identity" | "br" | "gzip";

/** What goes over the wire: header names and values in turn, as `writeHead` takes them. */
export type Answer = { headers: string[]; notModified: string[]; etag: string; body: Buffer };

type Kept = {
  made: MadePage;
  since: number;
  bytes: number;
  answers: Partial<Record<Coding, Promise<Answer>>>;
};

const squeeze = {
  br: (body: Buffer) =>
    // 5 of 11: nearly as small as the best, in a tenth of the time; it is done once.
    promisify(brotliCompress)(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
    }),
  gzip: (body: Buffer) => promisify(gzip)(body),
};

/**
 * Pages kept in memory, at most so many bytes of them; whoever was asked for longest ago goes first. `forget` empties it: a page
 * that was begun before and is finished after is not kept. `pause` keeps nothing until `resume`. A page older than `freshMs` is
 * still given, and made anew behind the back of whoever asked. Pages asked for at once are made once.
 */
export class PageMemory {
  readonly #mostBytes: number;
  readonly #freshMs: number;
  readonly #now: () => number;
  readonly #pages = new Map<string, Kept>();
  readonly #making = new Map<string, Promise<Kept | null>>();
  #bytes = 0;
  #generation = 0;
  #paused = true;

  constructor({ mostBytes = 96 << 20, freshMs = 30_000, now = () => performance.now() } = {}) {
    this.#mostBytes = mostBytes;
    this.#freshMs = freshMs;
    this.#now = now;
  }

  /** The page if it is kept, without waiting. */
  find(key: string): Kept | undefined {
    const kept = this.#pages.get(key);
    if (!kept) return undefined;
    // To the end of the line of those who will go.
    this.#pages.delete(key);
    this.#pages.set(key, kept);
    return kept;
  }

  isFresh(kept: Kept): boolean {
    return this.#now() - kept.since < this.#freshMs;
  }

  /** Makes it, once for all who wait for it; null where it is no page to keep (`make` says so), or nothing is kept at the moment. */
  async make(key: string, make: () => Promise<MadePage | null>): Promise<Kept | null> {
    if (this.#paused) return null;
    const running = this.#making.get(key);
    if (running !== undefined) return running;
    const generation = this.#generation;
    const promise = make()
      .then((made) => {
        if (!made) return null;
        const kept = { made, since: this.#now(), bytes: made.body.length * 2 + 1024, answers: {} };
        if (generation === this.#generation && !this.#paused) this.#keep(key, kept);
        return kept;
      })
      .finally(() => {
        if (this.#making.get(key) === promise) this.#making.delete(key);
      });
    this.#making.set(key, promise);
    return promise;
  }

  forget(): void {
    this.#generation += 1;
    this.#pages.clear();
    this.#making.clear();
    this.#bytes = 0;
  }

  pause(): void {
    this.#paused = true;
    this.forget();
  }

  resume(): void {
    this.forget();
    this.#paused = false;
  }

  #keep(key: string, kept: Kept): void {
    const before = this.#pages.get(key);
    if (before) this.#bytes -= before.bytes;
    this.#pages.delete(key);
    this.#pages.set(key, kept);
    this.#bytes += kept.bytes;
    for (const [oldest, { bytes }] of this.#pages) {
      if (this.#bytes <= this.#mostBytes) break;
      this.#pages.delete(oldest);
      this.#bytes -= bytes;
    }
  }
}

/** A kept page in one of the codings; squeezed when it is first asked for. */
export function answerOf(kept: Kept, coding: Coding): Promise<Answer> {
  kept.answers[coding] ??= encode(kept.made, coding);
  return kept.answers[coding];
}

async function encode({ headers, body }: MadePage, coding: Coding): Promise<Answer> {
  const sent = coding === "identity" ? body : await squeeze[coding](body);
  const digest = createHash("sha256").update(body).digest("base64url").slice(0, 22);
  const etag = `"${digest}${coding === "identity" ? "" : `-${coding}`}"`;
  const common = [...headers.filter(([name]) => name !== "content-type").flat(), "etag", etag];
  return {
    etag,
    body: sent,
    notModified: common,
    headers: [
      ...headers.flat(),
      "etag",
      etag,
      ...(coding === "identity" ? [] : ["content-encoding", coding]),
      "content-length",
      String(sent.length),
    ],
  };
}

/** The best coding that the browser takes, by its `Accept-Encoding`; what it refuses (`q=0`) is not sent. */
export function codingFor(accepted: string | undefined): Coding {
  if (!accepted) return "identity";
  const takes = (coding: string) =>
    accepted.split(",").some((each) => {
      const [name, ...parameters] = each.split(";").map((part) => part.trim());
      return name === coding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    });
  return takes("br") ? "br" : takes("gzip") ? "gzip" : "identity";
}
