/** The API as the web process answers it, with keys of two co-ops. */
import type { AppLoadContext, LoaderFunctionArgs } from "@remix-run/node";
import { v7 } from "uuid";
import { action, loader } from "#app/routes/api/v1.ts";
import { makeKey } from "#domain/integrations/make-key.server.ts";
import { type Scope, scopes } from "#domain/integrations/scopes.ts";
import { openMarket } from "./market.ts";
import { staffOf } from "./staff.ts";

export async function openApiHouse() {
  const stage = await openMarket();
  const staff = await staffOf(stage);
  const keyOf = async (
    coop: "A" | "B",
    may: readonly Scope[] = scopes,
    until: Date | null = null,
  ): Promise<{ id: string; secret: string }> => {
    const id = v7();
    const by = coop === "A" ? staff.adminA : staff.adminB;
    const coopId = stage.coops.get(coop)!;
    const { secret } = await makeKey(stage.db, stage.house, {
      ...{ id, coopId, by, name: "Programme", scopes: may, until },
    });
    return { id, secret: secret! };
  };

  /** What the API answers at this address, after `/api/v1`. */
  async function call(
    address: string,
    more: {
      key?: string;
      method?: string;
      json?: unknown;
      headers?: Record<string, string>;
      visitor?: string;
    } = {},
  ): Promise<Response> {
    const url = new URL(`/api/v1${address}`, "http://127.0.0.1:3000");
    const [noun, id, part] = url.pathname.slice("/api/v1/".length).split("/");
    const headers = new Headers(more.headers);
    if (more.key) headers.set("authorization", `Bearer ${more.key}`);
    if (more.json !== undefined && !headers.has("content-type"))
      headers.set("content-type", "application/json");
    const request = new Request(url, {
      method: more.method ?? "GET",
      headers,
      ...(more.json !== undefined && { body: JSON.stringify(more.json) }),
    });
    const context = { db: stage.db, house: stage.house, visitor: more.visitor ?? null };
    const args = {
      request,
      params: { noun, id, part },
      context: context as AppLoadContext,
    } as unknown as LoaderFunctionArgs;
    return request.method === "PATCH" ? action(args) : loader(args);
  }
  return { stage, staff, keyOf, call };
}
export type ApiHouse = Awaited<ReturnType<typeof openApiHouse>>;
