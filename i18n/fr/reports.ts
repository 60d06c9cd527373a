/** Words of reports: who reports a work, the desk that answers, the artist who may appeal, and the mails of each. */
export const reports = {
  reasons: {
    rights: "Elle reprend le travail d’une autre personne sans son accord",
    illegal: "Elle est contraire à la loi",
    harm: "Elle incite à la haine, à la violence ou met quelqu’un en danger",
    privacy: "Elle expose la vie privée de quelqu’un",
    wrong: "Sa fiche trompe\u00a0: auteur, contenu, langue, public…",
    other: "Autre chose",
  },
  form: {
    link: "Signaler cette œuvre",
    title: "Signaler une œuvre",
    about: (title: string): string => `Il s’agit de «\u00a0${title}\u00a0».`,
    lead: "Quelqu’un de la coopérative lira ce que vous écrivez. L’artiste n’apprendra pas qui a signalé.",
    reason: "Ce qui ne va pas",
    words: "En vos mots",
    wordsHint: "Où cela se trouve dans l’œuvre, et ce que vous savez\u00a0: cela nous aide à juger.",
    email: "Votre courriel",
    emailHint: "Seulement pour vous dire ce que la coopérative a décidé.",
    send: "Envoyer le signalement",
    sentTitle: "Merci, c’est reçu",
    sent: "La coopérative lira votre signalement. Si vous avez laissé votre courriel, elle vous dira ce qu’elle a décidé.",
    back: "Revenir à l’œuvre",
  },
  desk: {
    tab: "Signalements",
    title: "Signalements",
    lead: (n: number): string =>
      n === 0
        ? "Aucun n’attend de réponse."
        : n === 1
          ? "Un signalement attend votre réponse."
          : `${n} signalements attendent votre réponse.`,
    emptyTitle: "Rien n’a été signalé",
    empty: "Ce que les visiteurs signalent paraîtra ici, le plus ancien d’abord.",
    states: {
      open: "À lire",
      noticed: "L’artiste est avisé",
      appealed: "En appel",
      kept: "Gardée",
      removed: "Retirée",
    },
    unlisted: "hors de la boutique d’ici la décision",
    made: (day: string): string => `signalée le ${day}`,
    saidBy: "Ce que dit la personne qui signale",
    toldTo: "Elle a laissé un courriel\u00a0: elle saura ce que vous décidez.",
    notTold: "Elle n’a pas laissé de courriel.",
    by: (member: string, coop: string): string => `${member}, ${coop}`,
    steps: "Ce qui s’est passé",
    noSteps: "Personne n’a encore répondu.",
    step: {
      notice: (by: string): string => `${by} a avisé l’artiste`,
      appeal: (by: string): string => `${by} fait appel`,
      kept: (by: string): string => `${by} a décidé de garder l’œuvre`,
      removed: (by: string): string => `${by} a décidé de retirer l’œuvre`,
    },
    andUnlisted: "L’œuvre a quitté la boutique.",
    answer: "Votre réponse",
    words: "Vos mots",
    wordsHint:
      "L’artiste les lira\u00a0: dites ce qui est en cause et pourquoi. Facultatifs si vous gardez l’œuvre.",
    unlist: "Sortir l’œuvre de la boutique d’ici la décision",
    unlistHint: "Avec l’avis seulement. Qui l’a achetée la garde.",
    notice: "Aviser l’artiste",
    keep: "Garder l’œuvre",
    remove: "Retirer l’œuvre",
    ended: "C’est décidé.",
    saved: "C’est enregistré. Les personnes concernées reçoivent un courriel.",
    see: "Voir l’œuvre",
  },
  studio: {
    title: (title: string): string => `Un signalement sur «\u00a0${title}\u00a0»`,
    lead: (coop: string): string =>
      `Quelqu’un a signalé votre œuvre à ${coop}. Voici ce qui est en cause, et ce que vous pouvez répondre.`,
    reason: "La raison donnée",
    unlisted: "L’œuvre est hors de la boutique d’ici la décision. Qui l’a achetée la garde.",
    appealTitle: "Faire appel",
    appealLead: "Vous pouvez répondre une fois. La coopérative relira tout avant de décider.",
    words: "Votre réponse",
    send: "Envoyer ma réponse",
    sent: "Votre réponse est partie. La coopérative vous écrira.",
  },
  mails: {
    because: (coop: string): string => `Vous recevez ce courriel parce que vous avez écrit à ${coop}.`,
    hello: "Bonjour,",
    received: {
      subject: (title: string): string => `Votre signalement de «\u00a0${title}\u00a0» est reçu`,
      text: (title: string, coop: string): string =>
        `Merci. ${coop} lira ce que vous avez écrit au sujet de «\u00a0${title}\u00a0» et vous dira ce qu’elle a décidé.`,
    },
    decided: {
      subject: (title: string): string => `Ce qui a été décidé de «\u00a0${title}\u00a0»`,
      kept: (title: string): string =>
        `La coopérative a lu votre signalement avec attention et garde «\u00a0${title}\u00a0» en boutique.`,
      removed: (title: string): string =>
        `La coopérative a retiré «\u00a0${title}\u00a0» de la boutique. Merci de l’avoir signalée.`,
    },
    artist: {
      notice: {
        subject: (title: string): string => `Votre œuvre «\u00a0${title}\u00a0» a été signalée`,
        text: (title: string): string =>
          `Quelqu’un a signalé «\u00a0${title}\u00a0». Voici ce que la coopérative vous en dit\u00a0:`,
        unlisted: "D’ici la décision, l’œuvre est hors de la boutique. Qui l’a achetée la garde.",
      },
      kept: {
        subject: (title: string): string => `Votre œuvre «\u00a0${title}\u00a0» reste en boutique`,
        text: (title: string): string => `La coopérative a décidé de garder «\u00a0${title}\u00a0».`,
      },
      removed: {
        subject: (title: string): string => `Votre œuvre «\u00a0${title}\u00a0» est retirée`,
        text: (title: string): string =>
          `La coopérative a décidé de retirer «\u00a0${title}\u00a0» de la boutique. Qui l’a achetée la garde. Voici pourquoi\u00a0:`,
      },
      button: "Lire et répondre",
    },
  },
};
