/** What strangers may hear of a work: every track in full, its beginning, or nothing. */
export const hearingPolicies = ["full", "start", "none"] as const;
export type HearingPolicy = (typeof hearingPolicies)[number];

/** How often each track may be heard before buying, at most, where there is a limit. */
export const mostFreePlays = 100;

/** How much of a track a stream holds: buyers hear the whole; `start` is what strangers hear where the artist said so. */
export type Extent = "whole" | "start";
export const startSeconds = 90;

/** The two encodings of a stream: Opus for whoever can play it, AAC for the others; `bitrate` in bits a second of two channels. */
export const streamTypes = {
  opus: { mediaType: "audio/ogg; codecs=opus", bitrate: 112_000 },
  aac: { mediaType: "audio/mp4; codecs=mp4a.40.2", bitrate: 128_000 },
} as const;
