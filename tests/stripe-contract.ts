import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

// Holds every exchange that the test run recorded (requests, answers, events) against Stripe's own description of its API, where
// the checker is at hand. It is no part of the project, so its absence is said and no failure.
const checker = fileURLToPath(new URL("../../shared/stripe/check-exchange.mjs", import.meta.url));
const folder = process.env.STRIPE_RECORDS;
if (!existsSync(checker)) {
  console.log("skipped: the contract checker is not at hand");
  process.exit(0);
}
const records =
  folder && existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".jsonl")) : [];
const written = records.filter((name) => statSync(`${folder}/${name}`).size > 0);
if (written.length === 0) {
  console.error("nothing was recorded: a test run with sales must leave its exchanges in STRIPE_RECORDS");
  process.exit(1);
}
type Line = {
  kind?: string;
  method?: string;
  path?: string;
  status?: number;
  response?: { id?: string; amount?: number; source_transaction?: string | null; transfer?: string };
};
type Violation = { method: string; path: string; side: string; code: string; where: string; message: string };
type Checker = {
  loadSpec(): object;
  createChecker(spec: object): { exchange(line: Line): Violation[]; event(line: Line): Violation[] };
};
const { loadSpec, createChecker } = (await import(checker)) as Checker;

/**
 * The checker adds up all that was ever transferred from a charge. Where a refund failed after transfers had been reversed, what was
 * taken back is rightly sent again: such a transfer is judged here by what the charge's transfers come to less their reversals.
 */
function netOfCharges() {
  const chargeOf = new Map<string, string>();
  const net = new Map<string, number>();
  const add = (charge: string, amount: number) => net.set(charge, (net.get(charge) ?? 0) + amount);
  return {
    see({ method, path, status, response }: Line) {
      if (method !== "POST" || status !== 200 || !response?.id) return;
      const { id, amount = 0, source_transaction: charge, transfer } = response;
      if (path === "/v1/transfers" && charge && !chargeOf.has(id)) {
        chargeOf.set(id, charge);
        add(charge, amount);
      }
      const reversed = /\/reversals$/.test(path ?? "") && transfer ? chargeOf.get(transfer) : undefined;
      if (reversed && !chargeOf.has(id)) {
        chargeOf.set(id, reversed);
        add(reversed, -amount);
      }
    },
    explains({ code, message }: Violation): boolean {
      const said = /transfers from (ch_\w+) .* the charge is (\d+)$/.exec(message);
      return (
        code.endsWith("over_transferred") && said !== null && (net.get(said[1]!) ?? 0) <= Number(said[2])
      );
    },
  };
}

const spec = loadSpec();
let exchanges = 0;
let wrong = 0;
for (const name of written) {
  // Each recording is of a double of its own: charges and keys of one are unknown to the next.
  const { exchange, event } = createChecker(spec);
  const lines = readFileSync(`${folder}/${name}`, "utf8").split("\n").filter(Boolean);
  const left = netOfCharges();
  const violations = lines
    .map((line) => JSON.parse(line) as Line)
    .flatMap((line) => {
      left.see(line);
      return line.kind === "event" ? event(line) : exchange(line).filter((each) => !left.explains(each));
    });
  exchanges += lines.length;
  wrong += violations.length;
  for (const { method, path, side, code, where, message } of violations.slice(0, 20))
    console.error(`${name}: ${method} ${path}: ${side}/${code} ${where}: ${message}`);
}
console.log(`${written.length} recordings, ${exchanges} exchanges, ${wrong} violations`);
process.exit(wrong > 0 ? 1 : 0);
