import type { library as fr } from "../fr/library.ts";

export const library: typeof fr = {
  title: "My library",
  description: "Everything you bought, to download whenever you like.",
  empty: "Your library is still empty.",
  emptyHelp: "Whatever you buy with this e-mail address is kept here, for good.",
  browse: "Browse the works",
  count: (n) => (n === 1 ? "1 work" : `${n} works`),
  boughtOn: (date) => `Since ${date}`,
  download: "Download",
  tracks: (n) => (n === 1 ? "1 track" : `${n} tracks`),
  ended: "This purchase was refunded in full: the files are no longer offered.",
  withdrawn: "No longer for sale, but still yours.",
  preparing: "The files are not ready. Come back in a moment.",
  formats: { epub: "EPUB", pdf: "PDF", music: "Music" },
  parcel: {
    title: (title) => `Download “${title}”`,
    titleAll: "Download everything",
    allName: "My works",
    booklet: { file: "Booklet.txt", tracks: "Tracks", credits: "Credits", lyrics: "Lyrics" },
    open: "Choose a format, download it all",
    openAll: "Download everything at once",
    lead: "Each track comes with its title, credits, ISRC, lyrics and cover, as the record gives them today.",
    leadBooks: "Books come as they were uploaded.",
    choose: "In which format?",
    groups: { lossless: "Lossless", compressed: "Compressed", received: "As received" },
    names: {
      flac: "FLAC",
      alac: "ALAC",
      wav: "WAV",
      aiff: "AIFF",
      "mp3-v0": "MP3 V0",
      "mp3-320": "MP3 320",
      "mp3-128": "MP3 128",
      aac: "AAC",
      vorbis: "Ogg Vorbis",
      opus: "Opus",
      kept: "Sound as received, record of today",
      original: "Original files",
    },
    hints: {
      flac: "The whole sound, in half the room.",
      alac: "The same, for Apple’s devices.",
      wav: "The whole sound, not compressed.",
      aiff: "Likewise, for music software.",
      "mp3-v0": "Plays everywhere, sounds very good.",
      "mp3-320": "Plays everywhere, at the highest rate.",
      "mp3-128": "The smallest, for old devices.",
      aac: "For phones and cars.",
      vorbis: "Free, for free players.",
      opus: "Free, small and fine.",
      kept: "Never compressed a second time.",
      original: "As the artist uploaded them, untouched.",
    },
    prepare: "Prepare in this format",
    ready: "Everything is ready.",
    zip: (size) => `Download it all (zip, ${size})`,
    preparing: (made, of) => `${made} of ${of} tracks ready`,
    preparingHelp:
      "Tracks are prepared one by one, a few seconds each. A track once made is kept: next time it is there at once.",
    refresh: "See how far it is",
    absent: (n) =>
      n === 1
        ? "1 track is to be made, or made again because its record changed."
        : `${n} tracks are to be made, or made again because their record changed.`,
    failed: (n) =>
      n === 1
        ? "1 track could not be made in this format. Its original file is yours; preparing again tries again."
        : `${n} tracks could not be made in this format. Their original files are yours; preparing again tries again.`,
    noFfmpeg:
      "This house cannot convert sound: the programme ffmpeg is missing here. The original files are yours.",
    kept: (n, of) =>
      n === of
        ? "The artist uploaded sound that was compressed already. A lossless file made from it would deceive: nothing finer than what was received is offered."
        : n === 1
          ? "1 track was uploaded already compressed: in a finer format, it comes as it was received."
          : `${n} tracks were uploaded already compressed: in a finer format, they come as they were received.`,
    tracks: "Track by track",
    books: "Books",
    states: { preparing: "being prepared", failed: "not made", absent: "to be made", made: "" },
    originalFile: "original file",
    asReceived: "as received",
    back: "Back",
  },
  purchase: {
    title: (number) => `Purchase no. ${number}`,
    description: "Your receipt and your files.",
    files: "Your files",
    receipt: "Receipt",
    number: "Number",
    date: "Date",
    email: "E-mail",
    work: "Work",
    coop: "Co-operative",
    amount: "Amount",
    subtotal: "Subtotal",
    total: "Total paid",
    free: "Free",
    taxNumbers: (coop) => `Tax numbers, ${coop}`,
    where: "Where each dollar went",
    whereOf: (title) => `“${title}”`,
    whereLater:
      "The money is shared as soon as the exact card fee is known, usually within a minute. Reload this page to see it.",
    keep: "This page stays at this address. Whoever has the link can download: do not share it.",
    refunded: {
      title: "Refunds",
      succeeded: (amount, day) => `${amount} refunded on ${day}, to the card that paid.`,
      pending: (amount, _day) => `${amount} will be refunded to you: the money has not left yet.`,
      failed: (amount, day) =>
        `The refund of ${amount} of ${day} did not go through: your bank sent it back. Write to the co-op named on the receipt.`,
      ended: (title, amount) => `“${title}”, ${amount}: refunded in full, its files are no longer offered.`,
      kept: (title, amount) => `“${title}”, ${amount}: its files stay yours.`,
    },
    soldBy: "Sold by",
  },
};
