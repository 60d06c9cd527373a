/** Words of the frame: masthead, foot, errors, what every page shares. */
export const frame = {
  siteName: "ventes.coop",
  tagline: "Livres et musique, vendus par celles et ceux qui les font",
  skip: "Aller au contenu",
  nav: {
    label: "Navigation principale",
    browse: "Œuvres",
    books: "Livres",
    albums: "Musique",
    coops: "Coopératives",
    about: "À propos",
    cart: "Panier",
    cartCount: (n: number) => (n === 0 ? "vide" : n === 1 ? "1 œuvre" : `${n} œuvres`),
    library: "Bibliothèque",
    studio: "Atelier",
    desk: "Comptoir",
    office: "Bureau",
    signIn: "Se connecter",
    signOut: "Se déconnecter",
    account: "Mon compte",
    menu: "Menu",
  },
  search: {
    label: "Chercher une œuvre, une personne",
    submit: "Chercher",
    placeholder: "Titre, personne, sujet…",
    suggestions: "Suggestions",
    found: (n: number) =>
      n === 0
        ? "Aucune suggestion"
        : n === 1
          ? "1 suggestion, flèche vers le bas pour la choisir"
          : `${n} suggestions, flèches pour choisir`,
    noun: { work: "", agent: "personne", coop: "coopérative" },
  },
  otherLanguage: "English",
  foot: {
    outbox: "Courriels de la démo",
    promise: "Chaque vente est partagée sur-le-champ selon les règles votées par la coopérative.",
    free: "Logiciel libre, sous licence AGPL 3.0 ou ultérieure.",
  },
  errors: {
    notFoundTitle: "Cette page n’est pas sur nos rayons",
    notFound:
      "L’adresse a peut-être changé, ou l’œuvre a été retirée. Rien n’est perdu : ce que vous avez acheté reste dans votre bibliothèque.",
    forbiddenTitle: "Cette porte est réservée",
    forbidden: "Votre compte n’a pas accès à cette page.",
    tooManyTitle: "Un instant, s’il vous plaît",
    tooMany: "Trop de demandes d’un coup. Attendez quelques minutes, puis réessayez.",
    brokenTitle: "Quelque chose s’est brisé de notre côté",
    broken:
      "Ce n’est pas votre faute, et rien n’est perdu. Réessayez dans un instant ; si cela persiste, écrivez à votre coopérative.",
    home: "Retour à l’accueil",
    reference: (id: string) => `Référence : ${id}`,
  },
  forms: {
    required: "Ce champ est requis.",
    email: "Cette adresse de courriel n’est pas complète.",
    number: "Entrez un nombre.",
    money: "Entrez un montant, par exemple 12,50.",
    tooLong: "C’est trop long.",
    invalid: "Cette valeur ne convient pas.",
    summary: "Quelques champs sont à corriger.",
    optional: "facultatif",
    save: "Enregistrer",
    saved: "Enregistré",
    saving: "Enregistrement…",
    cancel: "Annuler",
    back: "Retour",
    next: "Continuer",
  },
};
