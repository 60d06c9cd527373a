import type { hearing as fr } from "../fr/hearing.ts";

export const hearing: typeof fr = {
  label: "Music player",
  keys: "Space: play or pause. Left and right arrows: back or forward five seconds.",
  play: "Play",
  pause: "Pause",
  previous: "Previous track",
  next: "Next track",
  close: "Close the player",
  seek: (title) => `Position in “${title}”`,
  time: (at, whole) => `${at} of ${whole}`,
  playing: (title, by) => (by ? `Playing “${title}”, ${by}` : `Playing “${title}”`),
  playTrack: (title) => `Play “${title}”`,
  pauseTrack: (title) => `Pause “${title}”`,
  addTrack: (title) => `Add “${title}” to the queue`,
  playAll: "Play all",
  addAll: "Add to the queue",
  added: (n) => (n === 1 ? "1 track added to the queue" : `${n} tracks added to the queue`),
  queue: {
    open: (n) => `Queue (${n})`,
    title: "Queue",
    now: "playing",
    close: "Close the queue",
    up: (title) => `Move “${title}” up`,
    down: (title) => `Move “${title}” down`,
    remove: (title) => `Remove “${title}”`,
    next: (title) => `Play “${title}” next`,
    moved: (title, place) => `“${title}”, now in place ${place}`,
    removed: (title) => `“${title}” removed`,
  },
  left: (n) => (n === 0 ? "Last free play" : n === 1 ? "1 free play left" : `${n} free plays left`),
  held: "Yours, without limit",
  free: (n) =>
    n === 1
      ? "Each track plays once before you buy, without an account or tracking."
      : `Each track plays ${n} times before you buy, without an account or tracking.`,
  freeAlways: "Every track plays freely.",
  limit: {
    title: (title) => `You have used the free plays of “${title}”.`,
    told: "If you like it, it can be yours: you will hear it without limit, and whoever made it gets paid.",
    buy: "See the album and buy it",
  },
  trouble: (title) => `“${title}” cannot be played at the moment.`,
  again: "Try again",
  embed: {
    title: (title) => `Listen to “${title}”`,
    buy: "Buy",
    on: "on ventes.coop",
    none: "No track can be heard here.",
  },
};
