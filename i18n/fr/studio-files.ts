/** Words of the files page: sending, what the readers found, and why a file was refused or kept with a warning. */
export const studioFiles = {
  title: "Fichiers",
  leadBook:
    "Déposez l’EPUB, le PDF, ou les deux. Ils partent tout droit au coffre\u00a0; nous les lisons pour remplir la fiche.",
  leadAlbum:
    "Déposez toutes les pistes d’un coup. Elles partent tout droit au coffre\u00a0; nous les lisons pour remplir la fiche.",
  drop: "Déposez vos fichiers ici",
  dropOr: "ou",
  choose: "Choisir des fichiers",
  chooseFolder: "Choisir un dossier",
  nothingThere: "Il n’y a là ni piste ni image que nous sachions recevoir.",
  zip: {
    broken:
      "Ce zip ne s’ouvre pas\u00a0: il est abîmé, ou fait autrement que nous ne savons lire. Déposez plutôt le dossier.",
    encrypted: "Ce zip est protégé par un mot de passe. Déposez plutôt le dossier.",
    too_much: "Ce zip est trop gros pour s’ouvrir ici. Déposez plutôt le dossier.",
  },
  acceptsBook: "EPUB ou PDF\u00a0; une image JPEG, PNG ou WebP remplace la couverture.",
  acceptsAlbum:
    "FLAC, WAV, AIFF, MP3, M4A, Ogg ou Opus, un par un, en dossier ou en zip\u00a0; une image JPEG, PNG ou WebP remplace la couverture.",
  noScript:
    "L’envoi de fichiers demande JavaScript\u00a0: les gros fichiers partent par morceaux et reprennent après une coupure. Le reste de l’atelier s’en passe.",
  listTitle: "Fichiers de l’œuvre",
  none: "Aucun fichier pour l’instant.",
  states: {
    waiting: "En attente",
    sending: (percent: string) => `Envoi, ${percent}`,
    paused: (percent: string) => `En pause à ${percent}`,
    cut: "Connexion coupée\u00a0; l’envoi reprend dès que possible",
    finishing: "Vérification de l’envoi…",
    open: "Envoi interrompu\u00a0: choisissez le même fichier pour reprendre",
    received: "Reçu, nous le lisons…",
    accepted: "Accepté",
    refused: "Refusé",
    expired: "Envoi abandonné",
    removed: "Enlevé",
    failed: "L’envoi n’a pas abouti",
  },
  pause: "Mettre en pause",
  resume: "Reprendre",
  retry: "Réessayer",
  remove: "Enlever",
  removeOf: (name: string) => `Enlever ${name}`,
  progressOf: (name: string) => `Envoi de ${name}`,
  ofTotal: (sent: string, total: string) => `${sent} sur ${total}`,
  left: (time: string) => `encore ${time}`,
  announce: {
    accepted: (name: string) => `${name}\u00a0: accepté.`,
    refused: (name: string) => `${name}\u00a0: refusé.`,
    received: (name: string) => `${name}\u00a0: reçu, lecture en cours.`,
  },
  cover: "Couverture",
  coverMaking: "La couverture se prépare…",
  coverNone: "La couverture viendra du fichier, ou d’une image que vous déposez.",
  coverReplace: "Pour la remplacer, déposez une image.",
  notHere: {
    empty: "Ce fichier est vide.",
    bookKind: "Pour un livre\u00a0: EPUB, PDF, ou une image pour la couverture.",
    albumKind: "Pour un album\u00a0: FLAC, WAV, AIFF, MP3, M4A, Ogg, Opus, ou une image pour la couverture.",
  },
  network: "La connexion ne répond pas.",
};
