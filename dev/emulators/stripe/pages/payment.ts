// The page where a checkout session is paid, and the bank's page that some cards ask for.

import { attempt, CARD_TO_AUTHENTICATE } from "../attempts.ts";
import { cardOf, OFFERED, type OfferedCard } from "../cards.ts";
import type { Session } from "../checkout.ts";
import type { Double } from "../double.ts";
import { frame, html, notFound, type Page } from "./frame.ts";
import { type Language, languageOf, money, type Problem, WORDS } from "./words.ts";

export type Visit = {
  method: string;
  /** What follows /c/pay/ or /setup/. */
  path: string[];
  query: URLSearchParams;
  form: URLSearchParams;
  acceptLanguage: string | undefined;
};

const grouped = (number: string) => number.replace(/(\d{4})(?=\d)/g, "$1 ");

export function paymentPage(double: Double, visit: Visit): Page {
  const [id = "", step] = visit.path;
  const session = double.state.sessions[id];
  const language = languageOf(session?.shown.locale, visit.acceptLanguage);
  if (!session || (step !== undefined && step !== "authenticate")) return notFound(language);
  if (session.shown.status !== "open") return closed(session, language);
  if (step === "authenticate") return authentication(double, session, visit, language);
  if (visit.method === "POST") return pay(double, session, visit.form);
  const problem = visit.query.get("problem");
  return cart(
    session,
    language,
    problem !== null && problem in WORDS.fr.problems ? (problem as Problem) : null,
  );
}

const successOf = (session: Session) =>
  session.shown.success_url.replaceAll("{CHECKOUT_SESSION_ID}", session.shown.id);
const addressOf = (session: Session) => `/c/pay/${session.shown.id}`;
const withProblem = (session: Session, problem: Problem): Page => ({
  redirect: `${addressOf(session)}?problem=${problem}`,
});

function pay(double: Double, session: Session, form: URLSearchParams): Page {
  const card = cardOf(form.get("card") || form.get("number") || "");
  const email = (form.get("email") ?? "").trim();
  if (email !== "") session.typedEmail = email;
  if (session.shown.customer_email === null && !/^[^\s@]+@[^\s@]+$/.test(session.typedEmail ?? ""))
    return withProblem(session, "email");
  if (!card) return withProblem(session, "unknown_card");
  const result = attempt(double, session, card, { email: session.typedEmail ?? undefined });
  if (result.outcome === "authenticate") return { redirect: `${addressOf(session)}/authenticate` };
  if (result.outcome === "declined")
    return withProblem(session, result.declineCode === "insufficient_funds" ? "insufficient" : "declined");
  return { redirect: successOf(session) };
}

function authentication(double: Double, session: Session, visit: Visit, language: Language): Page {
  const intent = double.state.intents[session.shown.payment_intent ?? ""];
  if (intent?.status !== "requires_action") return { redirect: addressOf(session) };
  const words = WORDS[language].authenticate;
  if (visit.method !== "POST") {
    const total = money(session.shown.amount_total, session.shown.currency, language);
    return frame(
      language,
      words.title,
      html`<p>${words.about(total)}</p>
<form method="post">
<button class="first" name="answer" value="confirm">${words.confirm}</button>
<button name="answer" value="refuse">${words.refuse}</button>
</form>`,
    );
  }
  const result = attempt(double, session, CARD_TO_AUTHENTICATE, {
    email: session.typedEmail ?? undefined,
    authenticated: visit.form.get("answer") === "confirm",
  });
  return result.outcome === "paid"
    ? { redirect: successOf(session) }
    : withProblem(session, "authentication");
}

function closed(session: Session, language: Language): Page {
  const words = WORDS[language].pay;
  const back = session.shown.status === "complete" ? successOf(session) : session.shown.cancel_url;
  const [title, text] =
    session.shown.status === "complete" ? [words.paidTitle, words.paid] : [words.expiredTitle, words.expired];
  return frame(
    language,
    title,
    html`<p>${text}</p>${back !== null && html`<p class="away"><a href="${back}">${words.continue}</a></p>`}`,
  );
}

function cart(session: Session, language: Language, problem: Problem | null): Page {
  const words = WORDS[language].pay;
  const { shown, lines } = session;
  const inMoney = (amount: number) => money(amount, shown.currency, language);
  const total = inMoney(shown.amount_total);
  return frame(
    language,
    words.title(total),
    html`${problem && html`<p class="problem" role="alert">${WORDS[language].problems[problem]}</p>`}
<h2>${words.yourOrder}</h2>
<table>
<thead><tr><th scope="col">${words.line}</th><th scope="col" class="number">${words.quantity}</th><th scope="col" class="number">${words.amount}</th></tr></thead>
<tbody>
${lines.map(
  (
    line,
  ) => html`<tr><td>${line.description}</td><td class="number">${line.quantity}</td><td class="number">${inMoney(line.amount_total)}</td></tr>
`,
)}</tbody>
<tfoot><tr><th scope="row" colspan="2">${words.total}</th><td class="number">${total}</td></tr></tfoot>
</table>
<form method="post" action="${addressOf(session)}" autocomplete="off">
${
  shown.customer_email === null
    ? html`<label for="email">${words.email}</label>
<p class="hint" id="email-hint">${words.emailHint}</p>
<input id="email" name="email" type="email" required aria-describedby="email-hint" value="${session.typedEmail ?? ""}">`
    : html`<p class="hint">${words.receiptTo(shown.customer_email)}</p>`
}
<label for="number">${words.cardNumber}</label>
<p class="hint" id="number-hint">${words.cardHint}</p>
<input id="number" name="number" inputmode="numeric" autocomplete="off" maxlength="23" aria-describedby="number-hint">
<button class="first">${words.submit(total)}</button>
<h2>${words.testCards}</h2>
${(Object.keys(OFFERED) as OfferedCard[]).map(
  (
    name,
  ) => html`<button name="card" value="${OFFERED[name]}">${words[name]} <span>${grouped(OFFERED[name])}</span></button>
`,
)}</form>
${shown.cancel_url !== null && html`<p class="away"><a href="${shown.cancel_url}">${words.cancel}</a></p>`}`,
  );
}
