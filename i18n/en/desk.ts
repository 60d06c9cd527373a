import type { desk as fr } from "../fr/desk.ts";

export const desk: typeof fr = {
  title: "Review desk",
  lead: (n) =>
    n === 0
      ? "Nobody is waiting."
      : n === 1
        ? "One work is waiting for you."
        : `${n} works are waiting for you.`,
  tabs: { label: "Pages of the desk", queue: "To review", works: "All works" },
  queueTitle: "To review",
  emptyTitle: "The table is clear",
  empty: "Every submission has its answer. The next ones will appear here, the oldest first.",
  waiting: (since) => `Waiting for ${since}`,
  since: {
    minutes: (n) => (n <= 1 ? "a moment" : `${n} minutes`),
    hours: (n) => (n === 1 ? "an hour" : `${n} hours`),
    days: (n) => (n === 1 ? "a day" : `${n} days`),
  },
  returnedBefore: (n) => (n === 1 ? "Returned once before" : `Returned ${n} times before`),
  read: "Review",
  kinds: { book: "Book", album: "Album" },
  noTitle: "Untitled",
  allGood: "Nothing to report",
  published: (title) => `“${title}” is on sale. The artist is told by mail.`,
  returned: (title) => `“${title}” goes back to the studio. The artist is told by mail.`,
  takenBack: (title) => `“${title}” was taken back by the artist.`,
  kindBy: {
    book: (member, coop) => `Book submitted by ${member}, ${coop}`,
    album: (member, coop) => `Album submitted by ${member}, ${coop}`,
  },
  submittedAt: (day) => `on ${day}`,
  note: "A word from the artist",
  position: (waiting) =>
    waiting === 0
      ? "Last of the pile"
      : waiting === 1
        ? "One more is waiting"
        : `${waiting} more are waiting`,
  former: "Earlier answers",
  decidedAlready: {
    published: (day) => `Published on ${day}.`,
    returned: (day) => `Returned to the studio on ${day}.`,
    withdrawn: (day) => `Taken back by the artist on ${day}.`,
  },
  checks: {
    title: "What the machine has checked",
    allGood: "Everything is there. What remains is what no machine can do: read, listen, judge.",
    more: (n) => `And ${n} checks with nothing to report`,
    states: { good: "good", look: "look at it", missing: "missing" },
    words: {
      title: { good: "The title is there", missing: "The title is missing" },
      people: { good: "The people are named", look: "Nobody is named as author or performer" },
      language: { good: "The language is given", look: "The language is not given" },
      description: {
        good: "The description is long enough to choose by",
        look: "The description is short or absent",
      },
      subjects: { good: "Subjects are given", look: "No subject: the work will be hard to find" },
      cover: { good: "The cover is there", look: "There is no cover" },
      files: { good: "The files have arrived and can be read", missing: "No file that can be read" },
      file_warnings: { good: "The files raise no question", look: "Some files raise questions" },
      tracks: { good: "Each file is a track", look: "Tracks and files do not match" },
      sample: { good: "The sample is ready", look: "The sample is not ready" },
      shares: { good: "The shares are set", missing: "Nobody has a share" },
      shares_accepted: {
        good: "Every share is accepted",
        look: "Some shares wait to be accepted: they will be held",
      },
      rule: { good: "A voted rule is in force", missing: "The co-op has no rule in force" },
      price: { good: "The price is set", look: "The work is free: is that meant?" },
    },
  },
  record: {
    title: "The record and the files",
    intro: "On the left, what the shop will show. On the right, what the files say of themselves.",
    field: "Field",
    shown: "The record",
    said: "The files",
    states: {
      same: "same",
      differs: "different",
      only_file: "not in the record",
      only_record: "added by hand",
    },
    nothing: "nothing",
    source: (source, file) => (file ? `${source}, in ${file}` : source),
    fields: {
      title: "Title",
      subtitle: "Subtitle",
      contributors: "People",
      language: "Language",
      publisher: "Publisher",
      publishedOn: "Published",
      series: "Series",
      subjects: "Subjects",
      identifiers: "Identifiers",
      description: "Description",
      rights: "Rights",
      pageCount: "Pages",
    },
  },
  tracks: {
    title: "Tracks",
    listen: (title) => `Listen to the preview of “${title}”`,
    noPreview: "preview on its way",
    fileSays: (title) => `The file says: “${title}”`,
  },
  samples: {
    title: "Sample of the book",
    open: "Read the sample",
    page: (n) => `Page ${n} of the sample`,
    none: "The sample is not ready yet.",
  },
  files: {
    title: "Files",
    states: { received: "being examined", accepted: "accepted", refused: "refused" },
  },
  shares: {
    title: "Shares",
    pending: "has not accepted yet",
    none: "Nobody has a share.",
  },
  price: {
    title: "Price",
    open: (from) => `Name your price, from ${from}`,
    suggested: (amount) => `suggested: ${amount}`,
    free: "Free",
  },
  decide: {
    title: "Your answer",
    publish: "Publish",
    publishHint: "The work appears in the shop at once.",
    return: "Return to the studio",
    returnHint: "Choose a reason: one click is enough. The artist reads its sentence and your words, if any.",
    words: "Your words, if you like",
    wordsHint: "What is good, and what to mend. Needed with “something else”.",
    reasonsLabel: "Return, because",
  },
  reasons: {
    record_incomplete: {
      label: "The record is incomplete",
      letter: "The record is incomplete: a few fields remain to be filled in.",
    },
    description_short: {
      label: "The description is too short",
      letter:
        "The description is too short for somebody to choose the work by: two or three more sentences are enough.",
    },
    cover_missing: {
      label: "The cover is missing or blurred",
      letter: "The cover is missing, blurred or too small: a sharper one is needed.",
    },
    file_damaged: {
      label: "A file is damaged",
      letter: "One of the files opens badly or seems damaged: please upload it again.",
    },
    tracks_unclear: {
      label: "Tracks are badly named or ordered",
      letter: "The titles of the tracks or their order need another look.",
    },
    rights_unclear: {
      label: "The rights are not clear",
      letter:
        "We need to know that you may sell this work: covers of songs, and images or texts by others, must be mentioned.",
    },
    people_missing: {
      label: "People are missing",
      letter: "Some people who made the work do not seem to be named: translation, illustration, mixing…",
    },
    shares_pending: {
      label: "The shares need another look",
      letter: "The shares between people need another look, or wait to be accepted.",
    },
    price_unclear: {
      label: "The price is to be confirmed",
      letter: "The price seems unusual: please confirm or change it.",
    },
    duplicate: {
      label: "The work is in the catalogue already",
      letter: "This work seems to be in the catalogue already.",
    },
    other: { label: "Something else (your words)", letter: "" },
  },
  works: {
    title: "All works",
    count: (n) => (n === 1 ? "1 work" : `${n} works`),
    all: "All",
    filter: "Show",
    states: {
      draft: "Draft",
      submitted: "To review",
      returned: "Returned",
      published: "On sale",
      withdrawn: "Taken down",
    },
    columns: { sold: "Sold" },
    colon: ":",
    see: "See in the shop",
    takeDown: "Take down",
    takeDownOf: (title) => `Take down “${title}”`,
    takeDownAsk: (title) =>
      `Take “${title}” out of the shop? Who bought it keeps it. The artist may submit it again.`,
    confirm: "Yes, take it down",
    takenDown: (title) => `“${title}” is no longer on sale.`,
    emptyTitle: "Nothing here",
    empty: "No work in this state.",
    more: "Older",
    newer: "Newer",
  },
};
