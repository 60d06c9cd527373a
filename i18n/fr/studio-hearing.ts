/** Words of the choice of what may be heard of an album before it is bought. */
export const studioHearing = {
  title: "Écoute avant l’achat",
  link: "Ce qu’on en entend avant l’achat",
  lead: "Qui achète écoute tout, autant de fois qu’il lui plaît. Choisissez ce qu’entendent les autres.",
  policies: {
    full: "Les pistes en entier",
    fullHint: "Le plus souvent, ce qui donne envie d’acheter.",
    start: (seconds: number) => `Les ${seconds} premières secondes`,
    startHint: "De chaque piste, avec une fin en douceur.",
    none: "Rien",
    noneHint: "Seuls le titre et la durée des pistes sont montrés.",
  },
  save: "Enregistrer",
  saved: "Enregistré. Ce qui manque se prépare.",
  freePlays: "Écoutes offertes de chaque piste",
  freePlaysHint: (most: number) =>
    `De 1 à ${most}. Vide\u00a0: sans limite. Après, la personne est invitée à acheter.`,
};
