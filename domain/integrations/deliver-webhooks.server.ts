import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { postOutgoing } from "#gateways/outgoing.ts";
import type { House } from "../house.ts";
import { nextAttempt } from "./backoff.ts";
import { keepBodies } from "./keep-bodies.server.ts";
import { isLocalHouse } from "./local-house.ts";
import { secretOf, signatureOf } from "./signature.ts";

/** At once, each at most ten seconds: a receiver that does not answer holds up no other for longer. */
const atOnce = 20;
/** A job has five minutes; what is left is the next one's. */
const mostRounds = 15;
/** An attempt that nobody ended, the worker having died, is made again after so long. */
const leaseMs = 2 * 60_000;

type Due = {
  id: string;
  endpointId: string;
  url: string;
  event: string;
  body: string;
  attempts: number;
};

/**
 * Sends what is due to the endpoints that asked for it, signed; an answer of 200 to 299 is a delivery, everything else is tried again, over
 * a day, then given up. May run twice, and at once: each delivery is leased to one. Returns how many were sent and how many failed.
 */
export async function deliverWebhooks(
  db: Database,
  house: Pick<House, "clock" | "settings">,
): Promise<{ sent: number; failed: number }> {
  let [sent, failed] = [0, 0];
  for (let round = 0; round < mostRounds; round += 1) {
    const due = await lease(db, house);
    if (due.length === 0) break;
    const outcomes = await Promise.all(due.map(async (each) => ({ ...each, ...(await send(house, each)) })));
    await keep(db, house, outcomes);
    sent += outcomes.filter(isDelivered).length;
    failed += outcomes.filter((each) => !isDelivered(each)).length;
  }
  return { sent, failed };
}

/** Takes what is due, the oldest first, with its attempt counted and its body made. */
async function lease(db: Database, { clock }: Pick<House, "clock">): Promise<Due[]> {
  const now = clock.now();
  const { rows: taken } = await sql<{ id: string }>`
    update webhook_delivery set attempts = attempts + 1, attempted_at = ${now}, next_at = ${new Date(now.getTime() + leaseMs)}
    where id in (select id from webhook_delivery where state = 'waiting' and next_at <= ${now}
      order by next_at, id limit ${atOnce} for update skip locked)
    returning id`.execute(db);
  if (taken.length === 0) return [];
  const ids = taken.map(({ id }) => id);
  await keepBodies(db, ids);
  const { rows } = await sql<Due>`
    select delivery.id, endpoint.id as "endpointId", endpoint.url, delivery.event, delivery.body, delivery.attempts
    from webhook_delivery delivery join webhook_endpoint endpoint on endpoint.id = delivery.endpoint_id
    where delivery.id = any (${ids}::uuid[])`.execute(db);
  return rows;
}

type Outcome = Due & ({ status: number } | { failure: string });

const send = ({ clock, settings }: Pick<House, "clock" | "settings">, due: Due) =>
  postOutgoing(due.url, {
    body: due.body,
    anywhere: isLocalHouse(settings),
    headers: {
      "content-type": "application/json",
      "user-agent": "ventes.coop (+https://ventes.coop)",
      "ventes-event": due.event,
      "ventes-delivery": due.id,
      "ventes-signature": signatureOf(
        secretOf(settings.sessionSecret, due.endpointId),
        clock.now(),
        due.body,
      ),
    },
  });

const isDelivered = (outcome: Outcome): boolean =>
  "status" in outcome && outcome.status >= 200 && outcome.status < 300;

/** What came of them, in one statement. One that was replayed or ended meanwhile keeps what was decided then. */
async function keep(
  db: Database,
  { clock }: Pick<House, "clock">,
  outcomes: readonly Outcome[],
): Promise<void> {
  const now = clock.now();
  const rows = outcomes.map((outcome) => {
    const next = isDelivered(outcome) ? null : nextAttempt(outcome.attempts, now);
    return {
      id: outcome.id,
      attempts: outcome.attempts,
      state: isDelivered(outcome) ? "delivered" : next === null ? "given_up" : "waiting",
      next: next ?? now,
      status: "status" in outcome ? outcome.status : null,
      failure: isDelivered(outcome) ? null : "failure" in outcome ? outcome.failure : "status",
    };
  });
  const column = <K extends keyof (typeof rows)[number]>(name: K) => rows.map((row) => row[name]);
  await sql`
    update webhook_delivery delivery set state = told.state, next_at = told.next_at, status = told.status, failure = told.failure
    from unnest(${column("id")}::uuid[], ${column("attempts")}::integer[], ${column("state")}::text[],
      ${column("next")}::timestamptz[], ${column("status")}::smallint[], ${column("failure")}::text[])
      as told (id, attempts, state, next_at, status, failure)
    where delivery.id = told.id and delivery.attempts = told.attempts and delivery.state = 'waiting'`.execute(
    db,
  );
}
