/** Words of what makes a work cost less, or nothing, to somebody: coupons. Amounts and dates come formatted. */
export const offers = {
  cart: {
    have: "J’ai un code de rabais",
    code: "Code de rabais",
    apply: "Appliquer",
    applied: "est appliqué.",
    remove: "Retirer le code",
    removeOf: (code: string): string => `Retirer le code ${code}`,
    discount: (code: string | null): string => (code ? `Rabais, code ${code}` : "Rabais"),
  },
  coupons: {
    title: "Rabais",
    leadStudio:
      "Un code que vous donnez à qui vous voulez. Le rabais est pris sur vos œuvres seulement, et le reste se partage comme d’habitude.",
    leadDesk:
      "Les codes de la coopérative et ceux de ses artistes. Un rabais ne touche que les œuvres de la coopérative, même dans un panier qui en mêle plusieurs.",
    make: "Faire un code",
    whose: "Pour les œuvres de",
    code: "Code",
    codeHint: "De 3 à 24 lettres, chiffres ou traits d’union. Les minuscules et les accents ne comptent pas.",
    off: "Rabais",
    percent: "En pourcentage",
    amount: "En dollars",
    value: "Valeur",
    valueHint: "Par exemple 15 pour 15 %, ou 5,00 pour 5 $.",
    from: "À partir du",
    until: "Jusqu’au",
    untilHint: "Ce jour compris.",
    mostUses: "Utilisations en tout",
    mostEach: "Par personne",
    mostEachHint: "Comptées par adresse de courriel.",
    works: "Œuvres",
    worksHint: "Aucune cochée : toutes, celles à venir aussi.",
    save: "Créer le code",
    saved: (code: string): string => `Le code ${code} est prêt. Vous pouvez le donner.`,
    list: "Les codes",
    emptyTitle: "Aucun code pour l’instant",
    empty: "Un lancement, une foire, une lettre à vos lectrices : un code y fait plaisir.",
    noWorks: "Un code attend une œuvre en vente. Publiez-en une d’abord.",
    by: (name: string): string => `de ${name}`,
    percentOff: (percent: string): string => `${percent} de moins`,
    amountOff: (amount: string): string => `${amount} de moins`,
    allWorks: "toutes les œuvres",
    span: (from: string, until: string | null): string =>
      until === null ? `depuis le ${from}` : `du ${from} au ${until}`,
    usedOf: (used: number, most: number | null): string =>
      most === null
        ? used < 2
          ? `${used} utilisation`
          : `${used} utilisations`
        : `${used} de ${most} utilisations`,
    given: (amount: string): string => `${amount} de rabais donnés`,
    each: (n: number): string => (n < 2 ? "une fois par personne" : `${n} fois par personne`),
    states: { on: "En cours", toCome: "À venir", over: "Terminé", usedUp: "Épuisé", stopped: "Arrêté" },
    stop: "Arrêter",
    stopOf: (code: string): string => `Arrêter le code ${code}`,
    stopped: "Le code est arrêté. Les paiements déjà commencés gardent leur prix.",
  },
};
