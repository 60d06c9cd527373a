import { useSyncExternalStore } from "react";
import type { Listening } from "#app/routes/shop/listen.ts";
import { soundBars } from "#domain/catalogue/sound-bars.ts";
import { pathTo } from "#i18n/paths.ts";
import { announceTune, showPlaying, showPosition } from "./media-session.ts";
import {
  append,
  emptyQueue,
  jump,
  move,
  playNext,
  playOf,
  type Queue,
  readQueue,
  remove,
  type Tune,
} from "./queue.ts";

/** The one player of a tab. It stands outside the pages, so that it goes on while they change; a reload finds it where it was, silent. */
type PlayerState = {
  queue: Queue;
  playing: boolean;
  /** Asked to play, and the sound is still on its way. */
  waiting: boolean;
  trouble: "limit" | "unplayable" | null;
  listening: Listening | null;
  /** What a screen reader is told. */
  said: string;
};
type PlayerTime = { seconds: number; whole: number };

const silent: PlayerState = {
  ...{ queue: emptyQueue, playing: false, waiting: false, trouble: null, listening: null, said: "" },
};
const start: PlayerTime = { seconds: 0, whole: 0 };
const keptAs = "player";
const nudgeSeconds = 5;

let state = silent;
let time = start;
let audio: HTMLAudioElement | null = null;
/** Which track the element holds. */
let loaded: string | null = null;
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const tell = () => {
  for (const listener of listeners) listener();
};
const set = (change: Partial<PlayerState>) => {
  state = { ...state, ...change };
  tell();
};
const setTime = (seconds: number, whole = time.whole) => {
  time = { seconds, whole };
  tell();
};

export const usePlayer = (): PlayerState =>
  useSyncExternalStore(
    subscribe,
    () => state,
    () => silent,
  );
export const usePlayerTime = (): PlayerTime =>
  useSyncExternalStore(
    subscribe,
    () => time,
    () => start,
  );

const current = (): Tune | undefined => state.queue.tunes[state.queue.at];
/** Without the page's language: it is the same sound. */
export const soundAddress = (id: string, query: Record<string, string> = {}): string =>
  pathTo("listen", "fr", { id }, query);

/** Made when it is first needed, in the very click: browsers let nothing sound before one. */
function element(): HTMLAudioElement {
  if (audio) return audio;
  const sound = new Audio();
  audio = sound;
  sound.preload = "auto";
  sound.addEventListener("play", () => set({ playing: true }));
  sound.addEventListener("pause", () => {
    set({ playing: false, waiting: false });
    keep();
  });
  sound.addEventListener("waiting", () => set({ waiting: true }));
  sound.addEventListener("playing", () => {
    set({ waiting: false });
    if (state.listening === null) void askListening();
    const tune = current();
    if (tune) void drawShape(tune);
  });
  sound.addEventListener("timeupdate", () => {
    // While another track is on its way, the old one still tells.
    if (loaded === current()?.id && !sound.seeking) setTime(sound.currentTime);
  });
  sound.addEventListener("durationchange", () => {
    if (Number.isFinite(sound.duration)) setTime(time.seconds, sound.duration);
  });
  sound.addEventListener("seeked", () => setTime(sound.currentTime));
  sound.addEventListener("ended", () => {
    if (state.queue.tunes[state.queue.at + 1]) player.next();
    else setTime(0);
  });
  sound.addEventListener("error", () => void findTrouble());
  sound.addEventListener("timeupdate", () => showPosition(time));
  for (const event of ["play", "pause"] as const)
    sound.addEventListener(event, () => showPlaying(!sound.paused));
  return sound;
}

function begin(seconds = 0): void {
  const tune = current();
  if (!tune) return;
  const sound = element();
  loaded = tune.id;
  set({ trouble: null, listening: null, waiting: true });
  setTime(seconds, (tune.durationMs ?? 0) / 1000);
  // Smaller where the browser knows it; the other plays everywhere.
  const as = sound.canPlayType("audio/ogg; codecs=opus") ? "opus" : "aac";
  sound.src = soundAddress(tune.id, { comme: as });
  if (seconds > 0) sound.currentTime = seconds;
  announceTune(tune, player);
  resume();
}

function resume(): void {
  // Refused by the browser, or overtaken by another track: nothing sounds, and the button says so.
  element()
    .play()
    .catch(() => set({ waiting: false }));
}

