/** Words of the review desk. `reasons` are told to the artist too: `label` is the curator's button, `letter` the mail's sentence. */
export const desk = {
  title: "Comptoir de lecture",
  lead: (n: number): string =>
    n === 0
      ? "Personne n’attend."
      : n === 1
        ? "Une œuvre attend votre lecture."
        : `${n} œuvres attendent votre lecture.`,
  tabs: { label: "Pages du comptoir", queue: "À lire", works: "Toutes les œuvres" },
  queueTitle: "À lire",
  emptyTitle: "La table est libre",
  empty:
    "Toutes les soumissions ont reçu leur réponse. Les prochaines apparaîtront ici, la plus ancienne d’abord.",
  waiting: (since: string): string => `Attend depuis ${since}`,
  since: {
    minutes: (n: number): string => (n <= 1 ? "un instant" : `${n} minutes`),
    hours: (n: number): string => (n === 1 ? "une heure" : `${n} heures`),
    days: (n: number): string => (n === 1 ? "un jour" : `${n} jours`),
  },
  returnedBefore: (n: number): string => (n === 1 ? "Déjà retournée une fois" : `Déjà retournée ${n} fois`),
  read: "Lire",
  kinds: { book: "Livre", album: "Album" },
  noTitle: "Sans titre",
  allGood: "Rien à signaler",
  published: (title: string): string => `«\u00a0${title}\u00a0» est en vente. L’artiste reçoit un courriel.`,
  returned: (title: string): string =>
    `«\u00a0${title}\u00a0» retourne à l’atelier. L’artiste reçoit un courriel.`,
  takenBack: (title: string): string => `«\u00a0${title}\u00a0» a été reprise par l’artiste.`,
  kindBy: {
    book: (member: string, coop: string): string => `Livre soumis par ${member}, ${coop}`,
    album: (member: string, coop: string): string => `Album soumis par ${member}, ${coop}`,
  },
  submittedAt: (day: string): string => `le ${day}`,
  note: "Mot de l’artiste",
  position: (waiting: number): string =>
    waiting === 0
      ? "Dernière de la pile"
      : waiting === 1
        ? "Une autre attend ensuite"
        : `${waiting} autres attendent ensuite`,
  former: "Réponses précédentes",
  decidedAlready: {
    published: (day: string): string => `Publiée le ${day}.`,
    returned: (day: string): string => `Retournée à l’atelier le ${day}.`,
    withdrawn: (day: string): string => `Reprise par l’artiste le ${day}.`,
  },
  checks: {
    title: "Ce que la machine a vérifié",
    allGood: "Tout est là. Il reste ce qu’aucune machine ne sait faire\u00a0: lire, écouter, juger.",
    more: (n: number): string => `Et ${n} vérifications sans rien à signaler`,
    states: { good: "bon", look: "à regarder", missing: "manque" },
    words: {
      title: { good: "Le titre est là", missing: "Il manque le titre" },
      people: { good: "Les personnes sont nommées", look: "Personne n’est nommé comme auteur ou interprète" },
      language: { good: "La langue est dite", look: "La langue n’est pas dite" },
      description: {
        good: "La description est assez longue pour choisir",
        look: "La description est courte ou absente",
      },
      subjects: {
        good: "Des sujets sont donnés",
        look: "Aucun sujet\u00a0: l’œuvre sera difficile à trouver",
      },
      cover: { good: "La couverture est là", look: "Il n’y a pas de couverture" },
      files: { good: "Les fichiers sont reçus et lisibles", missing: "Aucun fichier lisible" },
      file_warnings: {
        good: "Les fichiers ne posent pas de question",
        look: "Des fichiers posent question",
      },
      tracks: {
        good: "Chaque fichier est une piste",
        look: "Les pistes et les fichiers ne se répondent pas",
      },
      sample: { good: "L’extrait est prêt", look: "L’extrait n’est pas prêt" },
      shares: { good: "Le partage est fixé", missing: "Personne n’a de part" },
      shares_accepted: {
        good: "Chaque part est acceptée",
        look: "Des parts attendent d’être acceptées\u00a0: elles seront gardées",
      },
      rule: { good: "Une règle votée est en vigueur", missing: "La coopérative n’a pas de règle en vigueur" },
      price: { good: "Le prix est fixé", look: "L’œuvre est gratuite\u00a0: est-ce voulu\u00a0?" },
    } as Record<string, { good: string; look?: string; missing?: string }>,
  },
  record: {
    title: "La fiche et les fichiers",
    intro: "À gauche, ce que la boutique montrera. À droite, ce que les fichiers disent d’eux-mêmes.",
    field: "Champ",
    shown: "La fiche",
    said: "Les fichiers",
    states: {
      same: "pareil",
      differs: "différent",
      only_file: "absent de la fiche",
      only_record: "ajouté à la main",
    },
    nothing: "rien",
    source: (source: string, file: string | null): string => (file ? `${source}, dans ${file}` : source),
    fields: {
      title: "Titre",
      subtitle: "Sous-titre",
      contributors: "Personnes",
      language: "Langue",
      publisher: "Éditeur",
      publishedOn: "Parution",
      series: "Série",
      subjects: "Sujets",
      identifiers: "Identifiants",
      description: "Description",
      rights: "Droits",
      pageCount: "Pages",
    },
  },
  tracks: {
    title: "Pistes",
    listen: (title: string): string => `Écouter l’extrait de «\u00a0${title}\u00a0»`,
    noPreview: "extrait en préparation",
    fileSays: (title: string): string => `Le fichier dit\u00a0: «\u00a0${title}\u00a0»`,
  },
  samples: {
    title: "Extrait du livre",
    open: "Lire l’extrait",
    page: (n: number): string => `Page ${n} de l’extrait`,
    none: "L’extrait n’est pas encore prêt.",
  },
  files: {
    title: "Fichiers",
    states: { received: "en cours d’examen", accepted: "accepté", refused: "refusé" } as Record<
      string,
      string
    >,
  },
  shares: {
    title: "Partage",
    pending: "n’a pas encore accepté",
    none: "Personne n’a de part.",
  },
  price: {
    title: "Prix",
    open: (from: string): string => `Prix libre, à partir de ${from}`,
    suggested: (amount: string): string => `proposé\u00a0: ${amount}`,
    free: "Gratuit",
  },
  decide: {
    title: "Votre réponse",
    publish: "Publier",
    publishHint: "L’œuvre paraît tout de suite en boutique.",
    return: "Retourner à l’atelier",
    returnHint:
      "Choisissez une raison\u00a0: un clic suffit. L’artiste lira la phrase et, s’il y en a, vos mots.",
    words: "Vos mots, si vous le souhaitez",
    wordsHint: "Ce qui est bien, et ce qu’il faut corriger. Requis avec «\u00a0autre chose\u00a0».",
    reasonsLabel: "Retourner, parce que",
  },
  reasons: {
    record_incomplete: {
      label: "La fiche est incomplète",
      letter: "La fiche est incomplète\u00a0: quelques champs restent à remplir.",
    },
    description_short: {
      label: "La description est trop courte",
      letter:
        "La description est trop courte pour que quelqu’un choisisse l’œuvre\u00a0: deux ou trois phrases de plus suffisent.",
    },
    cover_missing: {
      label: "La couverture est absente ou floue",
      letter: "La couverture est absente, floue ou trop petite\u00a0: il en faudrait une plus nette.",
    },
    file_damaged: {
      label: "Un fichier est abîmé",
      letter: "Un des fichiers s’ouvre mal ou semble abîmé\u00a0: merci de le déposer de nouveau.",
    },
    tracks_unclear: {
      label: "Les pistes sont mal nommées ou mal rangées",
      letter: "Les titres des pistes ou leur ordre sont à revoir.",
    },
    rights_unclear: {
      label: "Les droits ne sont pas clairs",
      letter:
        "Nous avons besoin de savoir que vous avez le droit de vendre cette œuvre\u00a0: reprises, images ou textes d’autrui sont à préciser.",
    },
    people_missing: {
      label: "Il manque des personnes",
      letter:
        "Des personnes qui ont fait l’œuvre ne semblent pas nommées\u00a0: traduction, illustration, mixage…",
    },
    shares_pending: {
      label: "Le partage est à revoir",
      letter: "Le partage entre les personnes est à revoir ou à faire accepter.",
    },
    price_unclear: {
      label: "Le prix est à confirmer",
      letter: "Le prix semble inhabituel\u00a0: merci de le confirmer ou de le changer.",
    },
    duplicate: {
      label: "L’œuvre est déjà au catalogue",
      letter: "Cette œuvre semble déjà se trouver au catalogue.",
    },
    other: { label: "Autre chose (vos mots)", letter: "" },
  },
  works: {
    title: "Toutes les œuvres",
    count: (n: number): string => (n <= 1 ? `${n} œuvre` : `${n} œuvres`),
    all: "Toutes",
    filter: "Montrer",
    states: {
      draft: "Brouillon",
      submitted: "À lire",
      returned: "Retournée",
      published: "En vente",
      withdrawn: "Retirée",
    },
    columns: { sold: "Vendus" },
    colon: "\u00a0:",
    see: "Voir en boutique",
    takeDown: "Retirer",
    takeDownOf: (title: string): string => `Retirer «\u00a0${title}\u00a0»`,
    takeDownAsk: (title: string): string =>
      `Retirer «\u00a0${title}\u00a0» de la boutique\u00a0? Qui l’a achetée la garde. L’artiste peut la soumettre de nouveau.`,
    confirm: "Oui, retirer",
    takenDown: (title: string): string => `«\u00a0${title}\u00a0» n’est plus en vente.`,
    emptyTitle: "Rien ici",
    empty: "Aucune œuvre dans cet état.",
    more: "Plus anciennes",
    newer: "Plus récentes",
  },
};
