import { deliverWebhooks } from "#domain/integrations/deliver-webhooks.server.ts";
import type { Task } from "./task.ts";

export const deliverWebhooksTask: Task<"deliver-webhooks"> = async (db, house) => {
  await deliverWebhooks(db, house);
};