async function askListening(): Promise<void> {
  const tune = current();
  const answer = tune && (await fetch(soundAddress(tune.id, { etat: "1" })).catch(() => null));
  if (!answer?.ok || loaded !== tune?.id) return;
  set({ listening: (await answer.json()) as Listening });
}

/** The wave of a track whose page did not bring it. */
async function drawShape(tune: Tune): Promise<void> {
  if (tune.bars.length > 0) return;
  const answer = await fetch(soundAddress(tune.id, { comme: "peaks" })).catch(() => null);
  if (!answer?.ok) return;
  const { peaks } = (await answer.json()) as { peaks: number[] };
  const bars = soundBars(peaks);
  const tunes = state.queue.tunes.map((each) => (each.id === tune.id ? { ...each, bars } : each));
  change({ ...state.queue, tunes });
}

async function findTrouble(): Promise<void> {
  const id = loaded;
  if (id === null) return;
  const answer = await fetch(soundAddress(id), { method: "HEAD" }).catch(() => null);
  if (loaded !== id) return;
  set({ playing: false, waiting: false, trouble: answer?.status === 402 ? "limit" : "unplayable" });
}

/** In this tab, until it is closed. Where the browser keeps nothing (a private frame), the player begins anew. */
function keep(): void {
  try {
    if (state.queue.tunes.length === 0) sessionStorage.removeItem(keptAs);
    else sessionStorage.setItem(keptAs, JSON.stringify({ ...state.queue, seconds: time.seconds }));
  } catch {}
}

function change(queue: Queue): void {
  set({ queue });
  keep();
}

export const player = {
  /** Plays one of these, then what follows; what plays already goes on, or pauses. */
  play(tunes: readonly Tune[], index: number): void {
    if (tunes[index] && tunes[index].id === current()?.id) {
      player.toggle();
      return;
    }
    change(playOf(state.queue, tunes, index));
    begin();
  },
  toggle(): void {
    const tune = current();
    if (!tune) return;
    if (loaded !== tune.id || state.trouble) begin(time.seconds);
    else if (element().paused) resume();
    else element().pause();
  },
  pause(): void {
    audio?.pause();
  },
  seek(seconds: number): void {
    const to = Math.max(0, Math.min(seconds, time.whole || seconds));
    setTime(to);
    if (audio && loaded === current()?.id) audio.currentTime = to;
    keep();
  },
  nudge(steps: number): void {
    player.seek(time.seconds + steps * nudgeSeconds);
  },
  next(): void {
    player.jump(state.queue.at + 1);
  },
  /** To its beginning; from there, to the one before. */
  previous(): void {
    if (time.seconds > 3 || state.queue.at === 0) player.seek(0);
    else player.jump(state.queue.at - 1);
  },
  jump(place: number): void {
    if (!state.queue.tunes[place]) return;
    change(jump(state.queue, place));
    begin();
  },
  add(tunes: readonly Tune[], said: string): void {
    change(append(state.queue, tunes));
    set({ said });
  },
  playNext(tune: Tune, said: string): void {
    change(playNext(state.queue, tune));
    set({ said });
  },
  move(place: number, step: -1 | 1, said: string): void {
    change(move(state.queue, place, step));
    set({ said });
  },
  remove(place: number, said: string): void {
    const was = state.queue.at === place;
    change(remove(state.queue, place));
    set({ said });
    if (!was) return;
    const going = state.playing;
    audio?.pause();
    if (!current()) change({ ...state.queue, at: Math.max(0, state.queue.tunes.length - 1) });
    setTime(0, (current()?.durationMs ?? 0) / 1000);
    if (going && current()) begin();
  },
  close(): void {
    audio?.pause();
    audio?.removeAttribute("src");
    loaded = null;
    state = silent;
    time = start;
    keep();
    tell();
  },
  /** What this tab played before it was reloaded, silent until asked. Returns how to stop keeping it. */
  restore(): () => void {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(keptAs) ?? "null");
      const queue = readQueue(kept);
      const seconds = Number((kept as { seconds?: unknown } | null)?.seconds ?? 0);
      if (state.queue.tunes.length === 0 && queue.tunes.length > 0) {
        set({ queue });
        setTime(Number.isFinite(seconds) ? seconds : 0, (current()?.durationMs ?? 0) / 1000);
      }
    } catch {}
    const timer = setInterval(() => state.playing && keep(), 2_000);
    window.addEventListener("pagehide", keep);
    return () => {
      clearInterval(timer);
      window.removeEventListener("pagehide", keep);
    };
  },
};
