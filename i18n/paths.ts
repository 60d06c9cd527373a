import type { Locale } from "./locale.ts";

/**
 * Every address of the house, French then English, in one place: the route table is made from it, and pages, mails and feeds
 * ask it. A name here is the name of the route.
 */
export const paths = {
  home: ["/", "/en"],
  browse: ["/oeuvres", "/en/works"],
  work: ["/oeuvres/:slug", "/en/works/:slug"],
  sample: ["/oeuvres/:slug/extrait", "/en/works/:slug/sample"],
  sampleReader: ["/oeuvres/:slug/lire", "/en/works/:slug/read"],
  embed: ["/oeuvres/:slug/lecteur", "/en/works/:slug/player"],
  report: ["/oeuvres/:slug/signaler", "/en/works/:slug/report"],
  agent: ["/personnes/:slug", "/en/people/:slug"],
  collection: ["/selections/:slug", "/en/selections/:slug"],
  bundle: ["/ensembles/:slug", "/en/bundles/:slug"],
  coops: ["/cooperatives", "/en/co-ops"],
  coop: ["/cooperatives/:slug", "/en/co-ops/:slug"],
  about: ["/a-propos", "/en/about"],
  cart: ["/panier", "/en/cart"],
  checkout: ["/caisse", "/en/checkout"],
  code: ["/code", "/en/code"],
  gift: ["/cadeau/:access", "/en/gift/:access"],
  following: ["/suivis", "/en/following"],
  wishes: ["/envies", "/en/wishlist"],
  leave: ["/desabonnement/:token", "/en/unsubscribe/:token"],
  thanks: ["/merci/:access", "/en/thanks/:access"],
  purchase: ["/achats/:access", "/en/purchases/:access"],
  receiptPdf: ["/achats/:access/recu.pdf", "/en/purchases/:access/receipt.pdf"],
  purchaseParcel: ["/achats/:access/tout", "/en/purchases/:access/everything"],
  purchaseZip: ["/achats/:access/tout.zip", "/en/purchases/:access/everything.zip"],
  library: ["/bibliotheque", "/en/library"],
  libraryParcel: ["/bibliotheque/tout", "/en/library/everything"],
  libraryZip: ["/bibliotheque/tout.zip", "/en/library/everything.zip"],
  parcel: ["/emporter/:right", "/en/take-home/:right"],
  parcelZip: ["/emporter/:right/tout.zip", "/en/take-home/:right/everything.zip"],
  reader: ["/lire/:right", "/en/read/:right"],
  devices: ["/bibliotheque/appareils", "/en/library/devices"],
  download: ["/telecharger/:right/:asset", "/en/download/:right/:asset"],
  signIn: ["/connexion", "/en/sign-in"],
  signInLink: ["/connexion/:token", "/en/sign-in/:token"],
  signOut: ["/deconnexion", "/en/sign-out"],
  account: ["/compte", "/en/account"],
  accountConfirm: ["/compte/confirmer", "/en/account/confirm"],
  accountPasskeys: ["/compte/cles-d-acces", "/en/account/passkeys"],
  accountSessions: ["/compte/connexions", "/en/account/sessions"],
  accountMail: ["/compte/courriel", "/en/account/email"],
  accountMailLink: ["/compte/courriel/:token", "/en/account/email/:token"],
  accountPrivacy: ["/compte/mes-renseignements", "/en/account/my-information"],
  accountExport: ["/compte/mes-renseignements.zip", "/en/account/my-information.zip"],
  studio: ["/atelier", "/en/studio"],
  studioNew: ["/atelier/nouvelle-oeuvre", "/en/studio/new-work"],
  studioFiles: ["/atelier/oeuvres/:id/fichiers", "/en/studio/works/:id/files"],
  studioDetails: ["/atelier/oeuvres/:id/fiche", "/en/studio/works/:id/details"],
  studioScore: ["/atelier/oeuvres/:id/qualite", "/en/studio/works/:id/quality"],
  studioDoubles: ["/atelier/oeuvres/:id/doubles", "/en/studio/works/:id/doubles"],
  studioHearing: ["/atelier/oeuvres/:id/ecoute", "/en/studio/works/:id/listening"],
  studioShares: ["/atelier/oeuvres/:id/partage", "/en/studio/works/:id/shares"],
  studioSubmission: ["/atelier/oeuvres/:id/soumission", "/en/studio/works/:id/submission"],
  studioWorks: ["/atelier/oeuvres", "/en/studio/works"],
  studioWorksCsv: ["/atelier/oeuvres.csv", "/en/studio/works.csv"],
  studioLetters: ["/atelier/lettres", "/en/studio/letters"],
  studioKit: ["/atelier/depart", "/en/studio/leaving"],
  studioKitZip: ["/atelier/depart/:id/tout.zip", "/en/studio/leaving/:id/everything.zip"],
  studioReport: ["/atelier/signalements/:id", "/en/studio/reports/:id"],
  studioEarnings: ["/atelier/revenus", "/en/studio/earnings"],
  studioSale: ["/atelier/revenus/:id", "/en/studio/earnings/:id"],
  studioPayouts: ["/atelier/versements", "/en/studio/payouts"],
  studioPress: ["/atelier/presse", "/en/studio/press"],
  studioPressCsv: ["/atelier/presse/codes.csv", "/en/studio/press/codes.csv"],
  studioCoupons: ["/atelier/rabais", "/en/studio/discounts"],
  studioStatements: ["/atelier/releves", "/en/studio/statements"],
  studioStatementCsv: ["/atelier/releves/releve.csv", "/en/studio/statements/statement.csv"],
  studioStatementPdf: ["/atelier/releves/releve.pdf", "/en/studio/statements/statement.pdf"],
  desk: ["/comptoir", "/en/desk"],
  deskSubmission: ["/comptoir/soumissions/:id", "/en/desk/submissions/:id"],
  deskWorks: ["/comptoir/oeuvres", "/en/desk/works"],
  deskBundles: ["/comptoir/ensembles", "/en/desk/bundles"],
  deskReports: ["/comptoir/signalements", "/en/desk/reports"],
  deskReport: ["/comptoir/signalements/:id", "/en/desk/reports/:id"],
  deskCollections: ["/comptoir/selections", "/en/desk/selections"],
  deskCollection: ["/comptoir/selections/:id", "/en/desk/selections/:id"],
  deskFront: ["/comptoir/vitrine", "/en/desk/front-page"],
  deskFrontPreview: ["/comptoir/vitrine/apercu", "/en/desk/front-page/preview"],
  deskCoupons: ["/comptoir/rabais", "/en/desk/discounts"],
  deskExchange: ["/comptoir/echange", "/en/desk/exchange"],
  deskExchangeOnix: ["/comptoir/echange/catalogue.xml", "/en/desk/exchange/catalogue.xml"],
  deskExchangeCsv: ["/comptoir/echange/catalogue.csv", "/en/desk/exchange/catalogue.csv"],
  deskExchangeDdex: ["/comptoir/echange/ddex.xml", "/en/desk/exchange/ddex.xml"],
  deskScore: ["/comptoir/qualite", "/en/desk/quality"],
  deskRecord: ["/comptoir/qualite/oeuvres/:id", "/en/desk/quality/works/:id"],
  deskWorkDoubles: ["/comptoir/qualite/oeuvres/:id/doubles", "/en/desk/quality/works/:id/doubles"],
  deskHistory: ["/comptoir/qualite/oeuvres/:id/historique", "/en/desk/quality/works/:id/history"],
  deskPersonDoubles: ["/comptoir/qualite/personnes/:id/doubles", "/en/desk/quality/people/:id/doubles"],
  deskPerson: ["/comptoir/qualite/personnes/:id", "/en/desk/quality/people/:id"],
  office: ["/bureau", "/en/office"],
  officeSales: ["/bureau/ventes", "/en/office/sales"],
  officeSale: ["/bureau/ventes/:id", "/en/office/sales/:id"],
  officeRefund: ["/bureau/ventes/:id/remboursement", "/en/office/sales/:id/refund"],
  officeDisputes: ["/bureau/litiges", "/en/office/disputes"],
  officeDispute: ["/bureau/litiges/:id", "/en/office/disputes/:id"],
  officeBooks: ["/bureau/livres", "/en/office/books"],
  officeReconciliation: ["/bureau/rapprochement", "/en/office/reconciliation"],
  officePayees: ["/bureau/beneficiaires", "/en/office/payees"],
  officePayee: ["/bureau/beneficiaires/:id", "/en/office/payees/:id"],
  officeStatements: ["/bureau/releves", "/en/office/statements"],
  officeStatementPdf: ["/bureau/releves/releve.pdf", "/en/office/statements/statement.pdf"],
  officeJournal: ["/bureau/releves/journal.csv", "/en/office/statements/journal.csv"],
  officeMembers: ["/bureau/membres", "/en/office/members"],
  officeYear: ["/bureau/annee", "/en/office/year"],
  officeActs: ["/bureau/a-deux", "/en/office/two-people"],
  officeAct: ["/bureau/a-deux/:id", "/en/office/two-people/:id"],
  officeAudit: ["/bureau/registre", "/en/office/audit"],
  officeAuditCsv: ["/bureau/registre/registre.csv", "/en/office/audit/audit.csv"],
  officeIncidents: ["/bureau/incidents", "/en/office/incidents"],
  officeIntegrations: ["/bureau/integrations", "/en/office/integrations"],
  officeEndpoint: ["/bureau/integrations/:id", "/en/office/integrations/:id"],
  officeRules: ["/bureau/regles", "/en/office/rules"],
  officeRulePropose: ["/bureau/regles/proposer", "/en/office/rules/propose"],
  officeRuleSimulation: ["/bureau/regles/simulation", "/en/office/rules/simulation"],
  officeRule: ["/bureau/regles/:id", "/en/office/rules/:id"],
  opds: ["/opds", "/en/opds"],
  opdsWorks: ["/opds/oeuvres", "/en/opds/works"],
  opdsDescription: ["/opds/recherche.xml", "/en/opds/search.xml"],
  opds2: ["/opds/v2", "/en/opds/v2"],
  opds2Works: ["/opds/v2/oeuvres", "/en/opds/v2/works"],
  opds2Work: ["/opds/v2/oeuvres/:slug", "/en/opds/v2/works/:slug"],
  atom: ["/nouveautes.atom", "/en/new.atom"],
  atomCoop: ["/cooperatives/:slug/nouveautes.atom", "/en/co-ops/:slug/new.atom"],
  atomAgent: ["/personnes/:slug/nouveautes.atom", "/en/people/:slug/new.atom"],
  albumRss: ["/oeuvres/:slug/album.rss", "/en/works/:slug/album.rss"],
  coopRss: ["/cooperatives/:slug/albums.rss", "/en/co-ops/:slug/albums.rss"],
  api: ["/api", "/en/api"],
} as const satisfies Record<string, readonly [fr: string, en: string]>;

