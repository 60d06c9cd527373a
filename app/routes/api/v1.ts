import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { answerCall, wantedLocale } from "./answer.server.ts";
import { openApi } from "./openapi.server.ts";

/** Every address of the API: `/api/v1/works`, `/api/v1/works/{id}`, `/api/v1/members/{id}/statement`; its description too. */
async function answer({ request, context, params }: LoaderFunctionArgs): Promise<Response> {
  const { noun = "", id, part } = params;
  if (request.method === "OPTIONS")
    return new Response(null, {
      status: 204,
      headers: {
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "GET, HEAD",
        "access-control-allow-headers": "if-none-match, accept-language",
      },
    });
  if (noun === "openapi.json" && id === undefined && request.method !== "PATCH")
    return Response.json(openApi(context.house.settings, wantedLocale(request)), {
      headers: {
        "access-control-allow-origin": "*",
        "cache-control": "public, max-age=300",
        vary: "accept-language",
      },
    });
  const path = `/${[noun, id, part].filter((each) => each !== undefined).join("/")}`;
  return answerCall({ request, context, path });
}

export const loader = (args: LoaderFunctionArgs) => answer(args);
export const action = (args: ActionFunctionArgs) => answer(args);
