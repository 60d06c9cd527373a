import type { evidence as fr } from "../fr/evidence.ts";

export const evidence: typeof fr = {
  tax: { tps: "GST", tvq: "QST", tvh: "HST", tva: "VAT" },
  product: (kind, title, coop) =>
    kind === "book"
      ? `Digital book “${title}”, sold by the co-op ${coop}`
      : `Digital music “${title}”, sold by the co-op ${coop}`,
  delivered:
    "Files to download, offered on the page whose link is in the receipt sent to the buyer’s address. Nothing is shipped by post.",
  receipt: (number) => `Receipt no. ${number}`,
  paidOn: (at) => `Paid on ${at}`,
  to: (email) => `Buyer’s address: ${email}`,
  copies: (n) => `${n} copies`,
  total: "Total paid",
  sent: (email, at) => `Receipt and link to the files accepted by the mail server for ${email} on ${at}.`,
  notSent: "No receipt is recorded as accepted by the recipient’s mail server.",
  account: "The purchase is also kept in the account opened with this address.",
  granted: (at) => `Files offered from ${at}.`,
  log: (n) =>
    n === 0
      ? "No download is recorded."
      : n === 1
        ? "1 download is recorded, by the receipt’s link or the buyer’s account:"
        : `${n} downloads are recorded, by the receipt’s link or the buyer’s account:`,
  download: (at, title, file) => `${at}: “${title}” (${file})`,
  more: (n) => `… and ${n} more.`,
  noAddress: "We do not record IP addresses.",
  terms: (at) => `What the checkout page said on ${at}, before the button that leads to the payment:`,
  noTerms: "The checkout page said nothing of refunds on that day.",
};
