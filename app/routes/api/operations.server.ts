import { catalogueOperations } from "./catalogue-operations.server.ts";
import { moneyOperations } from "./money-operations.server.ts";

/** All that the API does: answered by this table, and described by it (OpenAPI, the page). */
export const operations = [...catalogueOperations, ...moneyOperations];
