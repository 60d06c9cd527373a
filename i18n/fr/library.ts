/** Words of what one owns: library, purchases, receipts, downloads. */
export const library = {
  title: "Ma bibliothèque",
  description: "Tout ce que vous avez acheté, à télécharger quand vous voulez.",
  empty: "Votre bibliothèque est encore vide.",
  emptyHelp: "Ce que vous achetez avec cette adresse de courriel se range ici, pour toujours.",
  browse: "Parcourir les œuvres",
  count: (n: number) => (n < 2 ? `${n} œuvre` : `${n} œuvres`),
  boughtOn: (date: string) => `Depuis le ${date}`,
  download: "Télécharger",
  tracks: (n: number) => (n < 2 ? `${n} piste` : `${n} pistes`),
  ended: "Cet achat a été remboursé en entier : les fichiers ne sont plus offerts.",
  withdrawn: "Plus en vente, mais toujours à vous.",
  preparing: "Les fichiers ne sont pas prêts. Revenez dans un instant.",
  formats: { epub: "EPUB", pdf: "PDF", music: "Musique" },
  purchase: {
    title: (number: string) => `Achat n° ${number}`,
    description: "Votre reçu et vos fichiers.",
    files: "Vos fichiers",
    receipt: "Reçu",
    number: "Numéro",
    date: "Date",
    email: "Courriel",
    work: "Œuvre",
    coop: "Coopérative",
    amount: "Montant",
    subtotal: "Sous-total",
    total: "Total payé",
    free: "Gratuit",
    taxNumbers: (coop: string) => `Numéros de taxes, ${coop}`,
    where: "Où est allé chaque dollar",
    whereOf: (title: string) => `« ${title} »`,
    whereLater:
      "Le partage se fait dès que les frais exacts de la carte sont connus, d’ordinaire en moins d’une minute. Rechargez cette page pour le voir.",
    keep: "Cette page reste à cette adresse. Qui a le lien peut télécharger : ne le partagez pas.",
    refunded: {
      title: "Remboursements",
      succeeded: (amount: string, day: string) =>
        `${amount} remboursés le ${day}, sur la carte qui avait payé.`,
      pending: (amount: string, _day: string) =>
        `${amount} vont vous être remboursés\u00a0: l’argent n’est pas encore parti.`,
      failed: (amount: string, day: string) =>
        `Le remboursement de ${amount} du ${day} n’a pas abouti\u00a0: votre banque l’a renvoyé. Écrivez à la coopérative nommée sur le reçu.`,
      ended: (title: string, amount: string) =>
        `«\u00a0${title}\u00a0», ${amount}\u00a0: remboursée en entier, ses fichiers ne sont plus offerts.`,
      kept: (title: string, amount: string) =>
        `«\u00a0${title}\u00a0», ${amount}\u00a0: ses fichiers restent à vous.`,
    },
    soldBy: "Vendu par",
  },
};
