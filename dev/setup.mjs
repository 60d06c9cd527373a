// What `npm run demo` and `npm test` do first, on whatever Node the machine has (18 or newer): install the dependencies when
// the lock file changed, find Node 24, see to Chromium and ffmpeg, then start the real thing with Node 24 first on the path.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const bin = join(root, "node_modules", ".bin");
const french = /^fr/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || "");
/** @type {(fr: string, en: string) => string} */
const words = (fr, en) => (french ? fr : en);
/** @type {(text: string) => void} */
const tell = (text) => console.error(text);

/** What each task is, and which of Debian's packages it cannot do without (`needs`) or does better with (`likes`). */
const tasks = {
  demo: { file: "dev/demo.ts", needs: [], likes: ["ffmpeg"] },
  test: { file: "dev/test.ts", needs: ["chromium", "ffmpeg"], likes: [] },
  screenshots: { file: "dev/screenshots.ts", needs: ["chromium"], likes: ["ffmpeg"] },
  benchmark: { file: "tests/benchmarks/run.ts", needs: [], likes: [] },
};

/** @type {(text: string) => never} */
function stop(text) {
  tell(`\n${text}\n`);
  process.exit(1);
}

const name = /** @type {keyof typeof tasks} */ (process.argv[2]);
const task = tasks[name];
if (!task) stop(words(`Tâche inconnue : ${name}`, `Unknown task: ${name}`));

checkMachine();
await installDependencies();
const node = findNode();
const packages = await seeToPackages();
await run();

function checkMachine() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 18)
    stop(
      words(
        `Node ${process.version} est trop ancien même pour commencer. Installez Node 24 (https://nodejs.org), puis recommencez.`,
        `Node ${process.version} is too old even to begin. Install Node 24 (https://nodejs.org), then try again.`,
      ),
    );
  if (!["linux", "darwin"].includes(process.platform))
    stop(
      words(
        "La démo tourne sous Linux et macOS. Sous Windows, utilisez WSL (Debian).",
        "The demo runs on Linux and macOS. On Windows, use WSL (Debian).",
      ),
    );
  try {
    accessSync(root, constants.W_OK);
  } catch {
    stop(
      words(
        `Ce compte n’a pas le droit d’écrire dans ${root}. Changez-en le propriétaire (chown) ou copiez le projet dans votre dossier.`,
        `This account may not write in ${root}. Change its owner (chown), or copy the project to a folder of yours.`,
      ),
    );
  }
  const { bavail, bsize } = statfsSync(root);
  const free = (bavail * bsize) / 1e9;
  const needed = existsSync(bin) ? 0.5 : 2;
  if (free < needed)
    stop(
      words(
        `Le disque est presque plein : ${free.toFixed(1)} Go libres, il en faut ${needed}. Libérez de l’espace, puis recommencez.`,
        `The disk is nearly full: ${free.toFixed(1)} GB free, ${needed} needed. Free some space, then try again.`,
      ),
    );
}

async function installDependencies() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  const mark = join(root, "node_modules", ".installed");
  if (existsSync(mark) && readFileSync(mark, "utf8") === lock) return;
  const done = begin(
    words(
      "Installation des dépendances (une à deux minutes, la première fois)",
      "Installing dependencies (a minute or two, the first time)",
    ),
  );
  const { code, output } = await quietly("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (code !== 0) {
    const why = /ENOSPC/.test(output)
      ? words(
          "Le disque est plein. Libérez environ 2 Go, puis recommencez.",
          "The disk is full. Free about 2 GB, then try again.",
        )
      : /EACCES|EPERM/.test(output)
        ? words(
            "Ce compte n’a pas le droit d’écrire dans node_modules. Supprimez ce dossier ou changez-en le propriétaire.",
            "This account may not write in node_modules. Delete that folder or change its owner.",
          )
        : /ENOTFOUND|ETIMEDOUT|ECONNREFUSED|EAI_AGAIN/.test(output)
          ? words(
              "Le registre npm ne répond pas. Vérifiez la connexion, puis recommencez.",
              "The npm registry does not answer. Check the connection, then try again.",
            )
          : words("npm ci n’a pas abouti.", "npm ci did not succeed.");
    stop(`${why}\n\n${output.split("\n").slice(-15).join("\n")}`);
  }
  writeFileSync(mark, lock);
  done();
}

