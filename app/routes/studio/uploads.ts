import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { openUpload } from "#domain/uploads/open-upload.server.ts";
import { answerJson } from "./json.server.ts";

const question = z.object({
  workId: z.uuid(),
  name: z.string().min(1).max(1000),
  size: z.number().int().min(0),
  type: z.string().max(200),
  lastModified: z.number().int(),
});

/** Opens an upload, or finds the one that a cut left half-way: `{uploadId, resumed}`. */
export function action(args: ActionFunctionArgs): Promise<Response> {
  return answerJson(args, question, ({ db, house, viewer }, { workId, name, size, type, lastModified }) =>
    openUpload(db, house, { personId: viewer.id, workId, fileName: name, bytes: size, type, lastModified }),
  );
}

export const loader = () => new Response(null, { status: 404 });
