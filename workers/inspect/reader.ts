/**
 * One child that reads files one after the other: starting Node and the libraries costs more than reading a book. It sees
 * nothing but what is laid in its folder, a link to one file at a time. A bound that is passed ends it.
 */
import { spawn } from "node:child_process";
import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
} from "node:fs";
import { unlink } from "node:fs/promises";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Inspection } from "#domain/metadata/inspection.ts";
import { LONGEST_ANSWER } from "./bounded.ts";
import { confined, environment, forgetPeak, peakMb, processorMs, residentMb } from "./confine.ts";
import type { ReadingJob, Said } from "./reading.ts";

/** A child is replaced long before this; it ends one that outlived us in an endless loop. */
const PROCESSOR_SECONDS = 120;
/** Starting takes 0.2 s on an idle machine. */
const START_MS = 20_000;

/** The machine had no time for the child: the file is not judged, and asked for again later. */
export class MachineBusy extends Error {}

export type Asked = Pick<ReadingJob, "fileName" | "cover"> & {
  path: string;
  /** Where the cover is brought. */
  workDir: string;
  timeoutMs: number;
  memoryMb: number;
};

/** `last`: the last stage that the child told. `why` and `busy` as in bounded.ts. */
export type Heard = {
  last?: Extract<Said, { id: number }>;
  why?: "too_slow" | "too_large";
  busy?: true;
  seconds: number;
  /** The most memory that the child held while it read this file, itself included. */
  peakMb: number;
};

export type Reader = {
  /** Files read so far. */
  read: () => number;
  /** Whether it can be given another file: alive, lean, not spent. */
  fit: () => boolean;
  /** One at a time. Throws when the child did not start. */
  ask: (asked: Asked) => Promise<Heard>;
  close: () => void;
};

