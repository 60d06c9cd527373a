import type { session as fr } from "../fr/session.ts";

export const session: typeof fr = {
  title: "Sign in",
  lead: "Enter your e-mail address: we send you a link that opens the door. There is no password to remember.",
  email: "E-mail",
  emailHint: "If you have bought here before, use the same address: your purchases are waiting.",
  ask: "Send me the link",
  sentTitle: "Check your e-mail",
  sent: "If the address is right, a link is on its way. It is valid for fifteen minutes, once.",
  sentBrowser: "Open it in this very browser: no other can use it.",
  sentNothing: "Nothing arrived? Look in your junk folder, or ask for another link.",
  again: "Ask for another link",
  outbox: "See the e-mails of the demo",
  readyTitle: "There you are",
  ready: "One last step to sign in on this device.",
  enter: "Sign me in",
  deadTitle: "This link no longer opens",
  otherTitle: "This link belongs to another browser",
  otherWhy:
    "A link works only where it was asked for. That way nobody can sign in as you with an intercepted e-mail.",
  newLink: "Ask for a new link",
};
