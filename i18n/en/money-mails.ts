import type { moneyMails as fr } from "../fr/money-mails.ts";

export const moneyMails: typeof fr = {
  refund: {
    subject: (number) => `Refund of your purchase no.\u00a0${number}`,
    title: (amount) => `${amount} is coming back to you`,
    intro: (number, day) =>
      `Your purchase no.\u00a0${number} was refunded on ${day}, to the card that paid for it. Depending on the bank, the money shows on the statement within five to ten business days.`,
    what: "What is refunded, taxes included",
    total: "Total refunded",
    endedNote: "refunded in full, the files are no longer offered",
    keptNote: "refunded in part, the files stay yours",
    button: "See my purchase",
    because: (email) => `This mail follows a purchase made with the address ${email}.`,
  },
  dispute: {
    subject: (number, amount) => `Dispute on sale no.\u00a0${number}: ${amount}`,
    title: "A bank disputes a payment",
    intro: (number, amount) =>
      `The buyer’s bank took back ${amount} of sale no.\u00a0${number} while it decides. What had not been paid out yet of this sale waits for its decision; nothing is taken from members until then.`,
    inquirySubject: (number) => `A bank asks about sale no.\u00a0${number}`,
    inquiryTitle: "A bank asks for explanations",
    inquiryIntro: (number, amount) =>
      `The buyer’s bank asks what the payment of ${amount} of sale no.\u00a0${number} is. No money has moved: an answer may avoid a dispute.`,
    due: (at) => `To be answered before ${at}`,
    noDue: "Stripe gave no due date.",
    gathered:
      "The receipt, the downloads and the terms that the buyer was shown are gathered on the dispute’s page. Read them, complete them, send them: nothing leaves without you.",
    button: "Open the dispute",
    because: (coop) => `You receive this mail because you keep the books of ${coop}.`,
  },
};
