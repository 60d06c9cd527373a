import type { LoaderFunctionArgs } from "@remix-run/node";
import { sendNewWorks } from "./new-works.server.ts";

/** The newest works of the shop. */
export const loader = (args: LoaderFunctionArgs) => sendNewWorks(args, "shop");
