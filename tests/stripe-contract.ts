import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
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
let violations = 0;
for (const name of written) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [checker, `${folder}/${name}`], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status === 0) continue;
  violations += 1;
  console.error(`${name}:\n${(stdout + stderr).slice(0, 6000)}`);
}
console.log(`${written.length} recordings, ${violations} with violations`);
process.exit(violations > 0 ? 1 : 0);
