import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { type Door, enter } from "#app/http/door.server.ts";
import type { Viewer } from "#domain/people/viewer.ts";
import { Refusal } from "#domain/refusal.ts";
import { refusalWords } from "#i18n/refusals.ts";

/** No name of ours and no column can hold one. */
const withoutNuls = (_: string, value: unknown) =>
  typeof value === "string" ? value.replaceAll("\0", "") : value;

const spoken = z.object({ locale: z.enum(["fr", "en"]).default("fr") });

/**
 * Answers a call of the uploader: JSON in, JSON out, refusals in the language that the page speaks (these addresses have none).
 * 401 when the session has ended, 404 for who has no studio, 422 for a refusal, 400 for what is not of the shape.
 */
export async function answerJson<S extends z.ZodType>(
  args: ActionFunctionArgs,
  schema: S,
  verb: (door: Door & { viewer: Viewer }, asked: z.output<S>) => Promise<unknown>,
): Promise<Response> {
  if (args.request.method !== "POST") return new Response(null, { status: 405 });
  const door = await enter(args);
  if (!door.viewer) return new Response(null, { status: 401 });
  if (door.viewer.members.length === 0) return new Response(null, { status: 404 });
  const body: unknown = await args.request
    .text()
    .then((sent) => JSON.parse(sent, withoutNuls))
    .catch(() => null);
  const asked = schema.safeParse(body);
  if (!asked.success) return new Response(null, { status: 400 });
  const locale = spoken.catch({ locale: "fr" }).parse(body).locale;
  try {
    return Response.json(await verb({ ...door, viewer: door.viewer }, asked.data));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return Response.json(
      { code: error.code, refusal: refusalWords(locale, error.code, error.details) },
      { status: error.code === "not_found" ? 404 : 422 },
    );
  }
}
