// What every noun of the double is handed: the state, the time, and a way to say that something happened.
import type { Clock } from "./clock.ts";
import type { State } from "./state.ts";

export type Settings = {
  apiKey: string;
  webhookSecret: string;
  /** Where a browser finds the hosted pages. */
  publicUrl: string;
  /** The currency in which the platform's account is paid, and its country. */
  currency: string;
  country: string;
  /** How long after a payment its balance transaction appears (milliseconds of the double's clock). */
  feeDelayMs: number;
};

export type Double = {
  state: State;
  clock: Clock;
  settings: Settings;
  /** A snapshot event (v1): `object` as it is now. `account`: the connected account where it happened. */
  emit(
    type: string,
    object: { id?: string; object: string },
    more?: { account?: string; previous?: object },
  ): void;
  /** A thin event (v2): only says which account to fetch. */
  notify(type: string, accountId: string, data?: object): void;
  /** The call being answered, for the events that it causes. */
  request: { id: string | null; idempotencyKey: string | null };
};

/**
 * What a route is given: the ids in its path, its parameters (of the query for a GET, of the body for a POST),
 * and in whose name it is made, where that is a connected account's.
 */
export type Call = { ids: Record<string, string>; input: unknown; account?: string | undefined };
export type Handler = (double: Double, call: Call) => object;
export type Routes = Record<string, Handler>;
