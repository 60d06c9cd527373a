import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Stage } from "#tests/stories/stage.ts";
import { type Checker, type Line, netOfCharges } from "../stripe-judgement.ts";

/** The checker of Stripe's contract is no part of the project; where it is not at hand, nothing is checked. */
const checker = fileURLToPath(new URL("../../../shared/stripe/check-exchange.mjs", import.meta.url));
export const hasChecker = existsSync(checker);
const loaded = hasChecker ? ((await import(checker)) as Checker) : undefined;
let spec: object | undefined;

/** What of all that was said between the house and the double in this history breaks Stripe's contract. */
export async function violationsIn(stage: Stage): Promise<string[]> {
  if (!loaded) return [];
  spec ??= loaded.loadSpec();
  const { exchange, event } = loaded.createChecker(spec);
  const left = netOfCharges();
  const lines = (await stage.double.control.exchanges()) as Line[];
  return lines
    .flatMap((line) => {
      left.see(line);
      return line.kind === "event" ? event(line) : exchange(line).filter((each) => !left.explains(each));
    })
    .map(
      ({ method, path, side, code, where, message }) =>
        `contract: ${method} ${path}: ${side}/${code} ${where}: ${message}`,
    );
}
