// What the hosted pages say. French is the source.

export type Language = "fr" | "en";

const fr = {
  notice: "Page d’essai : aucun paiement n’est réel, aucune carte n’est débitée.",
  notFoundTitle: "Page introuvable",
  notFound: "Ce lien ne mène nulle part.",
  pay: {
    title: (total: string) => `Payer ${total}`,
    yourOrder: "Votre commande",
    line: "Article",
    quantity: "Quantité",
    amount: "Montant",
    total: "Total",
    email: "Votre courriel",
    emailHint: "Le reçu y sera envoyé.",
    receiptTo: (email: string) => `Le reçu sera envoyé à ${email}.`,
    cardNumber: "Numéro d’une carte d’essai",
    cardHint: "Par exemple 4242 4242 4242 4242. N’écrivez jamais ici le numéro d’une vraie carte.",
    submit: (total: string) => `Payer ${total}`,
    testCards: "Ou choisir une carte d’essai",
    accepted: "Carte acceptée",
    declined: "Carte refusée",
    authenticate: "Carte qui demande une confirmation (3‑D Secure)",
    foreign: "Carte étrangère (française)",
    cancel: "Annuler et revenir à la boutique",
    paidTitle: "Ce paiement est fait",
    paid: "Il n’y a plus rien à payer ici.",
    continue: "Revenir à la boutique",
    expiredTitle: "Cette page a expiré",
    expired: "Rien n’a été payé. La boutique peut en ouvrir une autre.",
  },
  problems: {
    declined: "La carte a été refusée. Rien n’a été payé ; vous pouvez essayer une autre carte.",
    insufficient: "La carte a été refusée : fonds insuffisants. Vous pouvez essayer une autre carte.",
    authentication: "Le paiement n’a pas été confirmé auprès de la banque. Rien n’a été payé.",
    unknown_card: "Ce n’est pas une carte d’essai. Choisissez-en une ci-dessous.",
    email: "Écrivez une adresse de courriel, pour recevoir le reçu.",
  },
  authenticate: {
    title: "Votre banque demande une confirmation",
    about: (total: string) =>
      `Ici serait la page de votre banque (3‑D Secure), pour un paiement de ${total}.`,
    confirm: "Confirmer le paiement",
    refuse: "Refuser",
  },
  setup: {
    title: "Recevoir vos paiements",
    about:
      "Ici serait le formulaire de Stripe, qui vérifie l’identité et le compte bancaire de la personne payée. Écrivez ce que vous voulez : rien n’est vérifié ni gardé.",
    name: "Prénom et nom",
    institution: "Numéro d’institution",
    transit: "Numéro de transit",
    account: "Numéro de compte",
    hint: "Données d’essai déjà inscrites.",
    finish: "Terminer",
    review: "Terminer, mais laisser Stripe vérifier",
    later: "Plus tard",
    doneTitle: "C’est noté",
    done: "Vous pouvez fermer cette page.",
    missing: "Écrivez un nom et un numéro de compte.",
  },
};

const en = {
  notice: "Test page: no payment is real, no card is charged.",
  notFoundTitle: "Page not found",
  notFound: "This link leads nowhere.",
  pay: {
    title: (total: string) => `Pay ${total}`,
    yourOrder: "Your order",
    line: "Item",
    quantity: "Quantity",
    amount: "Amount",
    total: "Total",
    email: "Your email",
    emailHint: "The receipt will be sent there.",
    receiptTo: (email: string) => `The receipt will be sent to ${email}.`,
    cardNumber: "Number of a test card",
    cardHint: "For example 4242 4242 4242 4242. Never write the number of a real card here.",
    submit: (total: string) => `Pay ${total}`,
    testCards: "Or choose a test card",
    accepted: "Accepted card",
    declined: "Declined card",
    authenticate: "Card that asks for a confirmation (3‑D Secure)",
    foreign: "Foreign card (French)",
    cancel: "Cancel and go back to the shop",
    paidTitle: "This payment is made",
    paid: "There is nothing left to pay here.",
    continue: "Go back to the shop",
    expiredTitle: "This page has expired",
    expired: "Nothing was paid. The shop can open another one.",
  },
  problems: {
    declined: "The card was declined. Nothing was paid; you may try another card.",
    insufficient: "The card was declined: insufficient funds. You may try another card.",
    authentication: "The payment was not confirmed with the bank. Nothing was paid.",
    unknown_card: "This is not a test card. Choose one below.",
    email: "Write an email address, to receive the receipt.",
  },
  authenticate: {
    title: "Your bank asks for a confirmation",
    about: (total: string) => `Here would be your bank’s page (3‑D Secure), for a payment of ${total}.`,
    confirm: "Confirm the payment",
    refuse: "Refuse",
  },
  setup: {
    title: "Receive your payments",
    about:
      "Here would be Stripe’s form, which checks the identity and the bank account of the person who is paid. Write what you like: nothing is checked or kept.",
    name: "First and last name",
    institution: "Institution number",
    transit: "Transit number",
    account: "Account number",
    hint: "Test data is filled in already.",
    finish: "Finish",
    review: "Finish, but let Stripe check",
    later: "Later",
    doneTitle: "Noted",
    done: "You may close this page.",
    missing: "Write a name and an account number.",
  },
} satisfies typeof fr;

export const WORDS: Record<Language, typeof fr> = { fr, en };
export type Problem = keyof typeof fr.problems;

/** The language asked for, else the browser's, else French. */
export function languageOf(wanted: string | null | undefined, acceptLanguage: string | undefined): Language {
  const word = wanted && wanted !== "auto" ? wanted : (acceptLanguage ?? "fr");
  return /^en/i.test(word.trim()) ? "en" : "fr";
}

/** Minor units, written as the language writes money; a currency without cents has none. */
export function money(amount: number, currency: string, language: Language) {
  const format = new Intl.NumberFormat(language === "fr" ? "fr-CA" : "en-CA", {
    style: "currency",
    currency: currency.toUpperCase(),
  });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
