import { z } from "zod";
import { findSaleOfKey, payoutsOfKey, salesOfKey } from "#domain/integrations/sale-queries.server.ts";
import { listCoopMembers } from "#domain/membership/queries.server.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { periodOf } from "#domain/transparency/statement-period.ts";
import { movementsOf, statementOf } from "#domain/transparency/statement-queries.server.ts";
import { ApiProblem, cursor, cursorOf, isId, limit, numberedCursor, operation, since } from "./operation.ts";
import * as shapes from "./shapes.ts";

const period = z
  .string()
  .max(40)
  .transform((code, context) => {
    const found = periodOf(code);
    if (found) return found;
    context.addIssue({ code: "custom", message: "period" });
    return z.NEVER;
  });

export const moneyOperations = [
  operation({
    name: "listSales",
    path: "/sales",
    scope: "sales:read",
    query: z.strictObject({ cursor, limit, from: since, until: since }),
    answer: shapes.saleList,
    async run({ db, key, query }) {
      const { from, until, limit } = query;
      const { sales, more } = await salesOfKey(db, key, { from, until, limit, before: query.cursor });
      const last = sales.at(-1);
      return { items: sales, next: more && last ? cursorOf(last.paidAt, last.id) : null };
    },
  }),
  operation({
    name: "getSale",
    path: "/sales/{id}",
    scope: "sales:read",
    answer: shapes.saleWhole,
    async run({ db, key, id }) {
      const sale = isId(id) ? await findSaleOfKey(db, key, id) : null;
      if (!sale) throw new ApiProblem("not_found");
      return sale;
    },
  }),
  operation({
    name: "listMembers",
    path: "/members",
    scope: "statements:read",
    answer: shapes.memberList,
    run: async ({ db, key }) => ({ items: await listCoopMembers(db, key.coopId), next: null }),
  }),
  operation({
    name: "getStatement",
    path: "/members/{id}/statement",
    scope: "statements:read",
    query: z.strictObject({ period, cursor: numberedCursor, limit }),
    answer: shapes.statement,
    async run({ db, key, id, query }) {
      const members = isId(id) ? await listCoopMembers(db, key.coopId) : [];
      if (!members.some((member) => member.id === id)) throw new ApiProblem("not_found");
      const asked = { personId: key.personId, memberId: id, period: query.period, workId: null };
      const after = query.cursor && {
        postedAt: new Date(query.cursor.at),
        entryNumber: Number(query.cursor.id),
      };
      const [statement, { rows, next }] = await Promise.all([
        statementOf(db, asked),
        movementsOf(db, asked, { after, entries: query.limit }),
      ]);
      if (!statement) throw new ApiProblem("not_found");
      const { memberName, opening, closing, totals } = statement;
      const { code, from, until } = query.period;
      return {
        ...{ memberId: id, memberName, period: { code, from, until }, currency: settlementCurrency },
        ...{ opening, closing, totals, items: rows },
        next: next && cursorOf(next.postedAt.toISOString(), String(next.entryNumber)),
      };
    },
  }),
  operation({
    name: "listPayouts",
    path: "/payouts",
    scope: "payouts:read",
    query: z.strictObject({ cursor, limit }),
    answer: shapes.payoutList,
    async run({ db, key, query }) {
      const { payouts, more } = await payoutsOfKey(db, key, { before: query.cursor, limit: query.limit });
      const last = payouts.at(-1);
      return {
        items: payouts.map(({ createdAt: _, ...payout }) => payout),
        next: more && last ? cursorOf(last.createdAt, last.id) : null,
      };
    },
  }),
];
