// Connected accounts (Accounts v2, as recipients of transfers) and the links to the page where a person completes one.
import { z } from "zod";
import type { Call, Double, Routes } from "./double.ts";

import { metadata, read, text, webAddress } from "./parameters.ts";
import type { Payout } from "./payouts.ts";
import { missing, Refusal } from "./refusal.ts";
import { newId } from "./state.ts";

export type AccountState = "to_complete" | "in_review" | "active" | "restricted" | "closed";
export type Account = {
  id: string;
  state: AccountState;
  created: string;
  /** When the person finished Stripe's form, and accepted its terms. */
  finishedAt: string | null;
  contactEmail: string | null;
  displayName: string | null;
  dashboard: "express" | "full" | "none";
  country: string;
  currency: string | null;
  locales: string[];
  metadata: Record<string, string>;
  /** Until when it may be sent money without what is asked; null: that is over. */
  dueAt?: string | null | undefined;
  /** At its owner's bank (`deposits.ts`). */
  deposits?: Payout["shown"][] | undefined;
};
export type AccountLink = {
  id: string;
  accountId: string;
  returnUrl: string | null;
  refreshUrl: string;
  /** Milliseconds. A link opens once, and within a few minutes. */
  expiresAt: number;
  /** What the form answers to, once the link has been opened. */
  form: string | null;
};

const LINK_MINUTES = 5;
const PARTS = [
  "configuration.customer",
  "configuration.merchant",
  "configuration.recipient",
  "defaults",
  "future_requirements",
  "identity",
  "requirements",
] as const;
type Part = (typeof PARTS)[number];

/** What Stripe asks of a person before an account may be sent money. */
const TO_COMPLETE = [
  "identity.individual.given_name",
  "identity.individual.surname",
  "identity.individual.date_of_birth",
  "identity.individual.address",
  "defaults.payout_methods",
  "identity.attestations.terms_of_service.account",
];
const TO_CORRECT = ["identity.individual.documents.primary_verification"];

export function newAccount(double: Double, more: Partial<Omit<Account, "id" | "created">> = {}): Account {
  const account: Account = {
    id: newId("acct", 16),
    state: "to_complete",
    created: double.clock.iso(),
    finishedAt: null,
    contactEmail: null,
    displayName: null,
    dashboard: "express",
    country: double.settings.country.toLowerCase(),
    currency: null,
    locales: [],
    metadata: {},
    ...more,
  };
  double.state.accounts[account.id] = account;
  double.notify("v2.core.account.created", account.id);
  return account;
}

export function accountNamed(double: Double, id: string): Account {
  const found = double.state.accounts[id];
  if (!found) throw missing("account", id);
  return found;
}

/** An account comes to another state: by its page, or by control. */
export function setState(double: Double, account: Account, state: AccountState) {
  if (account.state === state) return;
  account.state = state;
  if (state !== "to_complete" && state !== "closed") account.finishedAt ??= double.clock.iso();
  double.notify("v2.core.account[requirements].updated", account.id);
  double.notify("v2.core.account[configuration.recipient].capability_status_updated", account.id, {
    updated_capability: "stripe_balance.stripe_transfers",
  });
  double.emit("account.updated", asV1(double, account), { account: account.id });
  if (state !== "closed") return;
  double.notify("v2.core.account.closed", account.id);
  const application = { id: "ca_double", object: "application" as const, name: "ventes.coop" };
  double.emit("account.application.deauthorized", application, { account: account.id });
}

export const accountInvalid = (id: string) =>
  new Refusal(
    403,
    `The provided key does not have access to account '${id}' (or that account does not exist). Application access may have been revoked.`,
    { code: "account_invalid" },
  );

/** Whether money may be sent to an account, or asked back from it. */
export function refuseUnlessPayable(double: Double, id: string, { reversal = false } = {}) {
  const account = double.state.accounts[id];
  if (!account)
    throw new Refusal(400, `No such destination: '${id}'`, {
      code: "resource_missing",
      param: "destination",
    });
  if (account.state === "closed") throw accountInvalid(id);
  if (account.state !== "active" && !reversal)
    throw new Refusal(
      400,
      "Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments",
      { code: "insufficient_capabilities_for_transfer" },
    );
}

