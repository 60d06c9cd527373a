import type { following as fr } from "../fr/following.ts";

export const following: typeof fr = {
  follow: {
    title: "Whom you follow",
    lead: (email) =>
      `When a work comes out, we write to you at ${email}: one letter a day at most. A person whom you follow may write to you too, once a week at most.`,
    link: "Follow",
    ask: (name) => `Would you like an email when a work of ${name} comes out?`,
    followOf: (name) => `Follow ${name}`,
    followed: (name) => `You follow ${name}.`,
    backTo: "Back to the page",
    unfollow: "Stop following",
    unfollowOf: (name) => `Stop following ${name}`,
    empty: "You do not follow anybody yet. On the page of a person or a co-op, choose “Follow”.",
  },
  wishes: {
    title: "Your wishes",
    keep: "Keep for later",
    kept: (title) => `“${title}” is kept here.`,
    drop: "Remove",
    dropOf: (title) => `Remove “${title}” from the wishes`,
    empty: "Nothing here for now. On the page of a work, choose “Keep for later”.",
    gone: (n) =>
      n < 2
        ? "A work that you kept is not on sale for now."
        : `${n} works that you kept are not on sale for now.`,
    inBrowser: "This list is kept in this browser. To find it elsewhere:",
    signIn: "sign in",
  },
  letter: {
    subject: (titles) =>
      titles.length === 1
        ? `Just out: ${titles[0]}`
        : `Just out: ${titles.slice(0, 2).join(", ")}${titles.length > 2 ? "…" : ""}`,
    title: "News from those you follow",
    leave: "Stop receiving these letters",
    because: (email) => `You receive this letter at ${email} because you follow these people or co-ops.`,
  },
  leave: {
    title: "Stop receiving these letters?",
    lead: "You will follow nobody any more, and we will not write to you when a work comes out. Your purchases and receipts do not depend on it.",
    leave: "Stop everything",
    done: "Done",
    doneLead: "You will receive no more letters of new works.",
    choose: "Choose whom to follow instead",
  },
};
