/** What the API answers and takes. OpenAPI is made from these, the page about it too, and the tests hold every answer to them. */
import { z } from "zod";
import { CORRECTIONS } from "#domain/metadata/corrections.ts";

/** The shapes that have a name in OpenAPI. */
export const named = z.registry<{ id: string }>();
const name = <S extends z.ZodType>(id: string, schema: S): S => {
  named.add(schema, { id });
  return schema;
};

const id = z.uuid();
/** ISO 8601, UTC. */
const moment = z.iso.datetime();
/** Whole minor units: 1500 is 15.00. */
const amount = z.int();
const currency = z.string().length(3);
const text = z.string();
const maybe = text.nullable();

/** A page of a list: `next` is the cursor of what follows, null at the end. */
const listOf = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item), next: maybe });

const bilingual = z.object({ fr: text.optional(), en: text.optional() });
const identifier = z.object({ scheme: text, value: text });
const contributor = z.object({
  personId: id,
  slug: text,
  name: text,
  kind: z.enum(["person", "group"]),
  role: text,
  identifiers: z.array(identifier),
});

export const work = name(
  "Work",
  z.object({
    id,
    slug: text,
    kind: z.enum(["book", "album"]),
    title: text,
    subtitle: maybe,
    language: maybe,
    originalLanguage: maybe,
    description: bilingual,
    subjects: z.array(z.object({ label: text, scheme: text.optional(), code: text.optional() })),
    series: z.object({ name: text, position: z.number().nullish() }).nullable(),
    publisher: maybe,
    publishedOn: maybe,
    rights: maybe,
    pageCount: z.int().nullable(),
    durationMs: z.int().nullable(),
    accessibility: z.record(z.string(), z.unknown()).nullable(),
    price: z.object({ kind: z.enum(["fixed", "open"]), amount, suggested: amount.nullable(), currency }),
    coop: z.object({ id, slug: text, name: text }),
    contributors: z.array(contributor),
    identifiers: z.array(identifier),
    formats: z.array(
      z.object({
        id,
        format: z.enum(["epub", "pdf", "music"]),
        mediaTypes: z.array(text),
        bytes: z.int(),
        identifiers: z.array(identifier),
      }),
    ),
    tracks: z.array(
      z.object({
        id,
        disc: z.int(),
        position: z.int(),
        title: text,
        isrc: maybe,
        durationMs: z.int().nullable(),
        previewUrl: z.url().nullable(),
        contributors: z.array(contributor),
      }),
    ),
    coverUrl: z.url().nullable(),
    pages: z.object({ fr: z.url(), en: z.url() }),
    publishedAt: text,
    updatedAt: text,
  }),
);

export const workList = name(
  "WorkList",
  listOf(z.object({ id, kind: z.enum(["book", "album"]), changedAt: text, work: work.nullable() })),
);

const person = z.object({
  id,
  slug: text,
  name: text,
  kind: z.enum(["person", "group"]),
  works: z.int(),
});
export const personList = name("PersonList", listOf(person));
export const personWhole = name("Person", person.extend({ workIds: z.array(id) }));

export const coop = name(
  "Coop",
  z.object({ id, slug: text, name: text, place: text, description: bilingual, works: z.int() }),
);
export const coopList = name("CoopList", listOf(coop));

const saleLine = z.object({
  id,
  workId: id,
  title: text,
  quantity: z.int(),
  unitPrice: amount,
  amount,
  taxes: z.array(z.object({ code: text, amount })),
  feePart: amount.nullable(),
});
const sale = z.object({
  id,
  number: z.int(),
  state: z.enum(["paid", "claimed"]),
  paidAt: text,
  currency,
  amount,
  lines: z.array(saleLine),
});
export const saleList = name("SaleList", listOf(sale));
export const saleWhole = name(
  "Sale",
  sale.extend({
    entries: z.array(
      z.object({
        id,
        number: z.int(),
        kind: text,
        postedAt: text,
        postings: z.array(z.object({ account: text, amount })),
      }),
    ),
    refunds: z.array(z.object({ id, state: text, at: text, amount, currency })),
    disputes: z.array(z.object({ id, state: text, at: text, reason: text })),
  }),
);

export const memberList = name("MemberList", listOf(z.object({ id, name: text })));

