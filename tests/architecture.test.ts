/** Who may import whom. A room imports itself and what stands beside it; `a/b` is that file or folder alone. `*`: everything. */
const arrows: Record<string, readonly string[]> = {
  app: ["domain", "i18n"],
  "app/http": ["app", "domain", "i18n", "db/connection", "db/schema", "gateways/env"], // to hand on, never to query
  workers: ["domain", "i18n", "db/connection", "db/queue", "gateways"],
  domain: ["db", "gateways"],
  db: [],
  "db/migrate.ts": ["gateways/env"], // a command too: it is told where the database is
  gateways: [],
  i18n: [],
  bin: ["domain", "db", "gateways", "workers", "i18n/paths"], // what a command writes leads to our pages
  dev: ["*"], // nothing imports dev but tests
  tests: ["*"],
  "server.ts": ["app/http", "domain", "gateways/env"],
};
/** Inside the domain a folder imports only those to its left; what lies beside the folders (jobs, refusal, house) is for all. */
const domainOrder =
  "money people coops ledger membership governance catalogue uploads metadata revenue curation reports exchange library following delivery offers sales payouts approval reconciliation transparency integrations feeds bench privacy";
/** Words that say nothing: a thing without a name has no place yet. */
const emptyNames =
  /(^|[-./_])(utils?|misc|commons?|helpers?|managers?|services?|data|shared|stuff|lib)(?=[-./_]|$)/;
const mostLines = 400;
/** A sheet of style is a list of small things: it is looked up, not followed from the top. */
const mostStyleLines = 800;
const mostFolders = 4;

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

type Import = { from: string; to: string; typeOnly: boolean };
const root = fileURLToPath(new URL("../", import.meta.url));
/** Written by a tool. */
const generated = /^(db\/schema\.ts|package-lock\.json)$/;
/** What the demo sells: titles, texts and tunes, in the form of code. */
const content = /^dev\/works\/(texts|catalogue|music)\//;
const code = /\.(ts|tsx|mjs|js)$/;

/** Every file that git would keep, new ones too. */
function projectFiles(): string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: root,
  });
  return [...new Set(listed.toString().split("\0"))].filter(
    (path) => path !== "" && !generated.test(path) && readable(path),
  );
}

function readable(path: string): boolean {
  try {
    readFileSync(root + path);
    return true;
  } catch {
    return false; // deleted, and the deletion not committed yet
  }
}

