/** Words of what answers a bank in a dispute: read by somebody who knows nothing of us. */
export const evidence = {
  tax: { tps: "TPS", tvq: "TVQ", tvh: "TVH", tva: "TVA" } as Record<string, string>,
  product: (kind: "book" | "album", title: string, coop: string) =>
    kind === "book"
      ? `Livre numérique «\u00a0${title}\u00a0», vendu par la coopérative ${coop}`
      : `Musique numérique «\u00a0${title}\u00a0», vendue par la coopérative ${coop}`,
  delivered:
    "Des fichiers à télécharger, offerts à la page dont le lien est dans le reçu envoyé à l’adresse de l’acheteur. Rien n’est expédié par la poste.",
  receipt: (number: number) => `Reçu nº ${number}`,
  paidOn: (at: string) => `Payé le ${at}`,
  to: (email: string) => `Adresse de l’acheteur\u00a0: ${email}`,
  copies: (n: number) => `${n} exemplaires`,
  total: "Total payé",
  sent: (email: string, at: string) =>
    `Reçu et lien des fichiers acceptés par le serveur de courriel pour ${email} le ${at}.`,
  notSent: "Aucun courriel de reçu n’est noté comme accepté par le serveur du destinataire.",
  account: "L’achat est aussi rangé dans le compte ouvert avec cette adresse.",
  granted: (at: string) => `Fichiers offerts à partir du ${at}.`,
  log: (n: number) =>
    n === 0
      ? "Aucun téléchargement n’est noté."
      : n === 1
        ? "1 téléchargement est noté, par le lien du reçu ou le compte de l’acheteur\u00a0:"
        : `${n} téléchargements sont notés, par le lien du reçu ou le compte de l’acheteur\u00a0:`,
  download: (at: string, title: string, file: string) => `${at}\u00a0: «\u00a0${title}\u00a0» (${file})`,
  more: (n: number) => `… et ${n} autres.`,
  noAddress: "Nous ne notons pas les adresses IP.",
  terms: (at: string) =>
    `Ce que la page de paiement disait le ${at}, avant le bouton qui mène au paiement\u00a0:`,
  noTerms: "La page de paiement ne disait rien des remboursements à cette date.",
};