export type PathName = keyof typeof paths;

/** Addresses that have no language. */
export const plainPaths = {
  media: "/media/:id",
  cover: "/media/:id/:file",
  listen: "/ecoute/:id",
  readerFile: "/lecture/:right/:asset",
  readingPosition: "/lecture/:right/:asset/place",
  uploads: "/televersements",
  upload: "/televersements/:id",
  libraryOpds: "/biblio/opds",
  libraryOpdsShelf: "/biblio/opds/:shelf",
  libraryOpds2: "/biblio/opds2",
  libraryOpds2Shelf: "/biblio/opds2/:shelf",
  librarySearch: "/biblio/opensearch.xml",
  libraryAuthentication: "/biblio/authentication.json",
  libraryFile: "/biblio/:right/:asset",
  subsonic: "/rest/:call",
  passkeys: "/cles-d-acces",
  stripeWebhook: "/webhooks/stripe",
  suggestions: "/suggestions",
  health: "/health",
  identity: "/id/:noun/:id",
  sitemaps: "/sitemap.xml",
  sitemap: "/sitemap/:file",
  robots: "/robots.txt",
  oembed: "/oembed",
  oai: "/oai",
  oaiSchema: "/oai/jsonld.xsd",
  dumps: "/donnees-ouvertes",
  dump: "/donnees-ouvertes/:file",
  apiList: "/api/v1/:noun",
  apiOne: "/api/v1/:noun/:id",
  apiPart: "/api/v1/:noun/:id/:part",
} as const;