function capability(state: AccountState) {
  const detail = (code: string, resolution: string) => [{ code, resolution }];
  if (state === "active") return { status: "active", status_details: [] };
  if (state === "in_review")
    return {
      status: "pending",
      status_details: detail("requirements_pending_verification", "no_resolution"),
    };
  if (state === "closed")
    return { status: "rejected", status_details: detail("rejected_other", "contact_stripe") };
  return { status: "restricted", status_details: detail("requirements_past_due", "provide_info") };
}

function requirements({ state, dueAt }: Account) {
  const wanted = state === "to_complete" ? TO_COMPLETE : state === "restricted" ? TO_CORRECT : [];
  const deadline = { status: dueAt ? ("currently_due" as const) : ("past_due" as const) };
  return {
    entries: wanted.map((description) => ({
      awaiting_action_from: "user",
      description,
      errors: [],
      impact: {
        restricts_capabilities: [
          { capability: "stripe_balance.stripe_transfers", configuration: "recipient", deadline },
        ],
      },
      minimum_deadline: deadline,
      requested_reasons: [{ code: state === "to_complete" ? "routine_onboarding" : "routine_verification" }],
    })),
    ...(wanted.length > 0 && {
      summary: { minimum_deadline: { ...deadline, ...(dueAt && { time: dueAt }) } },
    }),
  };
}

/** The account as v2 shows it: a part that was not asked for with `include` is not there. */
function asV2(account: Account, include: readonly Part[] = []) {
  const asked = new Set(include);
  return {
    id: account.id,
    object: "v2.core.account" as const,
    applied_configurations: ["recipient"],
    closed: account.state === "closed",
    ...(asked.has("configuration.recipient") && {
      configuration: {
        recipient: {
          applied: true,
          capabilities: { stripe_balance: { stripe_transfers: capability(account.state) } },
        },
      },
    }),
    ...(account.contactEmail !== null && { contact_email: account.contactEmail }),
    created: account.created,
    dashboard: account.dashboard,
    ...(asked.has("defaults") && {
      defaults: {
        ...(account.currency !== null && { currency: account.currency }),
        locales: account.locales,
        responsibilities: {
          fees_collector: "application",
          losses_collector: "application",
          requirements_collector: "stripe",
        },
      },
    }),
    ...(account.displayName !== null && { display_name: account.displayName }),
    ...(asked.has("identity") && {
      identity: {
        country: account.country,
        entity_type: "individual",
        ...(account.finishedAt !== null && {
          attestations: { terms_of_service: { account: { date: account.finishedAt, ip: "127.0.0.1" } } },
        }),
      },
    }),
    livemode: false,
    metadata: account.metadata,
    ...(asked.has("requirements") && { requirements: requirements(account) }),
  };
}

/** The same account as v1 tells of it, in account.updated. */
function asV1(double: Double, account: Account) {
  const active = account.state === "active";
  return {
    id: account.id,
    object: "account" as const,
    capabilities: { transfers: active ? "active" : account.state === "in_review" ? "pending" : "inactive" },
    charges_enabled: false,
    country: account.country.toUpperCase(),
    created: Math.floor(Date.parse(account.created) / 1000),
    default_currency: account.currency ?? double.settings.currency,
    details_submitted: account.finishedAt !== null,
    email: account.contactEmail,
    metadata: account.metadata,
    payouts_enabled: active,
    type: "none" as const,
  };
}

