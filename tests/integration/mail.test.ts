import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type MailCatcher, startMail } from "#dev/emulators/mail/server.ts";
import { createMail, type MailGateway } from "#gateways/mail.ts";

let folder: string;
let catcher: MailCatcher;
let mail: MailGateway;
const dataDir = () => path.join(folder, "mail");
const from = "Coopérative d’écrivain·es <bonjour@ventes.test>";

const letter = {
  to: "Zoé@Exemple.test",
  subject: "Votre reçu : « L’été à l’île » 🎵",
  text: "Bonjour Zoé,\n\nOuvrez https://ventes.test/connexion?jeton=a_b-c&suite=%2F.\nMerci !",
  html: '<p onclick="x()">Bonjour <b>Zoé</b></p><script>alert("non")</script><a href="https://ventes.test/">ici</a>',
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mail-test-"));
  await open();
});
afterAll(async () => {
  mail.close();
  await catcher.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => catcher.clear());

async function open(): Promise<void> {
  catcher = await startMail({ dataDir: dataDir() });
  mail = createMail({ smtpUrl: catcher.smtpUrl, from });
}

describe("a letter", () => {
  it("arrives as it was written, with its headers and its link", async () => {
    await mail.send({
      ...letter,
      headers: { "List-Unsubscribe": "<https://ventes.test/non>" },
      messageId: "<un@ventes.test>",
    });
    const caught = await catcher.waitFor((one) => one.to.includes("zoé@exemple.test"));
    expect(caught).toMatchObject({
      from: "Coopérative d’écrivain·es",
      subject: letter.subject,
      messageId: "<un@ventes.test>",
      links: ["https://ventes.test/connexion?jeton=a_b-c&suite=%2F"],
    });
    expect(caught.text.trim()).toBe(letter.text);
    expect(caught.html).toContain("<b>Zoé</b>");
    expect(caught.headers["list-unsubscribe"]).toBe("<https://ventes.test/non>");
    expect(Math.abs(caught.at.getTime() - Date.now())).toBeLessThan(60_000);
  });

  it("cannot be given headers or recipients through its subject or address", async () => {
    await mail.send({
      ...letter,
      to: "a@exemple.test",
      subject: "Bonjour\r\nBcc: autre@exemple.test\r\n\r\nbonus",
    });
    const [caught] = await catcher.messages();
    expect(caught?.to).toEqual(["a@exemple.test"]);
    expect(caught?.headers).not.toHaveProperty("bcc");
  });

  it("goes out with all the others of a season, none lost and none twice", async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => mail.send({ ...letter, to: `membre${n}@exemple.test` })),
    );
    const reached = (await catcher.messages()).flatMap((one) => one.to);
    expect(new Set(reached).size).toBe(40);
    expect(reached.length).toBe(40);
  });
});

describe("a letter that nobody takes", () => {
  it("says whether it is worth trying again", async () => {
    const to = (address: string) => mail.send({ ...letter, to: address });
    await expect(to("x@refused.invalid")).rejects.toMatchObject({ name: "MailFailure", permanent: true });
    await expect(to("x@later.invalid")).rejects.toMatchObject({ name: "MailFailure", permanent: false });
    await expect(to("")).rejects.toMatchObject({ name: "MailFailure", permanent: true });
    expect(await catcher.messages()).toEqual([]);
  });

  it("is told with the server's name when there is no server", async () => {
    const nowhere = createMail({ smtpUrl: "smtp://127.0.0.1:9", from });
    await expect(nowhere.verify()).rejects.toThrow(/127\.0\.0\.1:9 cannot be reached/);
    await expect(nowhere.send(letter)).rejects.toMatchObject({ permanent: false });
    nowhere.close();
    await expect(mail.verify()).resolves.toBeUndefined();
  });

  it("does not make a test wait in the dark", async () => {
    await mail.send(letter);
    await expect(catcher.waitFor((one) => one.subject === "autre", 50)).rejects.toThrow(
      /zoé@exemple\.test: Votre reçu/,
    );
  });
});

describe("the outbox", () => {
  const read = async (address: string, language = "fr") => {
    const answer = await fetch(`${catcher.webUrl}${address}`, { headers: { "accept-language": language } });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };

  it("lists the newest first, in the reader's language", async () => {
    expect((await read("/")).text).toContain("Rien encore");
    expect((await read("/", "de, en;q=0.8, fr;q=0.5")).text).toContain("Nothing yet");
    await mail.send({ ...letter, subject: "Premier" });
    await mail.send({ ...letter, subject: "Second" });
    const { text } = await read("/");
    expect(text.indexOf("Second")).toBeLessThan(text.indexOf("Premier"));
    expect(text).toContain('http-equiv="refresh"');
    expect(text).toContain('lang="fr-CA"');
  });

  it("shows a letter without letting it do anything", async () => {
    await mail.send({ ...letter, subject: '<img src=x onerror="x()">' });
    const [caught] = await catcher.messages();
    const { text, headers } = await read(`/mail/${caught?.id}`);
    expect(text).not.toContain("<script>");
    expect(text).not.toContain("<img src=x");
    expect(text).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(text).toContain(
      '<a href="https://ventes.test/connexion?jeton=a_b-c&amp;suite=%2F" target="_blank"',
    );
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect((await read("/mail/../../etc/passwd")).status).toBe(404);
    expect((await read("/mail/autre.eml")).status).toBe(404);
  });

  it("keeps letters as .eml files over a restart, until it is emptied", async () => {
    await mail.send(letter);
    mail.close();
    await catcher.close();
    await open();
    const [caught] = await catcher.messages();
    expect(caught).toMatchObject({ subject: letter.subject, to: ["zoé@exemple.test"] });
    expect(Math.abs((caught?.at.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    const [file = ""] = await readdir(dataDir());
    expect((await read(`/mail/${caught?.id}.eml`)).text).toBe(
      await readFile(path.join(dataDir(), file), "utf8"),
    );
    const press = (site: string) =>
      fetch(`${catcher.webUrl}/clear`, { method: "POST", headers: { "sec-fetch-site": site } });
    await press("cross-site");
    expect(await readdir(dataDir())).toHaveLength(1);
    await press("same-origin");
    expect(await readdir(dataDir())).toEqual([]);
    expect(await catcher.messages()).toEqual([]);
  });
});
