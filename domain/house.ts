import type { Queue } from "#db/queue.ts";
import type { Clock } from "#gateways/clock.ts";
import type { Settings } from "#gateways/env.ts";
import type { MailGateway } from "#gateways/mail.ts";
import type { Storage } from "#gateways/storage.ts";
import type { StripeGateway } from "#gateways/stripe.ts";

/**
 * What a verb may need besides the connection. A verb names only what it uses — `Pick<House, "clock" | "queue">` — so that its
 * signature says which neighbours it calls; those that call none are pure database work.
 */
export type House = {
  clock: Clock;
  queue: Queue;
  stripe: StripeGateway;
  storage: Storage;
  mail: MailGateway;
  settings: Settings;
};
