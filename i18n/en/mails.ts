import type { mails as fr } from "../fr/mails.ts";

export const mails: typeof fr = {
  foot: "Books and music, sold by the people who make them.",
  colon: ":",
  hello: (name) => `Hello ${name},`,
  signature: (coop) => `Until soon, ${coop}`,
  memberBecause: (coop) => `You receive this mail because you submitted a work to your co-op, ${coop}.`,
  signIn: {
    subject: "Your link to sign in",
    title: "The door is open",
    hello: "Hello,",
    intro: "Here is the link that you asked for. There is no password to remember.",
    button: "Sign in",
    limits: "It works once, for fifteen minutes, in the browser where you asked for it.",
    notYou: "You didn’t ask for anything? Leave this mail aside: without this link, nobody gets in.",
    byHand: "If the button doesn’t answer, copy this address:",
    because: (email) => `This link was asked for with the address ${email}.`,
  },
  receipt: {
    subject: (number) => `Your receipt no. ${number} and your works`,
    title: "Thank you! It’s yours.",
    intro: (count) =>
      count === 1
        ? "Your work is waiting for you, with no account and no deadline. Keep this mail: its link is your key."
        : "Your works are waiting for you, with no account and no deadline. Keep this mail: its link is your key.",
    button: (count) => (count === 1 ? "Download my work" : "Download my works"),
    keep: "This link opens this purchase to whoever holds it: don’t post it anywhere.",
    receipt: (number) => `Receipt no. ${number}`,
    paidOn: (day) => `Paid on ${day}`,
    claimedOn: (day) => `Taken on ${day}`,
    copies: (n) => `${n} copies`,
    soldBy: (coop) => `sold by ${coop}`,
    subtotal: "Subtotal",
    tax: { tps: "GST", tvq: "QST", tvh: "HST", tva: "VAT" },
    total: "Total",
    free: "Free",
    taxNumbers: "Tax numbers",
    whereTitle: "Where your money goes",
    whereIntro: "Here is how this sale is shared, to the cent, by the rules that the co-op voted.",
    whereLater:
      "This sale is shared as soon as the card fee is known. You will see it, to the cent, on the page of your purchase.",
    cardFee: "Card fee",
    taxToState: (tax) => `${tax}, handed to the State`,
    funds: {
      operating: (coop) => `${coop}, operations`,
      solidarity: (coop) => `${coop}, solidarity fund`,
      reserve: (coop) => `${coop}, reserve`,
    },
    pool: (title) => `Expenses of “${title}”`,
    because: (email) => `This receipt comes with a purchase made with the address ${email}.`,
  },
  published: {
    subject: (title) => `“${title}” is on the shelves`,
    title: (title) => `“${title}” is on the shelves`,
    intro: (title) => `Good news: we have read “${title}” through, and it is now on sale.`,
    button: "See its page",
    shares: "Each sale will be shared at once between the people you named. You can follow it all in",
    earnings: "your earnings",
  },
  returned: {
    subject: (title) => `“${title}”: one change before it goes on sale`,
    title: "Nearly there",
    intro: (title) =>
      `Thank you for submitting “${title}”. Before it goes on sale, we ask you for one change.`,
    ownWords: "The person who reviewed it adds:",
    after:
      "Your files and your record have stayed as they were. Mend what needs mending, then submit again: we will take it up at once.",
    button: "Open in the studio",
  },
};
