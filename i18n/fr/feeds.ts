/** Words of the feeds: what reading applications, players and other sites show of the shop. */
export const feeds = {
  site: "ventes.coop",
  newWorks: "Nouveautés",
  newWorksOf: (name: string) => `${name} : nouveautés`,
  opds: {
    title: "ventes.coop",
    subtitle: "Livres et musique, vendus par celles et ceux qui les font",
    newest: "Vient de paraître",
    newestAbout: "Toutes les œuvres, les plus récentes d’abord",
    kinds: { book: "Livres", album: "Musique" },
    free: "Gratuit ou à prix libre dès 0 $",
    count: (n: number) => (n < 2 ? `${n} œuvre` : `${n} œuvres`),
    search: "Chercher",
    searchAbout: "Chercher un livre, un album ou une personne sur ventes.coop",
    found: (words: string) => `« ${words} »`,
    all: "Tout le catalogue",
    facets: { kind: "Genre", language: "Langue", coop: "Coopérative", price: "Prix" },
    buy: "Voir et acheter",
    sample: "Extrait",
  },
  rss: {
    listen: (title: string) => `Écouter et acheter « ${title} » sur ventes.coop`,
    worksOf: (name: string) => `Les albums de ${name}`,
  },
  oembed: { site: "ventes.coop", see: "Voir sur ventes.coop" },
  links: {
    opds: "Catalogue OPDS",
    newWorks: "Nouveautés de ventes.coop",
    record: "Fiche en JSON-LD",
    card: "Carte de l’œuvre",
    album: "Album pour les lecteurs de balados",
  },
};