const deductions = {
  gross: amount,
  fee: amount,
  operating: amount,
  solidarity: amount,
  reserve: amount,
  pool: amount,
  others: amount,
};
export const statement = name(
  "Statement",
  z.object({
    memberId: id,
    memberName: text,
    period: z.object({ code: text, from: z.iso.date(), until: z.iso.date() }),
    currency,
    opening: amount,
    closing: amount,
    totals: z.array(z.object({ kind: text, rows: z.int(), amount, ...deductions })),
    items: z.array(
      z.object({
        entryNumber: z.int(),
        kind: text,
        postedAt: moment,
        saleId: id.nullable(),
        saleNumber: z.int().nullable(),
        workId: id.nullable(),
        title: maybe,
        quantity: z.int().nullable(),
        deductions: z.object(deductions).nullable(),
        amount,
      }),
    ),
    next: maybe,
  }),
);

export const payoutList = name(
  "PayoutList",
  listOf(
    z.object({
      id,
      memberId: id.nullable(),
      amount,
      currency,
      state: z.enum(["intended", "sent", "refused", "stuck"]),
      at: text,
      saleId: id.nullable(),
      stripeTransfer: maybe,
    }),
  ),
);

const record = z.object({
  id,
  slug: text,
  kind: z.enum(["book", "album"]),
  state: text,
  title: text,
  updatedAt: text,
});
export const recordList = name("RecordList", listOf(record));
export const recordWhole = name(
  "Record",
  record.extend({
    fields: z.object({
      title: text,
      subtitle: maybe,
      language: maybe,
      originalLanguage: maybe,
      publisher: maybe,
      publishedOn: maybe,
      rights: maybe,
      description: bilingual,
      subjects: z.array(z.object({ label: text, scheme: text.optional(), code: text.optional() })),
      series: z.object({ name: text, position: z.number().nullish() }).nullable(),
      contributors: z.array(z.object({ name: text, role: text })),
      identifiers: z.array(z.object({ scheme: text, value: text, format: maybe })),
    }),
  }),
);

/** As the forms of the desk take them: one field, several or all; null says that there is none. */
export const recordChanges = z.strictObject({
  title: CORRECTIONS.title.optional(),
  subtitle: CORRECTIONS.subtitle.optional(),
  language: CORRECTIONS.language.optional(),
  originalLanguage: CORRECTIONS.originalLanguage.optional(),
  publisher: CORRECTIONS.publisher.optional(),
  publishedOn: CORRECTIONS.publishedOn.optional(),
  rights: CORRECTIONS.rights.optional(),
  description: CORRECTIONS.description.optional(),
  subjects: CORRECTIONS.subjects.optional(),
  series: CORRECTIONS.series.optional(),
  contributors: CORRECTIONS.contributors.optional(),
  identifiers: CORRECTIONS.identifiers.optional(),
});

export const problem = name(
  "Problem",
  z.object({
    type: z.url(),
    title: text,
    status: z.int(),
    detail: text,
    code: text,
    field: text.optional(),
  }),
);

const workFacts = z.object({
  work: z.object({ id, slug: text, kind: z.enum(["book", "album"]), title: text }),
});
const eventOf = <N extends string, S extends z.ZodType>(event: N, data: S) =>
  z.object({
    id,
    event: z.literal(event),
    at: text,
    coop: z.object({ id, slug: text }),
    data,
  });

/** The body that an endpoint is sent, by its event. */
export const eventBodies = {
  "sale.paid": eventOf(
    "sale.paid",
    z.object({
      sale: z.object({
        id,
        number: z.int(),
        paidAt: text,
        currency,
        amount,
        lines: z.array(z.object({ id, workId: id, title: text, quantity: z.int(), amount })),
      }),
    }),
  ),
  "sale.refunded": eventOf(
    "sale.refunded",
    z.object({
      refund: z.object({ id, saleId: id, saleNumber: z.int(), currency, amount, lineIds: z.array(id) }),
    }),
  ),
  "work.published": eventOf("work.published", workFacts),
  "work.withdrawn": eventOf("work.withdrawn", workFacts),
  "payout.sent": eventOf(
    "payout.sent",
    z.object({
      payout: z.object({
        id,
        amount,
        currency,
        memberId: id.nullable(),
        saleId: id.nullable(),
        stripeTransfer: maybe,
      }),
    }),
  ),
  "dispute.opened": eventOf(
    "dispute.opened",
    z.object({
      dispute: z.object({
        id,
        saleId: id,
        saleNumber: z.int(),
        reason: text,
        amount,
        currency,
        answerBefore: maybe,
      }),
    }),
  ),
} as const;