/** The imports of a file, as paths from the root for ours (`#db/queue.ts` → `db/queue.ts`) and names for packages. */
function importsOf(path: string, text: string): Import[] {
  const source = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    false,
    path.endsWith("x") ? ts.ScriptKind.TSX : undefined,
  );
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => {
    const to = specifier.startsWith("#")
      ? specifier.slice(1)
      : specifier.startsWith(".")
        ? posix.join(posix.dirname(path), specifier)
        : specifier;
    found.push({ from: path, to, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      add(node.moduleSpecifier.text, onlyTypes(node));
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      if (specifier && ts.isStringLiteral(specifier)) add(specifier.text, false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function onlyTypes(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  return (
    !clause.name &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.every((each) => each.isTypeOnly)
  );
}

const isOurs = (path: string) => /^(app|workers|domain|db|gateways|i18n|bin|dev|tests)\//.test(path);
const roomOf = (path: string) =>
  path in arrows ? path : path.startsWith("app/http/") ? "app/http" : (path.split("/")[0] ?? "");
const isIn = (path: string, place: string) =>
  path === place || path.startsWith(`${place}/`) || path.startsWith(`${place}.`);

/** What an import breaks, in one line; null where it may stand. */
function wrongArrow({ from, to, typeOnly }: Import): string | null {
  const said = `${from} → ${to}`;
  const room = roomOf(from);
  if (
    from.startsWith("app/") &&
    !from.startsWith("app/http/") &&
    /^(kysely|pg|stripe|nodemailer|@aws-sdk\/)/.test(to)
  )
    return `${said}: a page asks the domain, not the database or a neighbour`;
  if (!isOurs(to)) return null;
  // The words of the refusals are the list of their codes: the one thing that the domain takes from i18n, as a type.
  if (typeOnly && room === "domain" && to === "i18n/fr/refusals.ts") return null;
  const allowed = arrows[room];
  const same = (room.split("/")[0] ?? room) === to.split("/")[0];
  if (allowed && !same && !allowed.includes("*") && !allowed.some((place) => isIn(to, place)))
    return `${said}: ${room} may import ${allowed.join(", ") || "nothing of ours"}`;
  return room === "domain" && to.startsWith("domain/") ? wrongOrder(from, to, said) : null;
}

function wrongOrder(from: string, to: string, said: string): string | null {
  const order = domainOrder.split(" ");
  const [own, other] = [from, to].map((path) =>
    path.split("/").length > 2 ? (path.split("/")[1] ?? "") : null,
  );
  if (other === null || other === undefined || own === other) return null;
  if (!order.includes(other)) return `${said}: ${other} has no place in the order of the domain`;
  if (own === null || own === undefined) return `${said}: what is for all folders imports none of them`;
  return order.indexOf(other) < order.indexOf(own) ? null : `${said}: ${own} stands to the left of ${other}`;
}

/** A file of the domain without `.server` may reach the browser: it knows db, gateways and `.server` files by their types only. */
function wrongSuffix({ from, to, typeOnly }: Import): string | null {
  if (!from.startsWith("domain/") || typeOnly || /\.(server|test)\.ts$/.test(from)) return null;
  const reaches =
    /^(db|gateways)\//.test(to) ||
    /\.server\.ts$/.test(to) ||
    /^(kysely|pg|node:(fs|net|http|child_process))/.test(to);
  return reaches ? `${from} → ${to}: only a .server.ts file may` : null;
}

function wrongFile(path: string, text: string): string[] {
  const lines = text.split("\n").length - 1;
  const folders = path.split("/").length - 1;
  const most = path.endsWith(".css")
    ? mostStyleLines
    : code.test(path) && !content.test(path)
      ? mostLines
      : Infinity;
  return [
    ...(lines > most ? [`${path}: ${lines} lines, at most ${most}`] : []),
    ...(folders > mostFolders ? [`${path}: ${folders} folders deep, at most ${mostFolders}`] : []),
    ...(isOurs(path) && emptyNames.test(path) ? [`${path}: name it after what it is`] : []),
  ];
}

/** « create table works »: a table is a noun in the singular. */
const pluralTables = (path: string, text: string): string[] =>
  [...text.matchAll(/create table (?:if not exists )?(\w+)/gi)]
    .map(([, name]) => name ?? "")
    .filter((name) => /[^s]s$/.test(name))
    .map((name) => `${path}: table ${name} is a plural`);

const broken = <T>(all: T[], judge: (one: T) => string | null): string[] =>
  all.map(judge).filter((said) => said !== null);

describe("the house keeps its plan", () => {
  const files = projectFiles().map((path) => ({ path, text: readFileSync(root + path, "utf8") }));
  const imports = files
    .filter(({ path }) => code.test(path))
    .flatMap(({ path, text }) => importsOf(path, text));

  it("has files and imports to look at", () => {
    expect(files.length).toBeGreaterThan(100);
    expect(imports.length).toBeGreaterThan(300);
  });
  it("imports along the arrows", () => {
    expect(broken(imports, wrongArrow)).toEqual([]);
  });
  it("keeps from the browser what belongs to the server", () => {
    expect(broken(imports, wrongSuffix)).toEqual([]);
  });
  it("has files that one can read, in folders that one can find, under names that say something", () => {
    expect(files.flatMap(({ path, text }) => wrongFile(path, text))).toEqual([]);
  });
  it("has tables in the singular", () => {
    const migrations = files.filter(({ path }) => path.startsWith("db/migrations/"));
    expect(migrations.flatMap(({ path, text }) => pluralTables(path, text))).toEqual([]);
  });
});

describe("the test sees what it must", () => {
  const arrowOf = (from: string, text: string) => broken(importsOf(from, text), wrongArrow);

  it("an arrow that goes the wrong way, however it is written", () => {
    for (const [from, text] of [
      ["app/routes/shop/work.tsx", 'import { openDatabase } from "#db/connection.ts";'],
      ["app/components/cover.tsx", 'import { sql } from "kysely";'],
      ["app/http/door.server.ts", 'import { openQueue } from "../../db/queue.ts";'],
      ["workers/index.ts", 'import { Cover } from "#app/components/cover.tsx";'],
      ["gateways/mail.ts", 'import type { House } from "../domain/house.ts";'],
      ["i18n/formats.ts", 'export { sum } from "#domain/money/amount.ts";'],
      ["domain/sales/cart.ts", 'const dev = await import("#dev/stack.ts");'],
      ["domain/ledger/post.server.ts", 'import { x } from "../catalogue/queries.server.ts";'],
      ["domain/curation/publish.server.ts", 'import { x } from "#domain/sales/queries.server.ts";'],
      ["domain/jobs.ts", 'import { x } from "./sales/queries.server.ts";'],
      ["domain/sales/a.server.ts", 'import { x } from "../orders/b.ts";'],
    ] as const) {
      expect(arrowOf(from, text), `${from}: ${text}`).toHaveLength(1);
    }
  });
  it("and lets through those that go the right way", () => {
    expect(arrowOf("app/http/context.ts", 'import type { DB } from "#db/schema.ts";')).toEqual([]);
    expect(
      arrowOf(
        "domain/sales/a.server.ts",
        'import { x } from "../ledger/b.ts"; import { y } from "../jobs.ts";',
      ),
    ).toEqual([]);
    expect(arrowOf("domain/refusal.ts", 'import type { RefusalCode } from "#i18n/fr/refusals.ts";')).toEqual(
      [],
    );
    expect(arrowOf("tests/a.test.ts", 'import { startStack } from "#dev/stack.ts";')).toEqual([]);
  });
  it("a pure file that reaches for the database by more than a type", () => {
    const suffix = (text: string) => broken(importsOf("domain/sales/price.ts", text), wrongSuffix);
    expect(suffix('import { type Database, inTransaction } from "#db/connection.ts";')).toHaveLength(1);
    expect(suffix('import { readSale } from "./queries.server.ts";')).toHaveLength(1);
    expect(
      suffix(
        'import type { Database } from "#db/connection.ts"; import { type X } from "#gateways/stripe.ts";',
      ),
    ).toEqual([]);
  });
  it("long files, deep folders, empty names, plural tables", () => {
    expect(wrongFile("domain/sales/long.ts", "\n".repeat(401))).toHaveLength(1);
    expect(wrongFile("a/b/c/d/e/f.ts", "")).toHaveLength(1);
    for (const path of [
      "app/utils.ts",
      "domain/sales/sale-service.ts",
      "app/helpers/x.ts",
      "workers/data.ts",
    ])
      expect(wrongFile(path, ""), path).toHaveLength(1);
    expect(wrongFile("domain/metadata/record.ts", "")).toEqual([]);
    expect(pluralTables("m.sql", "create table works (id uuid);\ncreate table address ()")).toEqual([
      "m.sql: table works is a plural",
    ]);
  });
});
