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
  /** Choosing a format, and taking everything home in one zip. */
  parcel: {
    title: (title: string) => `Télécharger «\u00a0${title}\u00a0»`,
    titleAll: "Tout télécharger",
    allName: "Mes œuvres",
    booklet: { file: "Livret.txt", tracks: "Pistes", credits: "Crédits", lyrics: "Paroles" },
    open: "Choisir un format, tout télécharger",
    openAll: "Tout télécharger d’un coup",
    lead: "Chaque piste vient avec son titre, ses crédits, son ISRC, ses paroles et la pochette, tels que la fiche les donne aujourd’hui.",
    leadBooks: "Les livres viennent comme ils ont été déposés.",
    choose: "Dans quel format\u00a0?",
    groups: { lossless: "Sans perte", compressed: "Compressé", received: "Tel que reçu" },
    names: {
      flac: "FLAC",
      alac: "ALAC",
      wav: "WAV",
      aiff: "AIFF",
      "mp3-v0": "MP3 V0",
      "mp3-320": "MP3 320",
      "mp3-128": "MP3 128",
      aac: "AAC",
      vorbis: "Ogg Vorbis",
      opus: "Opus",
      kept: "Son reçu, fiche à jour",
      original: "Fichiers d’origine",
    },
    hints: {
      flac: "Le son entier, en deux fois moins de place.",
      alac: "La même chose, pour les appareils d’Apple.",
      wav: "Le son entier, sans compression.",
      aiff: "De même, pour les logiciels de musique.",
      "mp3-v0": "Joue partout, sonne très bien.",
      "mp3-320": "Joue partout, au plus haut débit.",
      "mp3-128": "Le plus petit, pour les vieux appareils.",
      aac: "Pour les téléphones et les voitures.",
      vorbis: "Libre, pour les lecteurs libres.",
      opus: "Libre, petit et fin.",
      kept: "Jamais compressé une seconde fois.",
      original: "Comme l’artiste les a déposés, sans retouche.",
    },
    prepare: "Préparer dans ce format",
    ready: "Tout est prêt.",
    zip: (size: string) => `Télécharger le tout (zip, ${size})`,
    preparing: (made: number, of: number) =>
      made < 2 ? `${made} piste prête sur ${of}` : `${made} pistes prêtes sur ${of}`,
    preparingHelp:
      "Les pistes se préparent une à une, quelques secondes chacune. Une piste faite le reste\u00a0: la prochaine fois, elle sera là tout de suite.",
    refresh: "Voir où ça en est",
    absent: (n: number) =>
      n < 2
        ? "1 piste est à faire, ou à refaire parce que sa fiche a changé."
        : `${n} pistes sont à faire, ou à refaire parce que leur fiche a changé.`,
    failed: (n: number) =>
      n < 2
        ? "1 piste n’a pas pu être faite dans ce format. Ses fichiers d’origine sont à vous\u00a0; préparer de nouveau essaie encore."
        : `${n} pistes n’ont pas pu être faites dans ce format. Leurs fichiers d’origine sont à vous\u00a0; préparer de nouveau essaie encore.`,
    noFfmpeg:
      "Cette installation ne peut pas convertir de son\u00a0: il lui manque le programme ffmpeg. Les fichiers d’origine sont à vous.",
    kept: (n: number, of: number) =>
      n === of
        ? "L’artiste a déposé un son déjà compressé. En faire un fichier sans perte tromperait\u00a0: rien de plus fin que ce qui a été reçu n’est offert."
        : n < 2
          ? "1 piste a été déposée déjà compressée\u00a0: dans un format plus fin, elle vient telle que reçue."
          : `${n} pistes ont été déposées déjà compressées\u00a0: dans un format plus fin, elles viennent telles que reçues.`,
    tracks: "Les pistes une à une",
    books: "Les livres",
    states: { preparing: "se prépare", failed: "pas faite", absent: "à faire", made: "" },
    originalFile: "fichier d’origine",
    asReceived: "telle que reçue",
    back: "Retour",
  },
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
