import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { buildApplication } from "./build.ts";
import { plantDemo } from "./plant.ts";
import { startPostgres } from "./postgres.ts";
import { begin } from "./progress.ts";
import { isFree, startStack } from "./stack.ts";
import { makeDemoWorks } from "./works/make.ts";

// The main job on a bare machine: everything real that can be, doubles for what cannot, demo works entered as a member would.

const folder = (name: string) => fileURLToPath(new URL(`../.data/${name}`, import.meta.url));
const reset = process.argv.includes("--reset");
const development = process.argv.includes("--dev");
const french = /^fr/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || "");
const words = (fr: string, en: string) => (french ? fr : en);
const port = Number(process.env.PORT ?? 3000);

async function main() {
  if (!(await isFree(port))) {
    throw new Told(
      words(
        `Le port ${port} est pris (une autre démo, peut-être ?). Arrêtez ce qui l’occupe, ou choisissez-en un autre :\n  PORT=${port + 1} npm run demo`,
        `Port ${port} is taken (another demo, perhaps?). Stop what holds it, or choose another:\n  PORT=${port + 1} npm run demo`,
      ),
    );
  }
  if (reset && existsSync(folder("demo"))) {
    const step = begin(words("Remise à neuf", "Starting afresh"));
    const postgres = await startPostgres({ dataDir: `${folder("demo")}/postgres` });
    await postgres.stop();
    await rm(postgres.dataDir, { recursive: true, force: true });
    await rm(folder("demo"), { recursive: true, force: true });
    step.done();
  }

  const making = begin(words("Œuvres de démonstration", "Demo works"));
  const works = await makeDemoWorks(folder("works"), (done, total, what) => making.at(done, total, what));
  making.done(`${works.length}`);

  if (!development) {
    const building = begin(words("Construction des pages", "Building the pages"));
    const built = await buildApplication();
    building.done(built ? undefined : words("rien n’a changé", "nothing changed"));
  }

  const starting = begin(
    words(
      "PostgreSQL, S3, Stripe (double), courriel, migrations",
      "PostgreSQL, S3, Stripe (double), mail, migrations",
    ),
  );
  const stack = await startStack({
    dataDir: folder("demo"),
    database: "ventes",
    durable: true,
    development,
    ports: { web: port, s3: 3002, stripe: 3003, smtp: 3004, outbox: 3005 },
  });
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    const step = begin(words("Fermeture", "Closing"));
    await stack.stop();
    step.done();
    process.exit(0);
  };
  process.on("SIGINT", () => void stop());
  process.on("SIGTERM", () => void stop());
  starting.done();

  try {
    const opening = begin(
      words("Ouverture de la boutique et de l’atelier", "Opening the shop and the worker"),
    );
    await stack.startWorker();
    await stack.startWeb();
    opening.done();

    const planting = begin(
      words("Mise en rayon, par les mêmes gestes qu’une membre", "Entering the works, as a member would"),
    );
    const people = await plantDemo(stack, works, (done, total, what) => planting.at(done, total, what));
    planting.done();
    console.log(welcome(stack.url, stack.mail.webUrl, people));
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

function welcome(
  url: string,
  outbox: string,
  people: { artist: string; waiting: string; curator: string; treasurer: string },
): string {
  return words(
    `
  ventes.coop est ouvert :  ${url}        (in English: ${url}/en)
  Courriels :               ${outbox}

  Se connecter à ${url}/connexion — le lien arrive dans les courriels ci-dessus :
    artiste-membre          ${people.artist}
    artiste sans compte de versement : ${people.waiting}
    comité de lecture       ${people.curator}
    trésorerie              ${people.treasurer}
    lectrice, lecteur       n’importe quelle adresse ; acheter ne demande aucun compte

  Ctrl-C arrête tout ; les données restent. Repartir à neuf : npm run demo -- --reset
`,
    `
  ventes.coop is open:      ${url}/en     (en français : ${url})
  Mail:                     ${outbox}

  Sign in at ${url}/en/sign-in — the link arrives in the mail above:
    artist-member           ${people.artist}
    artist without payout account: ${people.waiting}
    reading committee       ${people.curator}
    treasury                ${people.treasurer}
    reader                  any address; buying needs no account

  Ctrl-C stops everything; data stays. To start afresh: npm run demo -- --reset
`,
  );
}

/** Words for a person: shown without a stack. */
class Told extends Error {}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  console.error(`\n${message}`);
  if (code === "ENOSPC" || /No space left|ENOSPC/.test(message))
    console.error(
      words(
        "Le disque est plein : libérez de l’espace, puis recommencez ; rien n’est perdu.",
        "The disk is full: free some space, then try again; nothing is lost.",
      ),
    );
  else if (code === "EACCES" || code === "EPERM")
    console.error(
      words(
        "Ce compte n’a pas le droit d’écrire là : changez-en le propriétaire (chown).",
        "This account may not write there: change the owner (chown).",
      ),
    );
  else if (!(error instanceof Told) && error instanceof Error && error.name !== "PostgresUnavailable")
    console.error(error.stack);
  process.exit(1);
});
