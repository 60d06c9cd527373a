import type { reports as fr } from "../fr/reports.ts";

export const reports: typeof fr = {
  reasons: {
    rights: "It takes somebody else’s work without their consent",
    illegal: "It is against the law",
    harm: "It calls for hatred or violence, or puts somebody in danger",
    privacy: "It exposes somebody’s private life",
    wrong: "Its page misleads: author, contents, language, public…",
    other: "Something else",
  },
  form: {
    link: "Report this work",
    title: "Report a work",
    about: (title) => `This is about “${title}”.`,
    lead: "Somebody at the co-op will read what you write. The artist will not learn who reported it.",
    reason: "What is wrong",
    words: "In your words",
    wordsHint: "Where it is in the work, and what you know: it helps us judge.",
    email: "Your email",
    emailHint: "Only to tell you what the co-op decided.",
    send: "Send the report",
    sentTitle: "Thank you, it has arrived",
    sent: "The co-op will read your report. If you left your email, it will tell you what it decided.",
    back: "Back to the work",
  },
  desk: {
    tab: "Reports",
    title: "Reports",
    lead: (n) =>
      n === 0
        ? "None is waiting for an answer."
        : n === 1
          ? "One report is waiting for you."
          : `${n} reports are waiting for you.`,
    emptyTitle: "Nothing was reported",
    empty: "What visitors report will appear here, the oldest first.",
    states: {
      open: "To read",
      noticed: "The artist has notice",
      appealed: "Appealed",
      kept: "Kept",
      removed: "Removed",
    },
    unlisted: "out of the shop until the decision",
    made: (day) => `reported on ${day}`,
    saidBy: "What the person who reports says",
    toldTo: "They left an email: they will learn what you decide.",
    notTold: "They left no email.",
    by: (member, coop) => `${member}, ${coop}`,
    steps: "What has happened",
    noSteps: "Nobody has answered yet.",
    step: {
      notice: (by) => `${by} gave notice to the artist`,
      appeal: (by) => `${by} appeals`,
      kept: (by) => `${by} decided to keep the work`,
      removed: (by) => `${by} decided to remove the work`,
    },
    andUnlisted: "The work left the shop.",
    answer: "Your answer",
    words: "Your words",
    wordsHint: "The artist will read them: say what is at stake and why. Optional if you keep the work.",
    unlist: "Take the work out of the shop until the decision",
    unlistHint: "With the notice only. Whoever bought it keeps it.",
    notice: "Give notice to the artist",
    keep: "Keep the work",
    remove: "Remove the work",
    ended: "It is decided.",
    saved: "Saved. Those concerned are told by mail.",
    see: "See the work",
  },
  studio: {
    title: (title) => `A report about “${title}”`,
    lead: (coop) =>
      `Somebody reported your work to ${coop}. Here is what is at stake, and what you may answer.`,
    reason: "The reason given",
    unlisted: "The work is out of the shop until the decision. Whoever bought it keeps it.",
    appealTitle: "Appeal",
    appealLead: "You may answer once. The co-op will read everything again before it decides.",
    words: "Your answer",
    send: "Send my answer",
    sent: "Your answer is sent. The co-op will write to you.",
  },
  mails: {
    because: (coop) => `You receive this mail because you wrote to ${coop}.`,
    hello: "Hello,",
    received: {
      subject: (title) => `Your report about “${title}” has arrived`,
      text: (title, coop) =>
        `Thank you. ${coop} will read what you wrote about “${title}” and tell you what it decided.`,
    },
    decided: {
      subject: (title) => `What was decided about “${title}”`,
      kept: (title) => `The co-op has read your report with care and keeps “${title}” in the shop.`,
      removed: (title) => `The co-op has taken “${title}” out of the shop. Thank you for reporting it.`,
    },
    artist: {
      notice: {
        subject: (title) => `Your work “${title}” was reported`,
        text: (title) => `Somebody reported “${title}”. This is what the co-op tells you about it:`,
        unlisted: "Until the decision, the work is out of the shop. Whoever bought it keeps it.",
      },
      kept: {
        subject: (title) => `Your work “${title}” stays in the shop`,
        text: (title) => `The co-op has decided to keep “${title}”.`,
      },
      removed: {
        subject: (title) => `Your work “${title}” is removed`,
        text: (title) =>
          `The co-op has decided to take “${title}” out of the shop. Whoever bought it keeps it. This is why:`,
      },
      button: "Read and answer",
    },
  },
};
