/** The words of the outbox page. It belongs to the machine of whoever tries the house, not to the house. */
const fr = {
  title: "Boîte d’envoi",
  intro: "Les courriels que la démonstration envoie s’arrêtent ici : aucun ne part sur Internet.",
  count: (n: number) => (n < 2 ? `${n} courriel` : `${n} courriels`),
  emptyTitle: "Rien encore",
  empty: "Demandez un lien de connexion ou faites un achat : le courriel apparaîtra ici de lui-même.",
  to: "À",
  from: "De",
  at: "Reçu",
  noSubject: "(sans objet)",
  back: "Tous les courriels",
  asText: "En texte seul",
  source: "Le fichier .eml",
  frame: "Le courriel tel qu’il a été mis en page",
  clear: "Vider la boîte",
  absent: "Ce courriel n’est plus ici.",
};

const en = {
  title: "Outbox",
  intro: "The emails that the demo sends stop here: none leaves for the Internet.",
  count: (n: number) => (n === 1 ? "1 email" : `${n} emails`),
  emptyTitle: "Nothing yet",
  empty: "Ask for a sign-in link or buy something: the email will appear here by itself.",
  to: "To",
  from: "From",
  at: "Received",
  noSubject: "(no subject)",
  back: "All emails",
  asText: "As plain text",
  source: "The .eml file",
  frame: "The email as it was laid out",
  clear: "Empty the outbox",
  absent: "This email is no longer here.",
} satisfies typeof fr;

export type Tongue = { code: "fr" | "en"; words: typeof fr; date: Intl.DateTimeFormat };

const tongue = (code: "fr" | "en", words: typeof fr): Tongue => ({
  code,
  words,
  date: new Intl.DateTimeFormat(`${code}-CA`, { dateStyle: "long", timeStyle: "short" }),
});

const tongues = { fr: tongue("fr", fr), en: tongue("en", en) };

/** The first of French and English in the browser's list, by its weights; French where it names neither. */
export function tongueFor(acceptLanguage: string | undefined): Tongue {
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((one) => {
      const [tag = "", weight = "q=1"] = one
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      return { code: tag.split("-")[0], weight: Number(weight.replace("q=", "")) };
    })
    .filter((one) => one.weight > 0 && (one.code === "fr" || one.code === "en"))
    .sort((a, b) => b.weight - a.weight);
  return wanted[0]?.code === "en" ? tongues.en : tongues.fr;
}
