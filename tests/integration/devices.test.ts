import { createHash } from "node:crypto";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDevice } from "#domain/library/create-device.server.ts";
import { listDevices } from "#domain/library/device-queries.server.ts";
import { recogniseDevice } from "#domain/library/recognise-device.server.ts";
import { revokeDevice } from "#domain/library/revoke-device.server.ts";
import { Refusal } from "#domain/refusal.ts";
import { basic, openDeviceHouse } from "./device-house.ts";

let house: Awaited<ReturnType<typeof openDeviceHouse>>;
let lise: string;
let paul: string;

beforeAll(async () => {
  house = await openDeviceHouse();
  lise = await house.person("lise@exemple.org");
  paul = await house.person("paul@exemple.org");
});
afterAll(() => house.close());

const recognise = (
  kind: "reader" | "player",
  proof: Parameters<typeof recogniseDevice>[2]["proof"],
  settings = house.settings,
) => recogniseDevice(house.db, { ...house.house, settings: settings as never }, { kind, proof });
const md5 = (text: string) => createHash("md5").update(text).digest("hex");

describe("a device password", () => {
  it("is told once; the database keeps no word of it", async () => {
    const id = v7();
    const asked = { id, personId: lise, kind: "player" as const, name: "Téléphone" };
    const { password } = await createDevice(house.db, house.house, asked);
    expect(password).toMatch(/^(\w{4}-){3}\w{4}$/);
    expect(await createDevice(house.db, house.house, asked)).toEqual({ password: null });
    const row = await house.db
      .selectFrom("device")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain(password);
    expect(row.secret_sealed!.includes(password!)).toBe(false);
    expect((await listDevices(house.db, lise)).map(({ name, kind, usedAt }) => [name, kind, usedAt])).toEqual(
      [["Téléphone", "player", null]],
    );
    expect(await listDevices(house.db, paul)).toEqual([]);
  });

  it("of an e-reader is kept as a hash alone", async () => {
    const { id } = await house.device(paul, "reader");
    const row = await house.db
      .selectFrom("device")
      .select("secret_sealed")
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    expect(row.secret_sealed).toBeNull();
  });

  it("opens for its person and kind alone, however it was typed", async () => {
    const reader = await house.device(lise, "reader");
    const email = "lise@exemple.org";
    const known = { deviceId: reader.id, personId: lise };
    expect(await recognise("reader", { email, password: reader.password })).toMatchObject(known);
    expect(
      await recognise("reader", {
        email: " Lise@Exemple.org",
        password: ` ${reader.password.toUpperCase()} `,
      }),
    ).toMatchObject(known);
    expect(await recognise("reader", { email, password: reader.password.replaceAll("-", "") })).toMatchObject(
      known,
    );
    expect(await recognise("player", { email, password: reader.password })).toBeNull();
    expect(await recognise("reader", { email: "paul@exemple.org", password: reader.password })).toBeNull();
    expect(await recognise("reader", { email, password: "aaaa-aaaa-aaaa-aaaa" })).toBeNull();
    expect(await recognise("reader", { email, password: "" })).toBeNull();
  });

  it("of a player is proved by its token; a key needs no name", async () => {
    const player = await house.device(paul, "player");
    const email = "paul@exemple.org";
    const known = { deviceId: player.id, personId: paul };
    const token = md5(`${player.password}c19b2d`);
    expect(await recognise("player", { email, token, salt: "c19b2d" })).toMatchObject(known);
    expect(await recognise("player", { email, token, salt: "other" })).toBeNull();
    expect(await recognise("player", { email: "lise@exemple.org", token, salt: "c19b2d" })).toBeNull();
    expect(await recognise("player", { email: null, password: player.password })).toMatchObject(known);
    // What was sealed by an older secret opens no more by token; the password itself still does.
    const renewed = { ...house.settings, sessionSecret: "quite another secret, long enough" };
    expect(await recognise("player", { email, token, salt: "c19b2d" }, renewed)).toBeNull();
    expect(await recognise("player", { email, password: player.password }, renewed)).toMatchObject(known);
  });

  it("says when it was last used, to ten minutes", async () => {
    const { id, password } = await house.device(lise, "reader", "Liseuse");
    const come = () => recognise("reader", { email: "lise@exemple.org", password });
    const seen = async () => (await listDevices(house.db, lise)).find((each) => each.id === id)!.usedAt;
    const first = house.clock.now();
    await come();
    expect(await seen()).toEqual(first);
    house.clock.advance(5 * 60_000);
    await come();
    expect(await seen()).toEqual(first);
    house.clock.advance(6 * 60_000);
    await come();
    expect(await seen()).toEqual(house.clock.now());
  });

  it("is ended by its owner alone, for good", async () => {
    const { id, password } = await house.device(lise, "reader", "Perdue");
    const come = () => recognise("reader", { email: "lise@exemple.org", password });
    await revokeDevice(house.db, house.house, { id, personId: paul });
    expect(await come()).toMatchObject({ deviceId: id });
    await revokeDevice(house.db, house.house, { id, personId: lise });
    expect(await come()).toBe("revoked");
    expect((await listDevices(house.db, lise)).map((each) => each.id)).not.toContain(id);
  });

  it("is not given to a twenty-first device", async () => {
    const ida = await house.person("ida@exemple.org");
    const made = [];
    for (let i = 0; i < 20; i += 1) made.push(await house.device(ida, "reader"));
    await expect(house.device(ida, "reader")).rejects.toThrow(Refusal);
    await revokeDevice(house.db, house.house, { id: made[0]!.id, personId: ida });
    await house.device(ida, "reader");
  });

  it("is not to be found by trying; one that was ended shuts nobody out", async () => {
    const good = await house.device(paul, "reader");
    const ended = await house.device(paul, "reader");
    await revokeDevice(house.db, house.house, { id: ended.id, personId: paul });
    const come = async (password: string, visitor: string) =>
      (await house.knock("/biblio/opds", { headers: basic("paul@exemple.org", password) }, { visitor }))
        .status;
    for (let i = 0; i < 40; i += 1) expect(await come(ended.password, "192.0.2.1")).toBe(401);
    expect(await come(good.password, "192.0.2.1")).toBe(200);
    for (let i = 0; i < 30; i += 1) expect(await come(`wrong-${i}`, "192.0.2.1")).toBe(401);
    expect(await come("wrong-again", "192.0.2.1")).toBe(429);
    expect(await come(good.password, "192.0.2.1")).toBe(429);
    expect(await come(good.password, "192.0.2.2")).toBe(200);
    house.clock.advance(10 * 60_000);
    expect(await come(good.password, "192.0.2.1")).toBe(200);
  });
});
