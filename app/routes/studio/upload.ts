import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { receiveUpload } from "#domain/uploads/receive-upload.server.ts";
import { removeUpload } from "#domain/uploads/remove-upload.server.ts";
import { signParts } from "#domain/uploads/sign-parts.server.ts";
import { answerJson } from "./json.server.ts";

const question = z.object({ intent: z.enum(["sign", "complete", "remove"]) });

/** One upload: links for the parts still missing (`sign`), all is sent (`complete`), or give it up (`remove`). */
export function action(args: ActionFunctionArgs): Promise<Response> {
  return answerJson(args, question, async ({ db, house, viewer }, { intent }) => {
    const mine = { personId: viewer.id, uploadId: z.uuid().catch(nobody).parse(args.params.id) };
    if (intent === "sign") return signParts(db, house, mine);
    if (intent === "complete") return receiveUpload(db, house, mine);
    await removeUpload(db, house, mine);
    return { removed: true };
  });
}

/** An id that no upload bears: what is not even an id is simply not found. */
const nobody = "00000000-0000-0000-0000-000000000000";

export const loader = () => new Response(null, { status: 404 });
