import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Checker, type Line, netOfCharges } from "./stripe-judgement.ts";

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
const { loadSpec, createChecker } = (await import(checker)) as Checker;

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