type Query = Record<string, string | number | null | undefined>;

/** The address of a page: `pathTo("work", "fr", { slug })`. What is missing in `params` is a bug, and thrown. */
export function pathTo(
  name: PathName | keyof typeof plainPaths,
  locale: Locale,
  params: Record<string, string> = {},
  query: Query = {},
): string {
  const pattern =
    name in plainPaths
      ? plainPaths[name as keyof typeof plainPaths]
      : paths[name as PathName][locale === "en" ? 1 : 0];
  const path = pattern.replace(/:(\w+)/g, (_, key: string) => {
    const value = params[key];
    if (value === undefined) throw new Error(`the address ${name} wants ${key}`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) =>
      value === null || value === undefined || value === "" ? [] : [[key, String(value)]],
    ),
  ).toString();
  return search ? `${path}?${search}` : path;
}

/** The same with our name in front, for feeds, records and mails: who reads them stands elsewhere. */
export const addressesAt =
  (publicUrl: string) =>
  (...address: Parameters<typeof pathTo>): string =>
    publicUrl + pathTo(...address);

/** The same page in the other language, for `hreflang` and the switch; null where the address is not of the table. */
export function twin(pathname: string): string | null {
  for (const [fr, en] of Object.values(paths)) {
    for (const [from, to] of [
      [fr, en],
      [en, fr],
    ] as const) {
      const keys: string[] = [];
      const shape = from.replace(/:(\w+)/g, (_, key: string) => {
        keys.push(key);
        return "([^/]+)";
      });
      const matcher = new RegExp(`^${shape}/?$`);
      const found = matcher.exec(pathname);
      if (found) return to.replace(/:(\w+)/g, (_, key: string) => found[keys.indexOf(key) + 1] ?? "");
    }
  }
  return null;
}
