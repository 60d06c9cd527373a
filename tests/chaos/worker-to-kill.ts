// The worker, as `workers/index.ts` starts it, but for one thing: it dies at the point that KILL_AT names, by SIGKILL, in the
// middle of whatever it is doing. Nothing of this is in the worker itself.
import { pino } from "pino";
import { openHouse } from "#domain/house.server.ts";
import { readEnv } from "#gateways/env.ts";
import type { StripeGateway } from "#gateways/stripe.ts";
import { runWorker } from "#workers/run.ts";

const point = process.env.KILL_AT ?? "";
const die = (here: string) => {
  if (here === point) process.kill(process.pid, "SIGKILL");
};

function dying(stripe: StripeGateway): StripeGateway {
  const around = async <T>(name: string, call: () => Promise<T>): Promise<T> => {
    die(`before ${name}`);
    const answer = await call();
    die(`after ${name}`);
    return answer;
  };
  return {
    ...stripe,
    fetchCheckout: (id) => around("fetchCheckout", () => stripe.fetchCheckout(id)),
    fetchCharge: (id) => around("fetchCharge", () => stripe.fetchCharge(id)),
    sendTransfer: (input, options) => around("sendTransfer", () => stripe.sendTransfer(input, options)),
  };
}

const { db, house } = await openHouse(readEnv(), { work: true, onError: () => {} });
const { enqueue, enqueueAll } = house.queue;
await runWorker(
  db,
  {
    ...house,
    stripe: dying(house.stripe),
    // Within the transaction of the sale, and of the split: rung, and never committed.
    queue: {
      ...house.queue,
      async enqueue(trx, name, payload, options) {
        await enqueue(trx, name, payload, options);
        die(`in the transaction that rings ${name}`);
      },
      async enqueueAll(trx, name, payloads, options) {
        await enqueueAll(trx, name, payloads, options);
        if (payloads.length > 0) die(`in the transaction that rings ${name}`);
      },
    },
  },
  pino({ level: "silent" }),
);
process.send?.("at work");
