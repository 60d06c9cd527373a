// The page where a person who is to be paid gives what Stripe asks; here, test data.
import { type Account, type AccountLink, setState } from "../accounts.ts";
import type { Double } from "../double.ts";
import { newId } from "../state.ts";
import { frame, html, notFound, type Page } from "./frame.ts";
import type { Visit } from "./payment.ts";
import { type Language, languageOf, WORDS } from "./words.ts";

export function setupPage(double: Double, visit: Visit): Page {
  const [id = "", form] = visit.path;
  const link = double.state.links[id];
  const account = link && double.state.accounts[link.accountId];
  const language = languageOf(account?.locales[0], visit.acceptLanguage);
  if (!link || !account) return notFound(language);
  if (form === undefined) return open(double, link);
  if (form !== link.form) return { redirect: link.refreshUrl };
  return visit.method === "POST"
    ? submit(double, link, account, visit.form, language)
    : fields(account, language, visit.query.has("missing"));
}

/** A link opens once and within minutes; afterwards it only leads back to where a new one is made. */
function open(double: Double, link: AccountLink): Page {
  if (link.form !== null || double.clock.now() > link.expiresAt) return { redirect: link.refreshUrl };
  link.form = newId("form", 20);
  return { redirect: `/setup/${link.id}/${link.form}` };
}

function submit(
  double: Double,
  link: AccountLink,
  account: Account,
  form: URLSearchParams,
  language: Language,
): Page {
  const answer = form.get("answer");
  if (answer !== "later") {
    if (!form.get("name")?.trim() || !form.get("account")?.trim())
      return { redirect: `/setup/${link.id}/${link.form ?? ""}?missing` };
    if (account.state !== "active") setState(double, account, answer === "review" ? "in_review" : "active");
  }
  // Coming back says nothing of the account: the shop has to ask for its state.
  return { redirect: link.returnUrl ?? `/setup/done?lang=${language}` };
}

export function setupDone(language: Language): Page {
  const words = WORDS[language].setup;
  return frame(language, words.doneTitle, html`<p>${words.done}</p>`);
}

function fields(account: Account, language: Language, missing: boolean): Page {
  const words = WORDS[language].setup;
  const field = (
    name: string,
    label: string,
    value: string,
    numeric: boolean,
  ) => html`<label for="${name}">${label}</label>
<input id="${name}" name="${name}" value="${value}" autocomplete="off"${numeric && html` inputmode="numeric"`}>
`;
  return frame(
    language,
    words.title,
    html`${missing && html`<p class="problem" role="alert">${words.missing}</p>`}
<p>${words.about}</p>
<p class="hint">${words.hint}</p>
<form method="post">
${field("name", words.name, account.displayName ?? "Camille Essai", false)}
${field("institution", words.institution, "000", true)}
${field("transit", words.transit, "11000", true)}
${field("account", words.account, "000123456789", true)}
<button class="first" name="answer" value="finish">${words.finish}</button>
<button name="answer" value="review">${words.review}</button>
<button name="answer" value="later">${words.later}</button>
</form>`,
  );
}