const transfersRequested = z.strictObject({ requested: z.boolean() });
const configuration = z.strictObject({
  recipient: z.strictObject({
    capabilities: z
      .strictObject({ stripe_balance: z.strictObject({ stripe_transfers: transfersRequested }) })
      .optional(),
  }),
});
const defaults = z.strictObject({
  currency: z.string().length(3).optional(),
  locales: z.array(z.string()).optional(),
  profile: z
    .strictObject({ business_url: text, doing_business_as: text, product_description: text })
    .partial()
    .optional(),
  responsibilities: z
    .strictObject({ fees_collector: z.enum(["application"]), losses_collector: z.enum(["application"]) })
    .optional(),
});
const include = z.array(z.enum(PARTS)).optional();
const identity = z.strictObject({
  country: z.string().length(2).optional(),
  entity_type: z.enum(["company", "government_entity", "individual", "non_profit"]).optional(),
});
const accountParameters = z.strictObject({
  contact_email: z.email().optional(),
  display_name: text.optional(),
  dashboard: z.enum(["express", "full", "none"]).optional(),
  identity: identity.optional(),
  configuration: configuration.optional(),
  defaults: defaults.optional(),
  metadata: metadata.optional(),
  include,
});
type AccountInput = z.output<typeof accountParameters>;

const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<{
    [K in keyof T]: Exclude<T[K], undefined>;
  }>;

const fieldsOf = (asked: AccountInput) =>
  given({
    contactEmail: asked.contact_email,
    displayName: asked.display_name,
    dashboard: asked.dashboard,
    country: asked.identity?.country?.toLowerCase(),
    currency: asked.defaults?.currency,
    locales: asked.defaults?.locales,
    metadata: asked.metadata,
  });

const linkUse = z.strictObject({
  refresh_url: webAddress,
  return_url: webAddress.optional(),
  collection_options: z
    .strictObject({
      fields: z.enum(["currently_due", "eventually_due"]),
      future_requirements: z.enum(["include", "omit"]),
    })
    .partial()
    .optional(),
});
const linkParameters = z.strictObject({
  account: text,
  use_case: z.union([
    z.strictObject({ type: z.literal("account_onboarding"), account_onboarding: linkUse }),
    z.strictObject({ type: z.literal("account_update"), account_update: linkUse }),
  ]),
});

function openLink(double: Double, { input }: Call) {
  const asked = read(linkParameters, input);
  const account = accountNamed(double, asked.account);
  if (account.state === "closed") throw accountInvalid(account.id);
  const use =
    asked.use_case.type === "account_onboarding"
      ? asked.use_case.account_onboarding
      : asked.use_case.account_update;
  const link: AccountLink = {
    id: newId("link", 20),
    accountId: account.id,
    returnUrl: use.return_url ?? null,
    refreshUrl: use.refresh_url,
    expiresAt: double.clock.now() + LINK_MINUTES * 60_000,
    form: null,
  };
  double.state.links[link.id] = link;
  return {
    object: "v2.core.account_link" as const,
    account: account.id,
    created: double.clock.iso(),
    expires_at: new Date(link.expiresAt).toISOString(),
    livemode: false,
    url: `${double.settings.publicUrl}/setup/${link.id}`,
    use_case: asked.use_case,
  };
}

export const accountRoutes: Routes = {
  "POST /v2/core/accounts": (double, { input }) => {
    const asked = read(accountParameters, input);
    return asV2(newAccount(double, fieldsOf(asked)), asked.include);
  },
  "GET /v2/core/accounts/:id": (double, { ids, input }) => {
    const asked = read(z.strictObject({ include }), input);
    return asV2(accountNamed(double, ids.id ?? ""), asked.include);
  },
  "POST /v2/core/accounts/:id": (double, { ids, input }) => {
    const asked = read(accountParameters, input);
    const account = accountNamed(double, ids.id ?? "");
    if (account.state === "closed") throw accountInvalid(account.id);
    Object.assign(account, fieldsOf(asked));
    double.notify("v2.core.account.updated", account.id);
    return asV2(account, asked.include);
  },
  "POST /v2/core/accounts/:id/close": (double, { ids, input }) => {
    read(z.strictObject({ applied_configurations: z.array(text).optional() }), input);
    const account = accountNamed(double, ids.id ?? "");
    setState(double, account, "closed");
    return asV2(account);
  },
  "POST /v2/core/account_links": openLink,
};
