import { AsyncLocalStorage } from "node:async_hooks";
import type pg from "pg";

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

type Query = (text: unknown, values?: unknown, callback?: unknown) => unknown;

/**
 * Stands between the pool and its connections. Statements are prepared once on each connection, which halves what they cost
 * when the same ones come a million times; and the connections can be cut at the very statement that was drawn.
 */
export function listenIn(pool: pg.Pool, cutAll: () => Promise<void>): Fire {
  const names = new Map<string, string>();
  const clients = new Set<pg.PoolClient>();
  const struck = new AsyncLocalStorage<true>();
  let made = 0;
  let next: Cut | null = null;

  const named = (text: string): string | undefined => {
    const known = names.get(text);
    if (known !== undefined) return known;
    if (names.size > 5000 || !/^\s*(--|select|insert|update|delete|with)/i.test(text)) return undefined;
    if (text.trimEnd().slice(0, -1).includes(";") && !text.trimStart().startsWith("--")) return undefined;
    const name = `s${names.size}`;
    names.set(text, name);
    return name;
  };

  pool.on("connect", (client) => {
    clients.add(client);
    client.once("end", () => clients.delete(client));
    const query = client.query.bind(client) as unknown as Query;
    const run = (text: unknown, values: unknown, callback: unknown) => {
      const name = typeof text === "string" && typeof callback !== "function" ? named(text) : undefined;
      return name === undefined ? query(text, values, callback) : query({ name, text, values: values ?? [] });
    };
    const cut = async (how: Cut, text: unknown, values: unknown) => {
      made += 1;
      if (how.answer === "lost") await run(text, values, undefined);
      const gone = [...clients].map((each) => new Promise((end) => each.once("end", end)));
      await cutAll();
      // Until each has noticed: what comes after finds a pool without dead connections.
      await Promise.all(gone);
      // As node-postgres says it when the server is gone between two statements.
      throw new Error("Connection terminated unexpectedly");
    };
    client.query = ((text: unknown, values?: unknown, callback?: unknown) => {
      if (struck.getStore() && next !== null && typeof callback !== "function") {
        next.statements -= 1;
        if (next.statements <= 0) {
          const how = next;
          next = null;
          return cut(how, text, values);
        }
      }
      return run(text, values, callback);
    }) as typeof client.query;
  });

  return {
    under: (work) => struck.run(true, work),
    cutAt(cut) {
      next = { ...cut };
    },
    cuts: () => made,
    cease() {
      next = null;
    },
  };
}