export function startReader({ mostFiles, leanMb }: { mostFiles: number; leanMb: number }): Reader {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ventes-reader-")));
  const [inside, outside] = [join(folder, "in"), join(folder, "out")];
  mkdirSync(inside);
  mkdirSync(outside);
  const { command, args } = confined({
    programme: new URL("./child.ts", import.meta.url),
    folder,
    readable: [],
    args: [],
    processorSeconds: PROCESSOR_SECONDS,
    youngMb: 8,
  });
  const child = spawn(command, args, {
    cwd: folder,
    env: environment(folder),
    stdio: ["pipe", "ignore", "ignore", "pipe"],
  });
  const [input, output] = [child.stdio[0] as Socket, child.stdio[3] as Socket];
  let read = 0;
  let spent = false;
  let alive = true;
  let hear: ((said: Said) => void) | undefined;
  let ended: (() => void) | undefined;
  let told = "";

  const started = new Promise<void>((settle, fail) => {
    const clock = setTimeout(() => fail(new MachineBusy(`no reader within ${START_MS} ms`)), START_MS);
    hear = () => {
      clearTimeout(clock);
      settle();
    };
    ended = () => {
      clearTimeout(clock);
      fail(new Error("the reader does not start"));
    };
  });
  started.catch(() => close());

  output.setEncoding("utf8");
  output.on("data", (chunk: string) => {
    told += chunk;
    if (told.length > LONGEST_ANSWER) child.kill("SIGKILL");
    for (let end = told.indexOf("\n"); end >= 0; end = told.indexOf("\n")) {
      const line = told.slice(0, end);
      told = told.slice(end + 1);
      const said = parsed(line);
      if (said) hear?.(said);
      else child.kill("SIGKILL");
    }
  });
  // What breaks here breaks because the child has ended, which « close » tells.
  for (const pipe of [input, output]) pipe.on("error", () => {});
  for (const name of ["error", "close"] as const)
    child.on(name, () => {
      alive = false;
      ended?.();
    });

  function hold(held: boolean): void {
    // An idle reader keeps nobody's process alive.
    for (const each of [child, input, output]) held ? each.ref() : each.unref();
  }

  function close(): void {
    if (alive) child.kill("SIGKILL");
    alive = false;
    spent = true;
    rmSync(folder, { recursive: true, force: true });
  }

  async function ask(asked: Asked): Promise<Heard> {
    hold(true);
    await started;
    const id = read + 1;
    read = id;
    const link = join(inside, String(id));
    symlinkSync(realpathSync(asked.path), link);
    const marked = forgetPeak(child.pid);
    const processorBefore = processorMs(child.pid);
    const startedAt = performance.now();
    let highest = 0;
    const heard = await new Promise<Omit<Heard, "seconds" | "peakMb">>((settle) => {
      let last: Heard["last"];
      const end = (why?: Heard["why"], busy = false) => {
        clearTimeout(clock);
        clearInterval(scale);
        if (marked) highest = Math.max(highest, peakMb(child.pid));
        hear = undefined;
        ended = undefined;
        settle({ ...(last ? { last } : {}), ...(why ? { why } : {}), ...(busy ? { busy } : {}) });
      };
      const stop = (why: Heard["why"], busy = false) => {
        end(why, busy);
        close();
      };
      const clock = setTimeout(
        () => stop("too_slow", processorMs(child.pid) - processorBefore < asked.timeoutMs / 4),
        asked.timeoutMs,
      );
      const scale = setInterval(() => {
        const now = residentMb(child.pid);
        highest = Math.max(highest, now);
        if (now > asked.memoryMb) stop("too_large");
      }, 20);
      hear = (said) => {
        // A line of an earlier file came late.
        if (!("id" in said) || said.id !== id) return;
        last = said;
        if (said.stage === "done") end();
      };
      ended = () => end();
      if (!alive) return end();
      const { fileName, cover } = asked;
      const job: ReadingJob = { id, path: link, fileName, workDir: outside, cover };
      input.write(`${JSON.stringify(job)}\n`);
    });
    const seconds = (performance.now() - startedAt) / 1000;
    if (heard.last?.spent || heard.last?.stage !== "done") spent = true;
    if (!alive) delete heard.last?.inspection.cover;
    else {
      // The next file does not wait for the disk: what this child has read already may be seen by it for a moment more.
      unlink(link).catch(() => {
        spent = true;
      });
      if (highest === 0) highest = residentMb(child.pid);
      const tired = processorMs(child.pid) > (PROCESSOR_SECONDS * 1_000) / 2;
      if (tired || read >= mostFiles || residentMb(child.pid) > leanMb) spent = true;
      bringCover(heard.last?.inspection, asked.workDir);
    }
    hold(false);
    return { ...heard, seconds, peakMb: highest };
  }

  /** The cover leaves the child's folder, as a plain file or not at all; whatever else it wrote does not. */
  function bringCover(inspection: Inspection | undefined, workDir: string): void {
    const left = readdirSync(outside);
    if (left.length === 0) {
      delete inspection?.cover;
      return;
    }
    const made = join(outside, "cover.jpg");
    if (inspection?.cover && left.includes("cover.jpg") && lstatSync(made).isFile()) {
      const target = join(workDir, "cover.jpg");
      mkdirSync(workDir, { recursive: true });
      moveFile(made, target);
      inspection.cover.path = target;
    } else delete inspection?.cover;
    if (left.some((name) => name !== "cover.jpg")) spent = true;
    for (const name of readdirSync(outside)) rmSync(join(outside, name), { recursive: true, force: true });
  }

  return { read: () => read, fit: () => alive && !spent, ask, close };
}

/** A child that does not speak as ours do is no longer ours. */
function parsed(line: string): Said | undefined {
  try {
    return JSON.parse(line) as Said;
  } catch {
    return undefined;
  }
}

function moveFile(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (problem) {
    // Another disk: a name cannot be moved across, bytes can.
    if ((problem as NodeJS.ErrnoException).code !== "EXDEV") throw problem;
    copyFileSync(from, to);
    unlinkSync(from);
  }
}
