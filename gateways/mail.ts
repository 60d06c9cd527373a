import { createTransport } from "nodemailer";

export type Letter = {
  to: string;
  subject: string;
  /** Every letter can be read as plain text; `html` is the same, dressed. */
  text: string;
  html?: string | undefined;
  headers?: Record<string, string> | undefined;
  /** `<unique@domain>`. The same on a second attempt, so that the receiving side may recognise a double. */
  messageId?: string | undefined;
};

export type MailGateway = {
  /** Resolves when the server has taken charge of the letter. Throws MailFailure. */
  send(letter: Letter): Promise<void>;
  /** Connects and signs in, sends nothing: for the doctor. Throws MailFailure. */
  verify(): Promise<void>;
  close(): void;
};

/** `permanent`: the server will never take this letter (no such address, refused content), so trying again is in vain. */
export class MailFailure extends Error {
  /** The web process holds this file twice, in `server.ts` and in the built pages: their failures know each other by name. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof Error && error.name === "MailFailure";
  }
  readonly permanent: boolean;
  constructor(message: string, permanent: boolean, cause: unknown) {
    super(message, { cause });
    this.name = "MailFailure";
    this.permanent = permanent;
  }
}

/**
 * SMTP, the one door that every mail provider has. `smtpUrl`: `smtp://user:secret@host:587`, or `smtps://` for TLS from
 * the first byte; `from`: an address, or `Name <address>`.
 */
export function createMail(settings: { smtpUrl: string; from: string }): MailGateway {
  const server = new URL(settings.smtpUrl).host;
  const transport = createTransport({
    url: settings.smtpUrl,
    // A season's announcement is some hundreds of letters: connections are kept, and few enough for any provider.
    pool: true,
    maxConnections: 3,
    maxMessages: 100,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
    // A letter is built from words and never from files or addresses that a template could be tricked into naming.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // The pool reports here what happens to idle connections; the next letter opens a new one.
  transport.on("error", () => {});

  return {
    async send(letter) {
      try {
        await transport.sendMail({
          from: settings.from,
          to: letter.to,
          subject: letter.subject,
          text: letter.text,
          html: letter.html,
          headers: letter.headers,
          messageId: letter.messageId,
        });
      } catch (error) {
        throw explain(error, server);
      }
    },
    async verify() {
      try {
        await transport.verify();
      } catch (error) {
        throw explain(error, server);
      }
    },
    close: () => transport.close(),
  };
}

/** nodemailer's errors carry the SMTP reply (RFC 5321: 4xx may pass later, 5xx never) or a code of its own. */
function explain(error: unknown, server: string): MailFailure {
  const { code, responseCode, response, message } = error as {
    code?: string;
    responseCode?: number;
    response?: string;
    message?: string;
  };
  const said = response ?? message ?? String(error);
  if (code === "EAUTH") {
    return new MailFailure(`The mail server ${server} refuses our name or password: ${said}`, false, error);
  }
  if (code === "EENVELOPE" || (responseCode !== undefined && responseCode >= 500)) {
    // Without a reply, nodemailer itself found no address to send to.
    const permanent = responseCode === undefined || responseCode >= 500;
    return new MailFailure(`The mail server ${server} does not take this letter: ${said}`, permanent, error);
  }
  if (["ECONNECTION", "ESOCKET", "ETIMEDOUT", "EDNS", "ECONNREFUSED"].includes(code ?? "")) {
    return new MailFailure(`The mail server ${server} cannot be reached: ${said}`, false, error);
  }
  return new MailFailure(`The letter could not be sent by ${server}: ${said}`, false, error);
}
