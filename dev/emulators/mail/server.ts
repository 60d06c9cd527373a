import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { type CaughtMail, type Letters, openLetters } from "./letters.ts";
import { absentPage, letterPage, listPage } from "./outbox.ts";
import { tongueFor } from "./words.ts";

export type MailCatcher = {
  /** For SMTP_URL. Any name and password are taken. */
  smtpUrl: string;
  /** The page to open in a browser. */
  webUrl: string;
  /** Newest first. */
  messages(): Promise<CaughtMail[]>;
  /** The newest letter that matches, at once or when it comes. Throws after `timeoutMs` (10 s), naming what did come. */
  waitFor(match: (mail: CaughtMail) => boolean, timeoutMs?: number): Promise<CaughtMail>;
  clear(): Promise<void>;
  close(): Promise<void>;
};

const LARGEST_LETTER = 25 * 1024 * 1024;

/**
 * A mail server that takes every letter and delivers none: it keeps them in `dataDir` and shows them on a page. For
 * trying what happens to letters that nobody takes, `@refused.invalid` is refused for good and `@later.invalid` for
 * now. Ports absent or 0: any free ones.
 */
export async function startMail(options: {
  smtpPort?: number;
  webPort?: number;
  host?: string;
  dataDir: string | null;
}): Promise<MailCatcher> {
  const host = options.host ?? "127.0.0.1";
  const letters = await openLetters(options.dataDir);
  const waiting = new Set<(mail: CaughtMail) => void>();
  const smtp = smtpServer(letters, (mail) => {
    for (const tell of waiting) tell(mail);
  });
  const css = await readFile(new URL("./outbox.css", import.meta.url));
  const web = createServer((request, response) => {
    answer(letters, css, request, response).catch((error: unknown) => {
      console.error("Outbox:", error);
      response.destroy();
    });
  });
  await listen(smtp.server as unknown as Server, options.smtpPort ?? 0, host);
  try {
    await listen(web, options.webPort ?? 0, host);
  } catch (error) {
    smtp.close();
    throw error;
  }

  return {
    smtpUrl: `smtp://${host}:${(smtp.server.address() as AddressInfo).port}`,
    webUrl: `http://${host}:${(web.address() as AddressInfo).port}`,
    messages: async () => letters.all(),
    clear: () => letters.clear(),
    waitFor: (match, timeoutMs = 10_000) =>
      new Promise((resolve, reject) => {
        const already = letters.all().find(match);
        if (already) return resolve(already);
        const tell = (mail: CaughtMail) => {
          if (!match(mail)) return;
          clearTimeout(timer);
          waiting.delete(tell);
          resolve(mail);
        };
        const timer = setTimeout(() => {
          waiting.delete(tell);
          const came = letters.all().map((mail) => `  ${mail.to.join(", ")}: ${mail.subject}`);
          reject(
            new Error(`No such letter within ${timeoutMs} ms. What came:\n${came.join("\n") || "  nothing"}`),
          );
        }, timeoutMs);
        waiting.add(tell);
      }),
    async close() {
      await new Promise<void>((resolve) => smtp.close(resolve));
      web.closeAllConnections();
      await new Promise((resolve) => web.close(resolve));
    },
  };
}

function smtpServer(letters: Letters, caught: (mail: CaughtMail) => void): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    size: LARGEST_LETTER,
    closeTimeout: 1_000,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? "anyone" }),
    onRcptTo(address, _session, done) {
      if (/@refused\.invalid$/i.test(address.address)) return done(refusal(550, "5.1.1 No such mailbox"));
      if (/@later\.invalid$/i.test(address.address)) return done(refusal(451, "4.3.0 Try again later"));
      done();
    },
    onData(stream, session, done) {
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("end", () => {
        if (stream.sizeExceeded) return done(refusal(552, "5.3.4 The letter is too large"));
        const { mailFrom, rcptTo } = session.envelope;
        letters
          .keep(Buffer.concat(pieces), {
            from: mailFrom === false ? "" : mailFrom.address,
            to: rcptTo.map((one) => one.address),
          })
          .then((mail) => {
            done();
            caught(mail);
          })
          .catch((error: unknown) => done(refusal(451, `4.3.0 ${String(error)}`)));
      });
    },
  });
  // A sender that hangs up in the middle is its own affair.
  server.on("error", () => {});
  return server;
}

function refusal(code: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode: code });
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function answer(
  letters: Letters,
  css: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://outbox");
  const tongue = tongueFor(request.headers["accept-language"]);
  const send = (status: number, type: string, body: string | Buffer) => {
    response.writeHead(status, {
      "content-type": type,
      "content-length": Buffer.byteLength(body),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      vary: "accept-language",
      // A letter may style itself and show pictures; nothing on these pages may run.
      "content-security-policy":
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src * data:; font-src * data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    });
    response.end(request.method === "HEAD" ? undefined : body);
  };
  const page = (status: number, body: string) => send(status, "text/html; charset=utf-8", body);

  if (pathname === "/clear" && request.method === "POST") {
    // Another site's page must not be able to press our button.
    const from = request.headers["sec-fetch-site"];
    if (from === undefined || from === "same-origin") await letters.clear();
    response.writeHead(303, { location: "/" }).end();
    return;
  }
  if (pathname === "/") return page(200, listPage(letters.all(), tongue));
  if (pathname === "/outbox.css") return send(200, "text/css; charset=utf-8", css);
  if (pathname === "/mails.json") return send(200, "application/json", JSON.stringify(letters.all()));
  const [, id = "", eml] = /^\/mail\/([\w-]+)(\.eml)?$/.exec(pathname) ?? [];
  const mail = letters.find(id);
  const raw = eml ? await letters.raw(id) : undefined;
  if (raw) return send(200, "message/rfc822", raw);
  if (mail && !eml) return page(200, letterPage(mail, tongue));
  page(404, absentPage(tongue));
}
