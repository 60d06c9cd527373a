import type { LoaderFunctionArgs } from "@remix-run/node";
import { sendNewWorks } from "./new-works.server.ts";

/** The newest works of a co-op. */
export const loader = (args: LoaderFunctionArgs) => sendNewWorks(args, "coop");
