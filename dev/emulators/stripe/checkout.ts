// Checkout sessions: a cart, the page where it is paid, and what the attempts to pay it do.
import { z } from "zod";
import type { Call, Double, Routes } from "./double.ts";
import { expanded, type Hidden, listOf, within } from "./lists.ts";
import {
  boolean,
  createdRange,
  currency,
  expand,
  integer,
  metadata,
  page,
  read,
  text,
  webAddress,
} from "./parameters.ts";
import { missing, Refusal, wrongParameter } from "./refusal.ts";
import { newId } from "./state.ts";

export type Session = ReturnType<typeof newSession>;
export type Line = ReturnType<typeof newLine>;

const LOCALES = ["auto", "en", "en-GB", "fr", "fr-CA"] as const;
const HALF_HOUR = 1800;
const DAY = 86_400;

const createParameters = z.strictObject({
  mode: z.enum(["payment"]),
  line_items: z
    .array(
      z.strictObject({
        quantity: integer.optional(),
        price_data: z.strictObject({
          currency,
          unit_amount: integer,
          product_data: z.strictObject({
            name: text,
            description: text.optional(),
            images: z.array(webAddress).max(8).optional(),
            metadata: metadata.optional(),
            tax_code: text.optional(),
          }),
          tax_behavior: z.enum(["exclusive", "inclusive", "unspecified"]).optional(),
        }),
      }),
    )
    .max(100, "at most 100 line items"),
  success_url: webAddress,
  cancel_url: webAddress.optional(),
  customer_email: z.email().max(512).optional(),
  client_reference_id: z.string().min(1).max(200).optional(),
  locale: z.enum(LOCALES).optional(),
  metadata: metadata.optional(),
  expires_at: integer.optional(),
  expand,
  payment_method_types: z.array(z.enum(["card"])).optional(),
  submit_type: z.enum(["auto", "book", "donate", "pay"]).optional(),
  ui_mode: z.enum(["hosted_page"]).optional(),
  billing_address_collection: z.enum(["auto", "required"]).optional(),
  automatic_tax: z.strictObject({ enabled: boolean }).optional(),
  payment_intent_data: z
    .strictObject({
      transfer_group: text.optional(),
      metadata: metadata.optional(),
      receipt_email: z.email().optional(),
      description: z.string().max(1000).optional(),
      statement_descriptor_suffix: z.string().max(22).optional(),
    })
    .optional(),
});
type CreateInput = z.output<typeof createParameters>;

function newLine(item: CreateInput["line_items"][number], now: number) {
  const { currency: code, unit_amount, product_data } = item.price_data;
  const quantity = item.quantity ?? 1;
  const total = unit_amount * quantity;
  return {
    id: newId("li"),
    object: "item" as const,
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: total,
    amount_tax: 0,
    amount_total: total,
    currency: code,
    description: product_data.name,
    metadata: {},
    price: {
      id: newId("price"),
      object: "price" as const,
      active: false,
      billing_scheme: "per_unit" as const,
      created: now,
      currency: code,
      custom_unit_amount: null,
      livemode: false,
      lookup_key: null,
      metadata: {},
      nickname: null,
      product: newId("prod", 14),
      recurring: null,
      tax_behavior: item.price_data.tax_behavior ?? ("unspecified" as const),
      tiers_mode: null,
      transform_quantity: null,
      type: "one_time" as const,
      unit_amount,
      unit_amount_decimal: String(unit_amount),
    },
    quantity,
  };
}

