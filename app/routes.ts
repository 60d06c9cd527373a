import { index, type RouteConfigEntry, route } from "@remix-run/route-config";
import { type PathName, paths, plainPaths } from "../i18n/paths.ts";

/** Which module answers each address: the map of every URL, on one page. French and English mount the same module. */
const pages: Record<PathName, string> = {
  home: "shop/home.tsx",
  browse: "shop/browse.tsx",
  work: "shop/work.tsx",
  sample: "shop/sample.tsx",
  agent: "shop/agent.tsx",
  coops: "shop/coops.tsx",
  coop: "shop/coop.tsx",
  about: "shop/about.tsx",
  cart: "shop/cart.tsx",
  checkout: "shop/checkout.tsx",
  thanks: "shop/thanks.tsx",
  purchase: "library/purchase.tsx",
  receiptPdf: "library/receipt-pdf.ts",
  library: "library/library.tsx",
  download: "library/download.ts",
  signIn: "session/sign-in.tsx",
  signInLink: "session/sign-in-link.tsx",
  signOut: "session/sign-out.ts",
  studio: "studio/studio.tsx",
  studioNew: "studio/new-work.tsx",
  studioFiles: "studio/files.tsx",
  studioDetails: "studio/details.tsx",
  studioShares: "studio/shares.tsx",
  studioSubmission: "studio/submission.tsx",
  studioEarnings: "studio/earnings.tsx",
  studioSale: "studio/sale.tsx",
  studioPayouts: "studio/payouts.tsx",
  studioStatements: "studio/statements.tsx",
  studioStatementCsv: "studio/statement-csv.ts",
  studioStatementPdf: "studio/statement-pdf.ts",
  desk: "desk/queue.tsx",
  deskSubmission: "desk/submission.tsx",
  deskWorks: "desk/works.tsx",
  office: "office/office.tsx",
  officeSales: "office/sales.tsx",
  officeSale: "office/sale.tsx",
  officeRefund: "office/refund.tsx",
  officeDisputes: "office/disputes.tsx",
  officeDispute: "office/dispute.tsx",
  officeBooks: "office/books.tsx",
  officeReconciliation: "office/reconciliation.tsx",
  officePayees: "office/payees.tsx",
  officePayee: "office/payee.tsx",
  officeStatements: "office/statements.tsx",
  officeStatementPdf: "office/statement-pdf.ts",
  officeJournal: "office/journal.ts",
  officeMembers: "office/members.tsx",
  officeRules: "office/rules.tsx",
  officeYear: "office/year.tsx",
  officeRulePropose: "office/rules-propose.tsx",
  officeRuleSimulation: "office/rules-simulation.tsx",
  officeRule: "office/rules-version.tsx",
};

const withoutLanguage: Record<keyof typeof plainPaths, string> = {
  media: "shop/media.ts",
  cover: "shop/cover.ts",
  uploads: "studio/uploads.ts",
  upload: "studio/upload.ts",
  stripeWebhook: "webhooks/stripe.ts",
  health: "health.ts",
};

const inBothLanguages = (Object.keys(pages) as PathName[]).flatMap((name): RouteConfigEntry[] =>
  paths[name].map((path, language) => {
    const options = { id: `${language === 0 ? "fr" : "en"}/${name}` };
    const file = `routes/${pages[name]}`;
    return path === "/" ? index(file, options) : route(path.slice(1), file, options);
  }),
);

export default [
  ...inBothLanguages,
  ...(Object.keys(plainPaths) as (keyof typeof plainPaths)[]).map((name) =>
    route(plainPaths[name].slice(1), `routes/${withoutLanguage[name]}`, { id: name }),
  ),
  // Whatever is left: a 404 of our own, not a stack on the error log.
  route("*", "routes/missing.tsx", { id: "missing" }),
] satisfies RouteConfigEntry[];
