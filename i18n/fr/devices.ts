/** Words of one's own apps: the page of device passwords, and what e-readers and players are told. */
export const devices = {
  title: "Mes appareils",
  lead: "Ouvrez votre bibliothèque dans votre liseuse ou votre lecteur de musique. Chaque appareil reçoit son propre mot de passe\u00a0: si vous en perdez un, fermez-lui la porte sans toucher aux autres.",
  fromLibrary: "L’ouvrir dans une liseuse ou un lecteur de musique",
  toLibrary: "Ma bibliothèque",
  listTitle: "Appareils ouverts",
  emptyTitle: "Aucun appareil pour l’instant",
  empty: "Ajoutez-en un ci-dessous\u00a0: c’est l’affaire d’une minute.",
  kinds: { reader: "Livres (OPDS)", player: "Musique (OpenSubsonic)" },
  since: (date: string) => `Ajouté le ${date}`,
  used: (when: string) => `vu le ${when}`,
  neverUsed: "jamais vu",
  revoke: "Fermer l’accès",
  revoked: (name: string) => `«\u00a0${name}\u00a0» n’ouvre plus votre bibliothèque.`,
  addTitle: "Ajouter un appareil",
  name: "Nom de l’appareil",
  nameHint:
    "Pour le reconnaître dans la liste\u00a0: «\u00a0Liseuse du salon\u00a0», «\u00a0Téléphone\u00a0».",
  kind: "Ce qu’il ouvre",
  kindHints: {
    reader: "Une liseuse ou une application de lecture\u00a0: KOReader, Thorium, Moon+ Reader…",
    player: "Une application de musique\u00a0: Symfonium, Tempo, Feishin, Amperfy, play:Sub…",
  },
  submit: "Créer un mot de passe",
  made: {
    title: (name: string) => `Le mot de passe de «\u00a0${name}\u00a0»`,
    once: "Il ne s’affiche qu’une fois. Recopiez-le maintenant dans l’appareil\u00a0; s’il se perd, créez-en simplement un autre.",
    address: "Adresse",
    login: "Nom d’utilisateur",
    password: "Mot de passe",
    again:
      "Cet appareil est déjà dans la liste, et son mot de passe a déjà été montré. S’il est perdu, fermez l’accès et ajoutez l’appareil de nouveau.",
  },
  help: {
    title: "Comment faire",
    reader: {
      title: "Sur une liseuse",
      steps: [
        "Dans l’application, cherchez «\u00a0Catalogue OPDS\u00a0» ou «\u00a0Ajouter un catalogue\u00a0».",
        "Entrez l’adresse ci-dessous, puis votre courriel et le mot de passe de l’appareil.",
        "Vos livres apparaissent\u00a0; touchez-en un pour le télécharger. Un achat s’ajoute de lui-même.",
      ],
      apps: [
        "KOReader\u00a0: loupe\u00a0› Catalogue OPDS\u00a0› +\u00a0; collez l’adresse, le nom d’utilisateur et le mot de passe.",
        "Thorium Reader\u00a0: Catalogues\u00a0› Ajouter un flux OPDS\u00a0; il demande le mot de passe à la première ouverture.",
        "Moon+ Reader\u00a0: Bibliothèque en ligne\u00a0› Ajouter un catalogue\u00a0; cochez «\u00a0connexion\u00a0».",
      ],
      json: "Pour les applications qui lisent OPDS\u00a02.0\u00a0:",
    },
    player: {
      title: "Dans un lecteur de musique",
      steps: [
        "Dans l’application, ajoutez un serveur «\u00a0Subsonic\u00a0» ou «\u00a0OpenSubsonic\u00a0».",
        "Entrez l’adresse ci-dessous, votre courriel et le mot de passe de l’appareil.",
        "Vos albums apparaissent, avec leurs pochettes. Favoris, notes et listes de lecture restent ici, d’un appareil à l’autre.",
      ],
      apps: [
        "Symfonium (Android)\u00a0: Ajouter un fournisseur\u00a0› Subsonic / OpenSubsonic.",
        "Amperfy et play:Sub (iPhone)\u00a0: entrez l’adresse telle quelle, sans /rest à la fin.",
        "Feishin (ordinateur)\u00a0: choisissez «\u00a0Subsonic\u00a0» comme type de serveur.",
      ],
    },
    safe: "Ces mots de passe n’ouvrent que vos achats\u00a0: ni votre compte, ni vos paiements, ni l’atelier.",
  },
  feed: {
    title: "Ma bibliothèque · ventes.coop",
    authTitle: "Ma bibliothèque sur ventes.coop",
    authDescription:
      "Entrez votre courriel et le mot de passe que vous avez créé pour cet appareil sur la page «\u00a0Mes appareils\u00a0».",
    login: "Courriel",
    password: "Mot de passe de l’appareil",
    shelves: { all: "Tous mes achats", books: "Mes livres", music: "Ma musique" },
    count: (n: number) => (n < 2 ? `${n} œuvre` : `${n} œuvres`),
    found: (words: string) => `Ma bibliothèque\u00a0: «\u00a0${words}\u00a0»`,
    searchDescription: "Chercher dans mes achats, par titre ou par nom.",
  },
};
