import { payees as en } from "./en/payees.ts";
import { payees as fr } from "./fr/payees.ts";
import { inBoth, type Locale } from "./locale.ts";

export const payeeWords = inBoth(fr, en);

/** Stripe names what it asks for by the place of a field; which of our words stands for it. The first that fits. */
const askedFor: [RegExp, keyof typeof fr.asked][] = [
  [/date_of_birth|\.dob/, "birth"],
  [/given_name|surname|first_name|last_name|\.name/, "name"],
  [/document|verification/, "document"],
  [/address/, "address"],
  [/payout_method|external_account|bank/, "bank"],
  [/terms_of_service|tos_acceptance/, "terms"],
  [/id_number|ssn|tax_id/, "idNumber"],
  [/email|phone/, "contact"],
  [/business|company|relationship|representative|owners|directors/, "business"],
];

/** What Stripe asks for (several, apart by spaces, in its own words) in ours, each once. */
export function askedBy(locale: Locale, requirements: string | null): string[] {
  const { asked } = payeeWords(locale);
  const named = (requirements ?? "").split(/\s+/).filter(Boolean);
  const words = named.map((each) => asked[askedFor.find(([of]) => of.test(each))?.[1] ?? "other"]);
  return [...new Set(words)];
}
