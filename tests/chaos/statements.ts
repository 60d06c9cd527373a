import { AsyncLocalStorage } from "node:async_hooks";
import type { Duplex } from "node:stream";
import type pg from "pg";
import { type hangBell, jobsRungBy, type Rung } from "./bell.ts";

/** What befalls the connections at a statement: they are cut before it is sent, or after it was done and before its answer. */
export type Cut = { statements: number; answer: "none" | "lost" };

type Fire = {
  /** Statements of this work count; those around it, which only set the stage, do not. */
  under<T>(work: () => Promise<T>): Promise<T>;
  /** All connections are cut at the nth statement from now on. */
  cutAt(cut: Cut): void;
  cuts(): number;
  cease(): void;
};

type Answer = { command: string; rowCount: number | null; rows: unknown[] };
type Query = (text: unknown, values?: unknown, callback?: unknown) => Promise<Answer>;

/** A connection as its borrower sees it. */
type Line = {
  query: Query;
  stream: Duplex;
  /** The server's process. */
  session: number;
  /** Lent to somebody at the moment. */
  isLent: boolean;
  /** How often it was cut; who began before a cut hears nothing but that. */
  cuts: number;
  isDead: boolean;
  /** A transaction that was begun here and that PostgreSQL is told of together with its first statement. */
  isToBegin: boolean;
  rung: Rung | null;
};

/** What node-postgres tells of a client without its types saying so. */
type Inside = { connection: { stream: Duplex }; processID: number };

/** As node-postgres says it when the server is gone between two statements. */
const terminated = () => new Error("Connection terminated unexpectedly");
const done = (command: string): Answer => ({ command, rowCount: 0, rows: [] });

/**
 * Stands between the pool and its connections. Statements are prepared once on each connection, which halves what they cost
 * when the same ones come a million times; `begin` travels with the statement that follows it; jobs are rung on the bell; and the
 * connections can be cut at the very statement that was drawn.
 *
 * `isReal`: a cut ends the sessions at the server, which a new one of each follows. Else what is open is rolled back and each
 * borrower is told that the connection is gone: to them it is the same, and the server's plans and caches remain, which take
 * longer to make than a history to play.
 */
export function listenIn(
  pool: pg.Pool,
  bell: ReturnType<typeof hangBell>,
  { isReal, end }: { isReal: boolean; end: (sessions: number[]) => Promise<void> },
): Fire {
  const names = preparedNames();
  const lines = new Map<pg.PoolClient, Line>();
  const struck = new AsyncLocalStorage<true>();
  let made = 0;
  let next: Cut | null = null;
  // What is sent before the answer to what went before.
  Object.assign(pool.options, { pipeline: true });

  const prepared = (line: Line, text: string, values: unknown): Promise<Answer> => {
    const name = names(text);
    if (name === undefined) return line.query(text, values);
    return line.query({ name, text, values: values ?? [] });
  };

  const send = (line: Line, text: string, values: unknown): Promise<Answer> => {
    if (!line.isToBegin) return prepared(line, text, values);
    line.isToBegin = false;
    if (text === "commit" || text === "rollback") return Promise.resolve(done(text.toUpperCase()));
    line.stream.cork();
    const both = Promise.all([line.query("begin"), prepared(line, text, values)]);
    line.stream.uncork();
    return both.then(([, answer]) => answer);
  };

  const rollBack = async (line: Line) => {
    line.isToBegin = false;
    line.rung = null;
    await line.query("rollback");
  };

  const cut = async (how: Cut, line: Line, text: string, values: unknown): Promise<never> => {
    made += 1;
    if (how.answer === "lost") await run(line, text, values);
    if (isReal) {
      const gone = [...lines.keys()].map((each) => new Promise((over) => each.once("end", over)));
      await end([...lines.values()].map((each) => each.session));
      // Until each has noticed: what comes after finds a pool without dead connections.
      await Promise.all(gone);
      throw terminated();
    }
    const lent = [...lines.values()].filter((each) => each.isLent);
    for (const each of lent) {
      each.cuts += 1;
      each.isDead = true;
    }
    await Promise.all(lent.map(rollBack));
    throw terminated();
  };

  const run = async (line: Line, text: string, values: unknown): Promise<Answer> => {
    if (text === "begin") {
      line.isToBegin = true;
      line.rung = { jobs: [], began: bell.now() };
      return done("BEGIN");
    }
    const jobs = jobsRungBy(text, values);
    if (jobs) {
      if (line.rung) line.rung.jobs.push(...jobs);
      else bell.commit({ jobs, began: bell.now() });
      return done("INSERT");
    }
    const { rung } = line;
    const ends = text === "commit" || text === "rollback";
    if (ends) line.rung = null;
    const answer = await send(line, text, values);
    if (answer?.command === "COMMIT" && rung) bell.commit(rung);
    return answer;
  };

  pool.on("connect", (client) => {
    const query = client.query.bind(client) as unknown as Query;
    const { connection, processID: session } = client as unknown as Inside;
    const { stream } = connection;
    const line: Line = {
      query,
      stream,
      session,
      isLent: false,
      cuts: 0,
      isDead: false,
      isToBegin: false,
      rung: null,
    };
    lines.set(client, line);
    client.once("end", () => lines.delete(client));
    client.query = ((text: unknown, values?: unknown, callback?: unknown) => {
      // Neither a cursor nor who is called back is of the house's verbs.
      if (typeof callback === "function" || typeof text !== "string") return query(text, values, callback);
      return ask(line, text, values);
    }) as unknown as typeof client.query;
  });
  const lend = (isLent: boolean) => (client: pg.PoolClient) => {
    const line = lines.get(client);
    if (line) Object.assign(line, { isLent, isDead: false });
  };
  pool.on("acquire", lend(true));
  pool.on("release", (_, client) => lend(false)(client));

  const ask = async (line: Line, text: string, values: unknown): Promise<Answer> => {
    if (line.isDead) {
      // There is nothing left to roll back.
      if (text === "rollback") return done("ROLLBACK");
      throw terminated();
    }
    if (next !== null && struck.getStore()) {
      next.statements -= 1;
      if (next.statements <= 0) {
        const how = next;
        next = null;
        return cut(how, line, text, values);
      }
    }
    const { cuts } = line;
    const answer = await run(line, text, values);
    if (line.cuts !== cuts) throw terminated();
    return answer;
  };

  return {
    under: (work) => struck.run(true, work),
    cutAt(how) {
      next = { ...how };
    },
    cuts: () => made,
    cease() {
      next = null;
    },
  };
}

/** The name of a statement that is worth preparing; undefined of all others. */
function preparedNames() {
  const names = new Map<string, string>();
  return (text: string): string | undefined => {
    const known = names.get(text);
    if (known !== undefined) return known;
    if (names.size > 5000 || !/^\s*(--|select|insert|update|delete|with)/i.test(text)) return undefined;
    if (text.trimEnd().slice(0, -1).includes(";") && !text.trimStart().startsWith("--")) return undefined;
    const name = `s${names.size}`;
    names.set(text, name);
    return name;
  };
}