function newSession(double: Double, input: CreateInput) {
  const now = double.clock.seconds();
  const id = newId("cs_test", 58);
  const lines = input.line_items.map((item) => newLine(item, now));
  const total = lines.reduce((sum, line) => sum + line.amount_total, 0);
  return {
    // What the double needs and the API does not show.
    lines,
    /** The address typed on the page, until the payment goes through. */
    typedEmail: null as string | null,
    order: {
      metadata: input.payment_intent_data?.metadata ?? {},
      transferGroup: input.payment_intent_data?.transfer_group ?? null,
      description: input.payment_intent_data?.description ?? null,
      receiptEmail: input.payment_intent_data?.receipt_email ?? null,
    },
    shown: {
      id,
      object: "checkout.session" as const,
      adaptive_pricing: null,
      after_expiration: null,
      allow_promotion_codes: null,
      allowed_payment_method_types: null,
      amount_subtotal: total,
      amount_total: total,
      automatic_tax: { enabled: false, liability: null, provider: null, status: null },
      billing_address_collection: input.billing_address_collection ?? null,
      cancel_url: input.cancel_url ?? null,
      client_reference_id: input.client_reference_id ?? null,
      client_secret: null,
      collected_information: null,
      consent: null,
      consent_collection: null,
      created: now,
      currency: lines[0]?.currency ?? double.settings.currency,
      currency_conversion: null,
      custom_fields: [],
      custom_text: {
        after_submit: null,
        shipping_address: null,
        submit: null,
        terms_of_service_acceptance: null,
      },
      customer: null,
      customer_account: null,
      customer_creation: "if_required" as const,
      customer_details: null as ReturnType<typeof buyer> | null,
      customer_email: input.customer_email ?? null,
      discounts: [],
      expires_at: input.expires_at ?? now + DAY,
      integration_identifier: null,
      invoice: null,
      invoice_creation: null,
      livemode: false,
      locale: input.locale ?? null,
      managed_payments: null,
      metadata: input.metadata ?? {},
      mode: "payment" as const,
      origin_context: null,
      payment_intent: null as string | null,
      payment_link: null,
      payment_method_collection: "if_required" as const,
      payment_method_configuration_details: null,
      payment_method_options: {},
      payment_method_types: ["card"],
      payment_status: "unpaid" as "unpaid" | "paid",
      permissions: null,
      recovered_from: null,
      saved_payment_method_options: null,
      setup_intent: null,
      shipping_address_collection: null,
      shipping_cost: null,
      shipping_options: [],
      status: "open" as "open" | "complete" | "expired",
      submit_type: input.submit_type ?? null,
      subscription: null,
      success_url: input.success_url,
      total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
      ui_mode: "hosted_page" as const,
      url: `${double.settings.publicUrl}/c/pay/${id}` as string | null,
      wallet_options: null,
    },
  };
}

export const buyer = (email: string | null) => ({
  address: null,
  business_name: null,
  email,
  individual_name: null,
  name: null,
  phone: null,
  tax_exempt: "none" as const,
  tax_ids: [],
});

function create(double: Double, { input }: Call) {
  const asked = read(createParameters, input);
  const now = double.clock.seconds();
  const codes = new Set(asked.line_items.map((item) => item.price_data.currency));
  if (codes.size > 1)
    throw wrongParameter(
      undefined,
      "line_items",
      `All line items must have the same currency: you gave ${[...codes].join(" and ")}.`,
    );
  const { expires_at } = asked;
  if (expires_at !== undefined && (expires_at < now + HALF_HOUR || expires_at > now + DAY))
    throw wrongParameter(
      undefined,
      "expires_at",
      "The `expires_at` timestamp must be at least 30 minutes and less than 24 hours from Checkout Session creation.",
    );
  for (const [i, item] of asked.line_items.entries()) {
    if ((item.quantity ?? 1) < 1)
      throw wrongParameter(
        "parameter_invalid_integer",
        `line_items[${i}][quantity]`,
        "A quantity is 1 or more.",
      );
    if (item.price_data.unit_amount < 0)
      throw wrongParameter(
        "parameter_invalid_integer",
        `line_items[${i}][price_data][unit_amount]`,
        "This value must be greater than or equal to 0.",
      );
  }
  const session = newSession(double, asked);
  const { amount_total: total } = session.shown;
  // Stripe's smallest and largest charges (docs: "Supported currencies"), here alike for every currency.
  if (total < 50)
    throw new Refusal(400, "The Checkout Session's total amount due must add up to at least $0.50 cad.", {
      code: "amount_too_small",
      kept: false,
    });
  if (total > 99_999_999)
    throw new Refusal(400, "Amount must be no more than $999,999.99 cad.", {
      code: "amount_too_large",
      kept: false,
    });
  double.state.sessions[session.shown.id] = session;
  double.clock.set(session.shown.expires_at * 1000, "expire", session.shown.id);
  return expanded(double, session.shown, asked.expand, hiddenIn(double));
}

