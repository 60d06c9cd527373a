import type { studioFiles as fr } from "../fr/studio-files.ts";

export const studioFiles: typeof fr = {
  title: "Files",
  leadBook:
    "Drop the EPUB, the PDF, or both. They go straight to the vault; we read them to fill in the record.",
  leadAlbum:
    "Drop all the tracks at once. They go straight to the vault; we read them to fill in the record.",
  drop: "Drop your files here",
  dropOr: "or",
  choose: "Choose files",
  chooseFolder: "Choose a folder",
  nothingThere: "There is no track or picture there that we can receive.",
  zip: {
    broken:
      "This zip does not open: it is damaged, or made in a way that we cannot read. Drop the folder instead.",
    encrypted: "This zip is protected by a password. Drop the folder instead.",
    too_much: "This zip is too large to be opened here. Drop the folder instead.",
  },
  acceptsBook: "EPUB or PDF; a JPEG, PNG or WebP picture replaces the cover.",
  acceptsAlbum:
    "FLAC, WAV, AIFF, MP3, M4A, Ogg or Opus, one by one, as a folder or a zip; a JPEG, PNG or WebP picture replaces the cover.",
  noScript:
    "Sending files needs JavaScript: large files go in pieces and resume after a cut. The rest of the studio does without.",
  listTitle: "Files of the work",
  none: "No file yet.",
  states: {
    waiting: "Waiting",
    sending: (percent: string) => `Sending, ${percent}`,
    paused: (percent: string) => `Paused at ${percent}`,
    cut: "Connection cut; sending resumes as soon as it can",
    finishing: "Checking what was sent…",
    open: "Interrupted: choose the same file again to resume",
    received: "Received, we are reading it…",
    accepted: "Accepted",
    refused: "Refused",
    expired: "Given up",
    removed: "Removed",
    failed: "Sending did not succeed",
  },
  pause: "Pause",
  resume: "Resume",
  retry: "Try again",
  remove: "Remove",
  removeOf: (name: string) => `Remove ${name}`,
  progressOf: (name: string) => `Sending ${name}`,
  ofTotal: (sent: string, total: string) => `${sent} of ${total}`,
  left: (time: string) => `${time} left`,
  announce: {
    accepted: (name: string) => `${name}: accepted.`,
    refused: (name: string) => `${name}: refused.`,
    received: (name: string) => `${name}: received, being read.`,
  },
  cover: "Cover",
  coverMaking: "The cover is being made…",
  coverNone: "The cover will come from the file, or from a picture that you drop.",
  coverReplace: "To replace it, drop a picture.",
  notHere: {
    empty: "This file is empty.",
    bookKind: "For a book: EPUB, PDF, or a picture for the cover.",
    albumKind: "For an album: FLAC, WAV, AIFF, MP3, M4A, Ogg, Opus, or a picture for the cover.",
  },
  network: "The connection does not answer.",
};
