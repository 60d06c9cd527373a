import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { holdsIn } from "../people/permitted.server.ts";
import type { EventName } from "./scopes.ts";

export type ListedEndpoint = {
  id: string;
  url: string;
  events: EventName[];
  madeAt: Date;
  /** Of what it was told in the last thirty days. */
  delivered: number;
  waiting: number;
  givenUp: number;
};

type Through = { personId: string; coopId: string };

const endpoints = ({ personId, coopId }: Through, now: Date) => sql`
  select endpoint.id, endpoint.url, endpoint.events, endpoint.made_at as "madeAt", told.delivered, told.waiting,
    told."givenUp"
  from webhook_endpoint endpoint cross join lateral (
    select (count(*) filter (where state = 'delivered'))::integer as delivered,
      (count(*) filter (where state = 'waiting'))::integer as waiting,
      (count(*) filter (where state = 'given_up'))::integer as "givenUp"
    from webhook_delivery where endpoint_id = endpoint.id and happened_at > ${now}::timestamptz - interval '30 days') as told
  where endpoint.coop_id = ${coopId}::uuid and endpoint.ended_at is null
    and ${holdsIn(personId, "keepIntegrations", sql`endpoint.coop_id`)}`;

/** The endpoints of a co-op that are told, newest first, through who keeps them. */
export async function listEndpoints(db: Database, through: Through, now: Date): Promise<ListedEndpoint[]> {
  const { rows } = await sql<ListedEndpoint>`${endpoints(through, now)}
    order by endpoint.made_at desc, endpoint.id desc`.execute(db);
  return rows;
}

export type ListedDelivery = {
  id: string;
  event: EventName;
  happenedAt: Date;
  state: "waiting" | "delivered" | "given_up";
  attempts: number;
  attemptedAt: Date | null;
  nextAt: Date | null;
  status: number | null;
  failure: string | null;
  /** As it was sent; null while it never was. */
  body: string | null;
};

/** One endpoint with what it was told, the latest first; `before`: a delivery's id, what is older follows. Null: none of theirs. */
export async function findEndpoint(
  db: Database,
  through: Through & { id: string },
  { now, before, limit }: { now: Date; before: string | null; limit: number },
): Promise<{ endpoint: ListedEndpoint; deliveries: ListedDelivery[] } | null> {
  const { rows: found } = await sql<ListedEndpoint>`${endpoints(through, now)}
    and endpoint.id = ${through.id}::uuid`.execute(db);
  const endpoint = found[0];
  if (!endpoint) return null;
  const { rows: deliveries } = await sql<ListedDelivery>`
    select id, event, happened_at as "happenedAt", state, attempts, attempted_at as "attemptedAt",
      case when state = 'waiting' then next_at end as "nextAt", status, failure, body
    from webhook_delivery delivery where endpoint_id = ${endpoint.id}::uuid
      and (${before}::uuid is null or (happened_at, id) < (select last.happened_at, last.id from webhook_delivery last
        where last.id = ${before}::uuid and last.endpoint_id = ${endpoint.id}::uuid))
    order by happened_at desc, id desc limit ${limit}`.execute(db);
  return { endpoint, deliveries };
}