/** Node 24: this one, or the one that comes with the dependencies on Linux. */
function findNode() {
  const carried = join(bin, "node");
  for (const candidate of [carried, process.execPath]) {
    if (!existsSync(candidate)) continue;
    const version = spawnSync(candidate, ["-v"], { encoding: "utf8" }).stdout?.trim() ?? "";
    if (Number(version.slice(1).split(".")[0]) >= 24) return candidate;
  }
  return stop(
    words(
      `Il faut Node 24 (ici : ${process.version}). Installez-le depuis https://nodejs.org, puis recommencez.`,
      `Node 24 is needed (here: ${process.version}). Install it from https://nodejs.org, then try again.`,
    ),
  );
}

/** Finds the programs that npm cannot bring, installs them where one may, and otherwise says which command to type. */
async function seeToPackages() {
  const wanted = [...task.needs, ...task.likes].filter((each) => !findProgram(each));
  if (wanted.length > 0) {
    const asRoot = process.getuid?.() === 0;
    const apt = onPath("apt-get");
    const may = apt && (asRoot || spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status === 0);
    if (may) {
      const done = begin(
        words(
          `Installation de ${wanted.join(" et ")} (paquets Debian)`,
          `Installing ${wanted.join(" and ")} (Debian packages)`,
        ),
      );
      const sudo = asRoot ? [] : ["sudo", "-n"];
      const [first, ...rest] = [
        ...sudo,
        "sh",
        "-c",
        `apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${wanted.join(" ")}`,
      ];
      const { code, output } = await quietly(/** @type {string} */ (first), rest);
      if (code === 0) done();
      else tell(output.split("\n").slice(-8).join("\n"));
    }
  }
  const absent = wanted.filter((each) => !findProgram(each));
  if (absent.length > 0) {
    const command = onPath("apt-get")
      ? `sudo apt-get install ${absent.join(" ")}`
      : `brew install ${absent.map((each) => (each === "chromium" ? "--cask chromium" : each)).join(" && brew install ")}`;
    const needed = absent.filter((each) => task.needs.includes(/** @type {never} */ (each)));
    if (needed.length > 0)
      stop(
        words(
          `Il manque ${needed.join(" et ")}. Tapez :\n  ${command}`,
          `${needed.join(" and ")} missing. Type:\n  ${command}`,
        ),
      );
    tell(
      words(
        `Sans ${absent.join(", ")}, la démo tourne mais sans extraits musicaux. Pour les avoir : ${command}`,
        `Without ${absent.join(", ")} the demo runs, but without music previews. To have them: ${command}`,
      ),
    );
  }
  return { chromium: findProgram("chromium") };
}

/** @type {(program: string) => string | null} */
function onPath(program) {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    if (folder && existsSync(join(folder, program))) return join(folder, program);
  }
  return null;
}

/** @type {(program: string) => string | null} */
function findProgram(program) {
  if (program !== "chromium") return process.env[`${program.toUpperCase()}_PATH`] ?? onPath(program);
  const mac = ["Google Chrome", "Chromium"].map((each) => `/Applications/${each}.app/Contents/MacOS/${each}`);
  const asked = process.env.CHROMIUM_PATH;
  return (
    asked ??
    onPath("chromium") ??
    onPath("chromium-browser") ??
    onPath("google-chrome") ??
    mac.find((each) => existsSync(each)) ??
    null
  );
}

async function run() {
  const child = spawn(node, [task.file, ...process.argv.slice(3)], {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`,
      ...(packages.chromium ? { CHROMIUM_PATH: packages.chromium } : {}),
    },
  });
  // The terminal sends Ctrl-C to the whole group; we only wait. A TERM sent to us alone is passed on.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

/** A line that shows that time passes; returns what ends it. @type {(what: string) => () => void} */
function begin(what) {
  const from = Date.now();
  const seconds = () => `${Math.round((Date.now() - from) / 1000)} s`;
  if (!process.stderr.isTTY) {
    tell(`${what}…`);
    return () => tell(`  ${seconds()}`);
  }
  const timer = setInterval(() => process.stderr.write(`\r${what}… ${seconds()} `), 250);
  return () => {
    clearInterval(timer);
    process.stderr.write(`\r✓ ${what} (${seconds()})   \n`);
  };
}

/** Runs a program and keeps what it says. @type {(program: string, args: string[]) => Promise<{ code: number, output: string }>} */
function quietly(program, args) {
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ code: 1, output: String(error) }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
