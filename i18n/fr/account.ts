/** Words of one's account: the way in, passkeys, sessions, address, what the house knows of a person. */
export const account = {
  title: "Mon compte",
  lead: (email: string): string => `Vous êtes connecté avec ${email}.`,
  back: "Mon compte",
  rooms: {
    accountPasskeys: {
      title: "Clés d’accès",
      lead: "Entrer d’un doigt, d’un regard ou d’un code, sans courriel.",
    },
    accountSessions: {
      title: "Où je suis connecté",
      lead: "Chaque navigateur ouvert à votre nom\u00a0; fermez ceux que vous ne connaissez pas.",
    },
    accountMail: { title: "Courriel et nom", lead: "L’adresse qui vous ouvre la porte et reçoit vos reçus." },
    accountPrivacy: {
      title: "Mes renseignements",
      lead: "Tout ce que nous gardons de vous\u00a0: l’emporter, le corriger, le faire effacer.",
    },
    devices: {
      title: "Liseuses et lecteurs de musique",
      lead: "Les appareils qui ouvrent votre bibliothèque.",
    },
  },
  keys: (n: number): string => (n === 0 ? "aucune" : n === 1 ? "une clé" : `${n} clés`),
  passkeys: {
    title: "Clés d’accès",
    lead: "Une clé d’accès remplace le courriel\u00a0: votre téléphone, votre ordinateur ou une clé de sécurité prouve que c’est vous. Elle ne quitte jamais votre appareil, et ne fonctionne sur aucun autre site.",
    needTitle: "Avant de toucher à l’argent",
    need: "Vous tenez l’argent d’une coopérative. Pour ces gestes, une boîte de courriel ne suffit pas\u00a0: ajoutez une clé d’accès sur cet appareil. C’est l’affaire d’une minute, et vous reviendrez là où vous alliez.",
    onward: "Continuer",
    listTitle: "Vos clés",
    emptyTitle: "Aucune clé pour l’instant",
    empty: "Ajoutez celle de l’appareil que vous avez en main.",
    since: (date: string): string => `ajoutée le ${date}`,
    used: (when: string): string => `utilisée le ${when}`,
    neverUsed: "jamais utilisée encore",
    synced: "synchronisée avec vos autres appareils",
    onlyHere: "sur cet appareil seulement",
    remove: "Retirer",
    removed: (name: string): string => `«\u00a0${name}\u00a0» n’ouvre plus rien.`,
    added: "Votre clé d’accès est prête. La prochaine fois, vous entrerez avec elle.",
    addTitle: "Ajouter une clé",
    name: "Nom",
    nameHint:
      "Pour la reconnaître dans la liste\u00a0: «\u00a0Mon téléphone\u00a0», «\u00a0Clé du bureau\u00a0».",
    nameDefault: "Ma clé d’accès",
    add: "Ajouter une clé d’accès",
    two: "Ajoutez-en une deuxième, sur un autre appareil\u00a0: si vous perdez le premier, vous entrerez quand même.",
    noName:
      "Les navigateurs ne font pas de clé d’accès pour une adresse en chiffres. Dans une démo, ouvrez la boutique à «\u00a0localhost\u00a0».",
    noScript: "Les clés d’accès demandent JavaScript. Le lien par courriel fonctionne sans lui.",
    recovery:
      "Une clé perdue\u00a0? Une autre personne de l’administration de votre coopérative peut vous permettre d’en faire une nouvelle, à la page Membres du bureau.",
    recoveryOpen:
      "Une personne de l’administration vous permet de faire une nouvelle clé. Vos anciennes clés et vos autres connexions prendront fin.",
  },
  signIn: {
    or: "ou",
    passkey: "Entrer avec une clé d’accès",
    waiting: "Votre appareil vous demande de confirmer…",
    refused: "Rien n’a été confirmé sur votre appareil. Réessayez, ou demandez un lien par courriel.",
    unknown: "Votre appareil n’a pas pu faire cela. Il a peut-être déjà une clé pour ce site.",
  },
  confirm: {
    title: "C’est bien vous\u00a0?",
    lead: "Ce qui suit touche à votre argent, à vos accès ou aux règles. Montrez de nouveau qui vous êtes\u00a0; ce sera vrai pour dix minutes.",
    byPasskey: "Confirmer avec ma clé d’accès",
    byLink: "M’envoyer un lien",
    linkTo: (email: string): string => `Un lien part à ${email}. Ouvrez-le dans ce navigateur.`,
    onlyPasskey:
      "Vous tenez l’argent d’une coopérative\u00a0: seule votre clé d’accès peut confirmer. Si elle est perdue, une autre personne de l’administration peut vous en permettre une nouvelle.",
    sentTitle: "Regardez vos courriels",
  },
  sessions: {
    title: "Où je suis connecté",
    lead: "Un navigateur reste ouvert soixante jours\u00a0; celui d’une personne qui tient un rôle, douze heures sans visite.",
    here: "ici, maintenant",
    on: (browser: string, system: string): string => `${browser} sur ${system}`,
    unknown: "Un navigateur inconnu",
    since: (when: string): string => `depuis le ${when}`,
    seen: (when: string): string => `vu le ${when}`,
    proof: { link: "par courriel", passkey: "par clé d’accès" },
    end: "Fermer",
    endAll: "Fermer toutes les autres connexions",
    ended: (n: number): string => (n === 1 ? "Une connexion fermée." : `${n} connexions fermées.`),
    none: "Rien n’était à fermer.",
  },
  mail: {
    title: "Courriel et nom",
    current: (email: string): string => `Votre adresse\u00a0: ${email}`,
    newTitle: "Changer d’adresse",
    email: "Nouvelle adresse",
    hint: "Nous y écrivons\u00a0; elle sera la vôtre dès que vous aurez ouvert ce courriel, dans ce navigateur.",
    ask: "Écrire à cette adresse",
    sent: "Un courriel part vers votre nouvelle adresse. Il vaut quinze minutes\u00a0; rien ne change avant que vous l’ouvriez.",
    nameTitle: "Votre nom",
    name: "Nom",
    nameHint:
      "Comme votre coopérative vous connaît. Le nom d’artiste dans la boutique se change avec votre coopérative.",
    save: "Enregistrer",
    saved: "C’est noté.",
    readyTitle: "Votre nouvelle adresse",
    ready: (email: string): string =>
      `${email} deviendra votre adresse\u00a0: pour entrer, pour vos reçus, pour vos achats.`,
    confirm: "Oui, c’est la mienne",
    deadTitle: "Ce lien ne s’ouvre plus",
    changed: (email: string): string =>
      `C’est fait\u00a0: votre adresse est ${email}. Nous avons prévenu l’ancienne.`,
  },
  privacy: {
    title: "Mes renseignements",
    lead: "La loi vous donne ces droits (Loi 25 au Québec, RGPD en Europe)\u00a0; ici, ils sont des boutons.",
    exportTitle: "Emporter",
    export:
      "Une archive zip\u00a0: tout ce que nous gardons à votre nom, en JSON pour les machines et en CSV pour les tableurs.",
    exportButton: "Télécharger mes renseignements",
    tooOften: "Vous avez déjà pris plusieurs copies. Attendez quelques minutes, puis réessayez.",
    correctTitle: "Corriger",
    correct: "Votre adresse et votre nom se corrigent à la page",
    eraseTitle: "Effacer",
    erase: [
      "Votre adresse, votre nom, vos connexions, clés, appareils, écoutes et listes sont effacés, pour de bon.",
      "Vos achats ne vous seront plus rendus\u00a0: téléchargez d’abord ce que vous voulez garder.",
      "Les livres comptables restent, comme la loi le demande, avec un pseudonyme à la place de votre adresse.",
    ],
    artist:
      "Vos relevés et vos parts restent dans les livres de votre coopérative, sous le nom de vos œuvres publiées.",
    sure: "J’ai gardé ce que je veux garder. Effacez-moi.",
    sureNeeded: "Cochez la case pour confirmer.",
    eraseButton: "Effacer mon compte",
    erasedTitle: "C’est effacé",
    erased:
      "Nous ne gardons plus rien qui vous nomme, hors ce que la loi demande aux livres. Merci d’être passé.",
    keptTitle: "Ce que nous gardons, et combien de temps",
    kept: [
      [
        "Ventes et écritures",
        "six ans après l’année de la vente, demandés par la loi fiscale\u00a0; pseudonymisées si vous êtes effacé",
      ],
      ["Liens de connexion", "deux jours"],
      ["Connexions", "soixante jours au plus"],
      ["Adresse réseau", "jamais écrite\u00a0; dix minutes en mémoire, contre les abus"],
    ] as [string, string][],
  },
  letters: {
    change: {
      subject: "Votre nouvelle adresse",
      title: "Est-ce bien votre adresse\u00a0?",
      hello: "Bonjour,",
      intro:
        "Quelqu’un a demandé que cette adresse devienne la sienne chez nous. Si c’est vous, ouvrez ce lien dans le navigateur où vous l’avez demandé.",
      button: "Oui, c’est la mienne",
      limits: "Il sert une seule fois, pendant quinze minutes, à la personne qui est connectée.",
      notYou: "Ce n’est pas vous\u00a0? Laissez ce courriel de côté\u00a0: rien ne change.",
      because: (email: string): string => `Ce courriel a été demandé pour l’adresse ${email}.`,
    },
    changed: {
      subject: "Votre adresse a changé",
      title: "Votre adresse a changé",
      hello: "Bonjour,",
      intro: "Votre compte chez nous a maintenant une autre adresse. Celle-ci n’ouvre plus la porte.",
      notYou:
        "Ce n’était pas vous\u00a0? Répondez à ce courriel tout de suite\u00a0: nous fermerons les connexions avec vous.",
      because: (email: string): string =>
        `Vous recevez ce courriel parce que ${email} était l’adresse de ce compte.`,
    },
  },
};
