/** Words of signing in and out. */
export const session = {
  title: "Se connecter",
  lead: "Entrez votre courriel\u00a0: nous vous envoyons un lien qui vous ouvre la porte. Il n’y a pas de mot de passe à retenir.",
  email: "Courriel",
  emailHint: "Si vous avez déjà acheté ici, utilisez la même adresse\u00a0: vos achats vous attendent.",
  ask: "Recevoir le lien",
  sentTitle: "Regardez vos courriels",
  sent: "Si l’adresse est la bonne, un lien vient de partir. Il est valable quinze minutes, une seule fois.",
  sentBrowser: "Ouvrez-le dans ce navigateur-ci\u00a0: lui seul peut s’en servir.",
  sentNothing: "Rien reçu\u00a0? Regardez dans les indésirables, ou demandez un autre lien.",
  again: "Demander un autre lien",
  outbox: "Voir les courriels de la démo",
  readyTitle: "Vous voilà",
  ready: "Un dernier geste pour entrer sur cet appareil.",
  enter: "Me connecter",
  deadTitle: "Ce lien ne s’ouvre plus",
  otherTitle: "Ce lien appartient à un autre navigateur",
  otherWhy:
    "Un lien ne sert que là où il a été demandé. Ainsi, personne ne peut entrer à votre place avec un courriel intercepté.",
  newLink: "Demander un nouveau lien",
};