export function sessionNamed(double: Double, id: string): Session {
  const found = double.state.sessions[id];
  if (!found) throw missing("checkout.session", id, "session");
  return found;
}

/** An open session ends unpaid: by itself at its time, or because the shop asks. */
export function expire(double: Double, session: Session) {
  if (session.shown.status !== "open") return;
  Object.assign(session.shown, { status: "expired", url: null });
  double.clock.unset("expire", session.shown.id);
  const intent = session.shown.payment_intent && double.state.intents[session.shown.payment_intent];
  if (intent) {
    Object.assign(intent, {
      status: "canceled",
      canceled_at: double.clock.seconds(),
      cancellation_reason: "automatic",
      next_action: null,
    });
    double.emit("payment_intent.canceled", intent);
  }
  double.emit("checkout.session.expired", session.shown);
}

const hiddenIn =
  (double: Double): Hidden =>
  (object, field) => {
    const lines = field === "line_items" ? double.state.sessions[object.id]?.lines : undefined;
    // Stripe's list of lines keeps the cart's order: it is not newest first.
    return lines && linesOf(object.id, lines, {});
  };

function linesOf(id: string, lines: Line[], search: { limit?: number | undefined }) {
  const list = listOf(lines.toReversed(), `/v1/checkout/sessions/${id}/line_items`, search);
  return list;
}

const listParameters = z.strictObject({
  ...page,
  created: createdRange,
  payment_intent: text.optional(),
  status: z.enum(["complete", "expired", "open"]).optional(),
  customer_details: z.strictObject({ email: text }).optional(),
});

function list(double: Double, { input }: Call) {
  const search = read(listParameters, input);
  const found = Object.values(double.state.sessions)
    .map((session) => session.shown)
    .filter(
      (s) =>
        within(s.created, search.created) &&
        (search.payment_intent === undefined || s.payment_intent === search.payment_intent) &&
        (search.status === undefined || s.status === search.status) &&
        (search.customer_details === undefined ||
          s.customer_details?.email === search.customer_details.email),
    );
  return expanded(double, listOf(found, "/v1/checkout/sessions", search), search.expand, hiddenIn(double));
}

export const checkoutRoutes: Routes = {
  "POST /v1/checkout/sessions": create,
  "GET /v1/checkout/sessions": list,
  "GET /v1/checkout/sessions/:id": (double, { ids, input }) => {
    const { shown } = sessionNamed(double, ids.id ?? "");
    return expanded(double, shown, read(z.strictObject({ expand }), input).expand, hiddenIn(double));
  },
  "GET /v1/checkout/sessions/:id/line_items": (double, { ids, input }) => {
    const { shown, lines } = sessionNamed(double, ids.id ?? "");
    return linesOf(shown.id, lines, read(z.strictObject(page), input));
  },
  "POST /v1/checkout/sessions/:id/expire": (double, { ids, input }) => {
    const session = sessionNamed(double, ids.id ?? "");
    const { expand: paths } = read(z.strictObject({ expand }), input);
    if (session.shown.status !== "open")
      throw new Refusal(
        400,
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.shown.status}\`.`,
      );
    expire(double, session);
    return expanded(double, session.shown, paths, hiddenIn(double));
  },
};
