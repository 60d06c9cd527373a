/** Words of the letters that tell of money that goes back. Non-breaking spaces are written as they are. */
export const moneyMails = {
  refund: {
    subject: (number: number): string => `Remboursement de votre achat nº\u00a0${number}`,
    title: (amount: string): string => `${amount} vous reviennent`,
    intro: (number: number, day: string): string =>
      `Votre achat nº\u00a0${number} a été remboursé le ${day}, sur la carte qui l’avait payé. Selon la banque, l’argent paraît au relevé en cinq à dix jours ouvrables.`,
    what: "Ce qui est remboursé, taxes comprises",
    total: "Total remboursé",
    endedNote: "remboursé en entier, les fichiers ne sont plus offerts",
    keptNote: "remboursé en partie, les fichiers restent à vous",
    button: "Voir mon achat",
    because: (email: string): string => `Ce courriel suit un achat fait avec l’adresse ${email}.`,
  },
  dispute: {
    subject: (number: number, amount: string): string =>
      `Litige sur la vente nº\u00a0${number}\u00a0: ${amount}`,
    title: "Une banque conteste un paiement",
    intro: (number: number, amount: string): string =>
      `La banque de l’acheteur a repris ${amount} de la vente nº\u00a0${number}, le temps de décider. Ce qui n’avait pas encore été versé de cette vente attend sa décision\u00a0; rien n’est repris aux membres d’ici là.`,
    inquirySubject: (number: number): string => `Une banque pose une question sur la vente nº\u00a0${number}`,
    inquiryTitle: "Une banque demande des explications",
    inquiryIntro: (number: number, amount: string): string =>
      `La banque de l’acheteur demande ce qu’est le paiement de ${amount} de la vente nº\u00a0${number}. Aucun argent n’a bougé\u00a0: y répondre peut éviter un litige.`,
    due: (at: string): string => `La réponse doit partir avant le ${at}.`,
    noDue: "Stripe n’a pas donné d’échéance.",
    gathered:
      "Le reçu, les téléchargements et les conditions montrées à l’acheteur sont rassemblés sur la page du litige. Relisez-les, complétez, envoyez\u00a0: rien ne part sans vous.",
    button: "Ouvrir le litige",
    because: (coop: string): string => `Vous recevez ce courriel parce que vous tenez les livres de ${coop}.`,
  },
};
