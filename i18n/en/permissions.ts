import type { permissions as source } from "../fr/permissions.ts";

export const permissions = {
  title: "Who may do what",
  lead: "A role holds in one co-op and opens nothing in another. Members see and do what concerns their works and their share, without any role.",
  verb: "What is done",
  roles: { curator: "Desk", treasurer: "Treasury", admin: "Administration" },
  yes: "yes",
  no: "no",
  platformOnly: "only the co-op that owns the Stripe account",
  verbs: {
    judgeWorks: "Read what is submitted, publish, return, take down, correct records",
    giveCoupons: "Give discount codes and stop those of the artists, put bundles together",
    composeShop: "Compose the front page of the shop and selections of works",
    readMoney: "Read sales, books, statements, members and their accounts, rules",
    refund: "Refund what the co-op sold",
    answerDisputes: "Answer a bank that disputes a sale",
    settlePayees:
      "Try a payout again, record a payment outside Stripe, write off, hand over what is unclaimed",
    reconcile: "Read the reconciliation, ask for one",
    explainDifferences: "Explain a difference, by an entry",
    closeYear: "Close a year, give the surplus back",
    admitMembers: "Admit a member",
    giveTaxNumbers: "Give the tax numbers",
    proposeRules: "Propose a sharing rule",
    decideRules: "Record what the meeting decided of a rule",
    confirmActs: "Confirm what somebody else proposed, above an amount",
    setTwoPeople: "Set the amount above which two people are needed",
    readAudit: "Read the audit: who did what, and when",
    recoverPasskeys: "Let somebody who lost their passkeys make a new one",
    keepIncidents: "Keep the register of confidentiality incidents",
    keepIntegrations: "Give and revoke the keys of the API, say which addresses are told",
  },
} satisfies typeof source;
