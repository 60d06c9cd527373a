/** Words of the mails: what a letter says, warm and short. Non-breaking spaces are written as they are. */
export const mails = {
  foot: "Livres et musique, vendus par celles et ceux qui les font.",
  colon: "\u00a0:",
  hello: (name: string): string => `Bonjour ${name},`,
  signature: (coop: string): string => `À bientôt, ${coop}`,
  memberBecause: (coop: string): string =>
    `Vous recevez ce courriel parce que vous avez soumis une œuvre à votre coopérative, ${coop}.`,
  signIn: {
    subject: "Votre lien pour entrer",
    title: "La porte est ouverte",
    hello: "Bonjour,",
    intro: "Voici le lien que vous avez demandé. Il n’y a pas de mot de passe à retenir.",
    button: "Entrer",
    limits: "Il sert une seule fois, pendant quinze minutes, et dans le navigateur où vous l’avez demandé.",
    notYou:
      "Vous n’avez rien demandé\u00a0? Laissez ce courriel de côté\u00a0: sans ce lien, personne n’entre.",
    byHand: "Si le bouton ne répond pas, copiez cette adresse\u00a0:",
    because: (email: string): string => `Ce lien a été demandé pour l’adresse ${email}.`,
  },
  receipt: {
    subject: (number: number): string => `Votre reçu nº\u00a0${number} et vos œuvres`,
    title: "Merci\u00a0! C’est à vous.",
    intro: (count: number): string =>
      count === 1
        ? "Votre œuvre vous attend, sans compte et sans échéance. Gardez ce courriel\u00a0: son lien est votre clé."
        : "Vos œuvres vous attendent, sans compte et sans échéance. Gardez ce courriel\u00a0: son lien est votre clé.",
    button: (count: number): string => (count === 1 ? "Télécharger mon œuvre" : "Télécharger mes œuvres"),
    keep: "Ce lien ouvre cet achat à qui le détient\u00a0: ne le publiez pas.",
    receipt: (number: number): string => `Reçu nº\u00a0${number}`,
    paidOn: (day: string): string => `Payé le ${day}`,
    claimedOn: (day: string): string => `Pris le ${day}`,
    copies: (n: number): string => `${n} exemplaires`,
    soldBy: (coop: string): string => `vendu par ${coop}`,
    subtotal: "Sous-total",
    tax: { tps: "TPS", tvq: "TVQ", tvh: "TVH", tva: "TVA" } as Record<string, string>,
    total: "Total",
    free: "Gratuit",
    taxNumbers: "Numéros de taxes",
    whereTitle: "Où va votre argent",
    whereIntro: "Voici le partage de cette vente, au cent près, selon les règles votées par la coopérative.",
    whereLater:
      "Le partage de cette vente se calcule dès que les frais de carte sont connus. Vous le verrez, au cent près, sur la page de votre achat.",
    cardFee: "Frais de carte",
    taxToState: (tax: string): string => `${tax}, remise à l’État`,
    funds: {
      operating: (coop: string): string => `${coop}, fonctionnement`,
      solidarity: (coop: string): string => `${coop}, fonds de solidarité`,
      reserve: (coop: string): string => `${coop}, réserve`,
    },
    pool: (title: string): string => `Dépenses de «\u00a0${title}\u00a0»`,
    because: (email: string): string => `Ce reçu accompagne un achat fait avec l’adresse ${email}.`,
  },
  published: {
    subject: (title: string): string => `«\u00a0${title}\u00a0» est sur les rayons`,
    title: (title: string): string => `«\u00a0${title}\u00a0» est sur les rayons`,
    intro: (title: string): string =>
      `Bonne nouvelle\u00a0: nous avons relu «\u00a0${title}\u00a0», et l’œuvre est maintenant en vente.`,
    button: "Voir sa page",
    shares:
      "Chaque vente sera partagée sur-le-champ entre les personnes que vous avez nommées. Vous suivrez tout dans",
    earnings: "vos revenus",
  },
  returned: {
    subject: (title: string): string => `«\u00a0${title}\u00a0»\u00a0: une retouche avant la mise en vente`,
    title: "Presque prêt",
    intro: (title: string): string =>
      `Merci d’avoir soumis «\u00a0${title}\u00a0». Avant de mettre l’œuvre en vente, nous vous demandons une retouche.`,
    ownWords: "La personne qui a relu ajoute\u00a0:",
    after:
      "Vos fichiers et votre fiche sont restés tels quels. Corrigez ce qu’il faut, puis soumettez de nouveau\u00a0: nous la reprendrons aussitôt.",
    button: "Ouvrir dans l’atelier",
  },
};
