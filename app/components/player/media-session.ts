import type { Tune } from "./queue.ts";

type Controls = {
  toggle(): void;
  pause(): void;
  previous(): void;
  next(): void;
  nudge(steps: number): void;
  seek(seconds: number): void;
};

const session = (): MediaSession | null => ("mediaSession" in navigator ? navigator.mediaSession : null);

/** What the lock screen, the keyboard's keys and the car show of a track, and what their buttons do. */
export function announceTune(tune: Tune, controls: Controls): void {
  const media = session();
  if (!media) return;
  media.metadata = new MediaMetadata({
    title: tune.title,
    artist: tune.by,
    album: tune.album.title,
    artwork: tune.cover ? [{ src: new URL(tune.cover, location.href).href, type: "image/jpeg" }] : [],
  });
  const acts: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
    play: controls.toggle,
    pause: controls.pause,
    previoustrack: controls.previous,
    nexttrack: controls.next,
    seekbackward: () => controls.nudge(-2),
    seekforward: () => controls.nudge(2),
    seekto: ({ seekTime }) => seekTime !== undefined && controls.seek(seekTime),
  };
  for (const [act, answer] of Object.entries(acts)) {
    try {
      media.setActionHandler(act as MediaSessionAction, answer);
    } catch {
      // A browser that does not know this button.
    }
  }
}

export function showPlaying(playing: boolean): void {
  const media = session();
  if (media) media.playbackState = playing ? "playing" : "paused";
}

export function showPosition({ seconds, whole }: { seconds: number; whole: number }): void {
  if (whole > 0 && seconds <= whole)
    session()?.setPositionState?.({ duration: whole, position: seconds, playbackRate: 1 });
}
