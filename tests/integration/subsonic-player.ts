/** A player of music as the protocol knows them: how it asks, and what it reads in the answers. */
import { createHash } from "node:crypto";
import { expect } from "vitest";
import type { openDeviceHouse } from "./device-house.ts";

export type Asked = Record<string, string | string[]>;
const about = { v: "1.16.1", c: "tests" };
export const queryOf = (asked: Asked) =>
  new URLSearchParams(
    Object.entries({ ...about, ...asked }).flatMap(([name, value]) =>
      [value].flat().map((each) => [name, each]),
    ),
  ).toString();

export const token = (password: string) => {
  const s = "c19b2d";
  return {
    s,
    t: createHash("md5")
      .update(password + s)
      .digest("hex"),
  };
};

export const namesOf = (items: { name?: string; title?: string }[]) =>
  items.map(({ name, title }) => name ?? title);

/** `me`: what this player shows of itself. */
export function openPlayer(
  house: Awaited<ReturnType<typeof openDeviceHouse>>,
  email: string,
  password: string,
) {
  const me = { u: email, ...token(password) };
  const knock = (call: string, asked: Asked, init?: RequestInit) =>
    house.knock(`/rest/${call}?${queryOf(asked)}`, init);
  /** The answer in JSON, of a call that must do. */
  const ok = async (call: string, asked: Asked = {}) => {
    const answer = await knock(call, { ...me, f: "json", ...asked });
    const said = JSON.parse(await answer.text())["subsonic-response"];
    expect(said).toMatchObject({ status: "ok" });
    return said;
  };
  /** Status and code of what is said, and what HTTP says. */
  const code = async (call: string, asked: Asked) => {
    const answer = await knock(call, { f: "json", ...asked });
    const body = JSON.parse(await answer.text())["subsonic-response"];
    return [body.status, body.error?.code, answer.status];
  };
  return { me, knock, ok, code };
}
