import { PartFailure, sendPart } from "#app/components/send-part.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

export type SendingState = "waiting" | "sending" | "paused" | "cut" | "finishing" | "sent" | "failed";

/** One file on its way, as the list shows it. */
export type Sending = {
  key: string;
  name: string;
  size: number;
  state: SendingState;
  sent: number;
  /** Bytes a second since it began or resumed; 0 before there is anything to say. */
  rate: number;
  uploadId: string | null;
  /** Why it failed, in words. */
  refusal: string | null;
};

type Parts = {
  partCount: number;
  received: number;
  parts: { number: number; start: number; end: number; url: string }[];
};
type Job = { file: File; shown: Sending; stop: AbortController; began: number; beganAt: number };

const filesAtOnce = 3;
const partsAtOnce = 3;
const tries = 6;

/**
 * Sends files to the bucket: each is opened at our server, cut in parts, and its parts go straight to signed links, three at a time
 * over all files. What the storage holds already is not sent again, so that a pause, a cut or another day costs only what was on
 * the wire. `onSent` is told when our server has taken note of a whole file.
 */
export function createUploader(options: {
  workId: string;
  locale: Locale;
  networkWords: string;
  onSent: () => void;
}) {
  let jobs: Job[] = [];
  let snapshot: Sending[] = [];
  const listeners = new Set<() => void>();
  const lane = lanes(partsAtOnce);

  const tell = () => {
    snapshot = jobs.map(({ shown }) => ({ ...shown }));
    for (const listener of listeners) listener();
  };
  const change = (job: Job, to: Partial<Sending>) => {
    Object.assign(job.shown, to);
    tell();
  };

  const ask = async (path: string, body: object, signal: AbortSignal, job?: Job): Promise<unknown> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const response = await fetch(path, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ ...body, locale: options.locale }),
          signal,
        });
        if (response.ok) return await response.json();
        if (response.status === 401) location.reload();
        if (response.status < 500) {
          const answer = (await response.json().catch(() => ({}))) as { refusal?: string };
          throw new Refused(answer.refusal ?? options.networkWords);
        }
        throw new PartFailure("network");
      } catch (error) {
        if (signal.aborted) throw new PartFailure("aborted");
        if (error instanceof Refused || attempt >= tries) throw error;
        if (job) change(job, { state: "cut", rate: 0 });
        await backOff(attempt, signal);
        if (job) change(job, { state: "sending" });
      }
    }
  };

  const sendFile = async (job: Job): Promise<void> => {
    const { file, stop } = job;
    const { uploadId } = (await ask(
      pathTo("uploads", options.locale),
      {
        workId: options.workId,
        name: file.name,
        size: file.size,
        type: file.type,
        lastModified: file.lastModified,
      },
      stop.signal,
      job,
    )) as { uploadId: string };
    change(job, { uploadId });
    const here = pathTo("upload", options.locale, { id: uploadId });
    let before = -1;
    for (let idle = 0; ; ) {
      const { parts, received } = (await ask(here, { intent: "sign" }, stop.signal, job)) as Parts;
      // Links that the storage refuses again and again are no passing trouble.
      idle = received > before ? 0 : idle + 1;
      if (idle >= 3) throw new PartFailure("network");
      before = received;
      change(job, { sent: received });
      if (parts.length === 0) break;
      if (job.beganAt === 0) Object.assign(job, { began: received, beganAt: performance.now() });
      await sendParts(job, parts, received);
    }
    change(job, { state: "finishing", sent: file.size });
    await ask(here, { intent: "complete" }, stop.signal, job);
  };

  const sendParts = async (job: Job, parts: Parts["parts"], received: number): Promise<void> => {
    const { signal } = job.stop;
    const underway = new Map<number, number>();
    const progress = () => {
      if (signal.aborted) return;
      const sent = Math.min(
        job.file.size,
        received + [...underway.values()].reduce((all, each) => all + each, 0),
      );
      const seconds = (performance.now() - job.beganAt) / 1000;
      change(job, {
        state: "sending",
        sent,
        rate: seconds > 1 ? Math.max(0, (sent - job.began) / seconds) : 0,
      });
    };
    const one = async ({ number, start, end, url }: Parts["parts"][number]) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await lane(() =>
            sendPart(url, job.file.slice(start, end), {
              signal,
              onProgress: (bytes) => {
                underway.set(number, bytes);
                progress();
              },
            }),
          );
        } catch (error) {
          underway.delete(number);
          // An expired link ends this round; the next one asks for fresh links of what is still missing.
          if (error instanceof PartFailure && error.kind === "link" && attempt >= 2) return;
          if (!(error instanceof PartFailure) || error.kind === "aborted" || attempt >= tries) throw error;
          change(job, { state: "cut" });
          await backOff(attempt, signal);
        }
      }
    };
    const done = await Promise.allSettled(parts.map(one));
    const failed = done.find((each) => each.status === "rejected");
    if (failed) throw failed.reason;
  };

  const run = async (job: Job): Promise<void> => {
    // Resuming gives the file another one: what this run still throws after its own was stopped concerns nobody.
    const { signal } = job.stop;
    change(job, { state: "sending", refusal: null });
    try {
      await sendFile(job);
      change(job, { state: "sent" });
      options.onSent();
    } catch (error) {
      if (signal.aborted) return;
      const refusal = error instanceof Refused ? error.message : options.networkWords;
      change(job, { state: "failed", refusal });
    } finally {
      next();
    }
  };
  const next = () => {
    const busy = jobs.filter(({ shown }) => ["sending", "cut", "finishing"].includes(shown.state)).length;
    for (const job of jobs.filter(({ shown }) => shown.state === "waiting").slice(0, filesAtOnce - busy))
      void run(job);
  };
  const find = (key: string) => jobs.find(({ shown }) => shown.key === key);

  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    files: () => snapshot,
    /** Takes files in; one that is here already, still on its way, is not taken twice. `refuse` says at once what cannot be taken. */
    add(files: readonly File[], refuse: (file: File) => string | null) {
      for (const file of files) {
        const key = `${file.name} ${file.size} ${file.lastModified}`;
        const known = find(key);
        if (known && known.shown.state !== "failed" && known.shown.state !== "sent") continue;
        jobs = jobs.filter((job) => job !== known);
        const refusal = refuse(file);
        jobs.push({
          file,
          stop: new AbortController(),
          began: 0,
          beganAt: 0,
          shown: {
            key,
            name: file.name,
            size: file.size,
            state: refusal ? "failed" : "waiting",
            sent: 0,
            rate: 0,
            uploadId: null,
            refusal,
          },
        });
      }
      tell();
      next();
    },
    pause(key: string) {
      const job = find(key);
      if (!job) return;
      job.stop.abort();
      change(job, { state: "paused", rate: 0 });
      next();
    },
    /** After a pause or a failure. */
    resume(key: string) {
      const job = find(key);
      if (!job) return;
      Object.assign(job, { stop: new AbortController(), began: 0, beganAt: 0 });
      change(job, { state: "waiting", refusal: null });
      next();
    },
    /** Gives a file up; what was sent is removed at our server too. */
    remove(key: string) {
      const job = find(key);
      if (!job) return;
      job.stop.abort();
      jobs = jobs.filter((each) => each !== job);
      tell();
      next();
      if (job.shown.uploadId) {
        const here = pathTo("upload", options.locale, { id: job.shown.uploadId });
        void ask(here, { intent: "remove" }, new AbortController().signal).then(options.onSent, () => {});
      }
    },
    /** Forgets those that the server's own list shows by now. */
    forget(uploadIds: readonly string[]) {
      const before = jobs.length;
      jobs = jobs.filter(
        ({ shown }) => !(shown.state === "sent" && shown.uploadId && uploadIds.includes(shown.uploadId)),
      );
      if (jobs.length !== before) tell();
    },
  };
}

class Refused extends Error {}

/** Lets so many tasks run at a time. */
function lanes(most: number) {
  let running = 0;
  const queue: (() => void)[] = [];
  return async <T>(task: () => Promise<T>): Promise<T> => {
    if (running >= most) await new Promise<void>((go) => queue.push(go));
    running += 1;
    try {
      return await task();
    } finally {
      running -= 1;
      queue.shift()?.();
    }
  };
}

/** 1, 2, 4, 8, 16 s, at once when the network comes back; without network, as long as it takes. */
function backOff(attempt: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = navigator.onLine ? setTimeout(done, 500 * 2 ** attempt) : undefined;
    addEventListener("online", done);
    signal.addEventListener("abort", gone);
    function clean() {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal.removeEventListener("abort", gone);
    }
    function done() {
      clean();
      resolve();
    }
    function gone() {
      clean();
      reject(new PartFailure("aborted"));
    }
  });
}
