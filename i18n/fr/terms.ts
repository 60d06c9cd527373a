/**
 * What the checkout says of files and refunds before anybody pays, each version with the instant from which it was said. A version
 * is never edited: a dispute shows the bank the one that the buyer was shown.
 */
export const terms: { from: string; sentences: string[] }[] = [
  {
    from: "2026-01-01T00:00:00-05:00",
    sentences: [
      "Vos fichiers se téléchargent dès le paiement, par le lien du reçu, aussi souvent qu’il le faut.",
      "Un fichier défectueux, un achat fait par erreur\u00a0? Écrivez à la coopérative nommée sur le reçu\u00a0: elle peut rembourser en tout ou en partie.",
      "Un remboursement complet met fin à l’accès aux fichiers.",
    ],
  },
];
