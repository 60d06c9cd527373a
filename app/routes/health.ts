import type { LoaderFunctionArgs } from "@remix-run/node";
import { isAlive } from "#domain/house.server.ts";

/** For the load balancer: 200 while the database answers. */
export async function loader({ context }: LoaderFunctionArgs) {
  await isAlive(context.db);
  return new Response("ok\n", { headers: { "content-type": "text/plain", "cache-control": "no-store" } });
}
