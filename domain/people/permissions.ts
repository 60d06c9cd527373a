import type { Viewer } from "./viewer.ts";

export type Role = Viewer["roles"][number]["role"];

/**
 * Who may what, of the staff of a co-op: every verb that a role opens, and the roles that open it. This table is the only place:
 * verbs and queries ask it (`permitted.server.ts`), pages ask it (`enterStaff`), the office shows it, and
 * `tests/integration/permissions.test.ts` tries it for every address. A role is held in one co-op and opens nothing in another.
 * `platform`: of the co-op whose Stripe account it is, and of no other. What members and buyers may is not of roles: they are
 * found through what is theirs.
 */
export const permissions = {
  /** The desk: what was submitted, all works whatever their state; publish, return, take down, correct the record. */
  judgeWorks: { roles: ["curator", "admin"], platform: false },
  /** Make and stop the coupons of the co-op, and those of its artists stop. */
  giveCoupons: { roles: ["curator", "admin"], platform: false },
  /** Make collections of works, compose the front page of the shop, which all co-ops share. */
  composeShop: { roles: ["curator", "admin"], platform: false },
  /** The office: sales, books, statements, members and their accounts, rules, what a rule would change. Reading alone. */
  readMoney: { roles: ["treasurer", "admin"], platform: false },
  /** Give a buyer back what the co-op sold. */
  refund: { roles: ["treasurer", "admin"], platform: false },
  /** Correct and send what answers a bank, where every line of the sale is the co-op's. */
  answerDisputes: { roles: ["treasurer", "admin"], platform: false },
  /** For a payee: try again, clear what stopped, share an account, paid outside, written off, unclaimed. */
  settlePayees: { roles: ["treasurer", "admin"], platform: false },
  /** Read every book of the house and ask Stripe what moved. */
  reconcile: { roles: ["treasurer", "admin"], platform: true },
  /** Say what a difference was, by an entry. */
  explainDifferences: { roles: ["treasurer"], platform: true },
  /** Give the surplus of a year back. */
  closeYear: { roles: ["treasurer", "admin"], platform: true },
  admitMembers: { roles: ["admin"], platform: false },
  giveTaxNumbers: { roles: ["admin"], platform: false },
  proposeRules: { roles: ["admin"], platform: false },
  /** Write down what the meeting decided of a proposal. */
  decideRules: { roles: ["admin"], platform: false },
  /** Confirm what another proposed, above that amount. */
  confirmActs: { roles: ["treasurer", "admin"], platform: false },
  /** Say above which amount two people are needed. */
  setTwoPeople: { roles: ["admin"], platform: false },
  /** Read who did what. */
  readAudit: { roles: ["treasurer", "admin"], platform: false },
  /** Let somebody of the staff who lost their passkeys make a new one. */
  recoverPasskeys: { roles: ["admin"], platform: false },
  /** The register of confidentiality incidents. */
  keepIncidents: { roles: ["admin"], platform: false },
  /** Make and revoke the keys of the API, say where the co-op's programs are told of what happens. */
  keepIntegrations: { roles: ["admin"], platform: false },
} as const satisfies Record<string, { roles: readonly Role[]; platform: boolean }>;

export type Verb = keyof typeof permissions;

const holders = (verb: Verb): readonly Role[] => permissions[verb].roles;

/** Where this person holds a role that opens the verb: ids of co-ops. */
export const coopsWhere = ({ roles }: Pick<Viewer, "roles">, verb: Verb): string[] => [
  ...new Set(
    roles
      .filter(({ role, coopMoney }) => {
        const { platform } = permissions[verb];
        return holders(verb).includes(role) && (!platform || coopMoney === "platform");
      })
      .map(({ coopId }) => coopId),
  ),
];

/** Whether this person may do it in that co-op. */
export const mayIn = (viewer: Pick<Viewer, "roles">, verb: Verb, coopId: string): boolean =>
  coopsWhere(viewer, verb).includes(coopId);

const ofWorks: readonly Verb[] = ["judgeWorks", "giveCoupons", "composeShop"];
const reading: readonly Verb[] = ["readMoney", "reconcile", "readAudit"];

/** Whether a page of this verb is for a passkey alone: all that is done in the office, and the pages where it is prepared. */
export const takesPasskey = (verb: Verb, writes: boolean): boolean =>
  !ofWorks.includes(verb) && (writes || !reading.includes(verb));
