import { pick, type Seeded, seeded } from "#dev/works/seeded.ts";
import * as lists from "./words.ts";

/** A work of the seed, as one would read it on a cover. Credits are numbers of people. */
export type SeedWork = {
  kind: "book" | "album";
  title: string;
  subtitle: string | null;
  language: "fr" | "en";
  credits: { person: number; role: string }[];
  description: string;
  subjects: string[];
  series: { name: string; position: number } | null;
  publishedOn: string;
  price: number;
  open: boolean;
};

/** The same numbers for the same seed and place, whatever came before: works can be made in any order. */
const randomAt = (seed: number, noun: number, i: number): Seeded =>
  seeded(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(i + 1, 0x85ebca6b) ^ Math.imul(noun + 1, 0xc2b2ae35));

const capital = (words: string): string => words[0]!.toUpperCase() + words.slice(1);
/** « de le » is « du », « de les » is « des », before a vowel « d' ». */
const from = (name: string): string => (/^[aeéèêiouyhâîôAEÉIOUÎ]/.test(name) ? `d'${name}` : `de ${name}`);

function coined(random: Seeded): string {
  const middle = random() < 0.7 ? pick(random, lists.middles) : "";
  return pick(random, lists.starts) + middle + pick(random, lists.ends);
}

function place(random: Seeded): string {
  const dice = random();
  return dice < 0.35
    ? pick(random, lists.places)
    : dice < 0.6
      ? `Saint-${pick(random, lists.familyNames)}`
      : coined(random);
}

function frenchTitle(random: Seeded): string {
  const [a, b] = [pick(random, lists.nouns), pick(random, lists.nouns)];
  const [he, she] = pick(random, lists.adjectives);
  const adjective = a.feminine ? she : he;
  const plural = adjective.endsWith("s") ? adjective : `${adjective}s`;
  const name = pick(random, lists.firstNames);
  const whole = (noun: lists.Noun) => noun.article + noun.one;
  const ofWhole = (noun: lists.Noun) => (noun.article === "le " ? `du ${noun.one}` : `de ${whole(noun)}`);
  const made = [
    () => `${whole(a)} ${adjective}`,
    () => `les ${a.many} ${plural}`,
    () => `${whole(a)} ${ofWhole(b)}`,
    () => `${whole(a)} et ${whole(b)}`,
    () => `les ${a.many} ${from(place(random))}`,
    () => `${name} ou ${whole(a)} ${adjective}`,
    () => `ce que ${whole(a)} ${pick(random, lists.verbs)}`,
    () => `sous les ${a.many} ${ofWhole(b)}`,
    () => `${a.many} pour ${name}`,
    () => `${whole(a)} ${from(name)} ${coined(random)}`,
    () => `quand ${whole(a)} ${pick(random, lists.verbs)} ${whole(b)}`,
    () => `${coined(random)}, ${a.many} et ${b.many}`,
  ];
  return capital(pick(random, made)());
}

function englishTitle(random: Seeded): string {
  const [a, b] = [pick(random, lists.englishNouns), pick(random, lists.englishNouns)].map(capital) as [
    string,
    string,
  ];
  const adjective = capital(pick(random, lists.englishAdjectives));
  const verb = capital(pick(random, lists.englishVerbs));
  const made = [
    () => `The ${adjective} ${a}`,
    () => `The ${a} of ${place(random)}`,
    () => `What the ${a} ${verb}`,
    () => `A ${a} for ${pick(random, lists.firstNames)}`,
    () => `${adjective} ${a}, ${capital(pick(random, lists.englishAdjectives))} ${b}`,
    () => `The ${a} and the ${b}`,
    () => `${pick(random, lists.firstNames)} ${verb} the ${adjective} ${a}`,
    () => `${coined(random)}: A ${adjective} ${a}`,
  ];
  return pick(random, made)();
}

export function personName(seed: number, i: number): { name: string; sortName: string } {
  const random = randomAt(seed, 1, i);
  const first =
    pick(random, lists.firstNames) + (random() < 0.12 ? `-${pick(random, lists.firstNames)}` : "");
  const family =
    (random() < 0.45 ? pick(random, lists.familyNames) : coined(random)) +
    (random() < 0.1 ? `-${pick(random, lists.familyNames)}` : "");
  return { name: `${first} ${family}`, sortName: `${family}, ${first}` };
}

export function coopName(seed: number, i: number): string {
  const random = randomAt(seed, 2, i);
  const noun = pick(random, lists.nouns);
  const ofNoun = noun.article === "le " ? `du ${noun.one}` : `de ${noun.article}${noun.one}`;
  const made = [
    () => `Les Éditions ${ofNoun}`,
    () => `Coopérative ${ofNoun} ${from(place(random))}`,
    () => `Les Presses ${from(place(random))}`,
    () => `Disques ${ofNoun}`,
  ];
  return pick(random, made)();
}

function seriesName(seed: number, i: number, french: boolean): string {
  const random = randomAt(seed, 3, i);
  return french
    ? `Les ${pick(random, lists.nouns).many} ${from(coined(random))}`
    : `The ${coined(random)} ${capital(pick(random, lists.englishNouns))}s`;
}

/** The i-th work. Few people make much: a draw near zero is likelier. */
export function seedWork(seed: number, i: number, of: { people: number; works: number }): SeedWork {
  const random = randomAt(seed, 4, i);
  const french = random() < 0.72;
  const kind = random() < 0.62 ? ("book" as const) : ("album" as const);
  const title = french ? frenchTitle(random) : englishTitle(random);
  const anyone = () => Math.min(of.people - 1, Math.floor(random() ** 1.6 * of.people));
  const first = anyone();
  const roles =
    kind === "book" ? ["author", "translator", "illustrator"] : ["performer", "mixer", "lyricist"];
  const credits = [{ person: first, role: roles[0]! }];
  const also = random();
  for (let n = 1; n < roles.length && also < 0.4 / n; n += 1) {
    const person = anyone();
    if (credits.every((credit) => credit.person !== person)) credits.push({ person, role: roles[n]! });
  }
  const labels = kind === "book" ? lists.bookSubjects : lists.albumSubjects;
  const subjects = [...new Set([pick(random, labels), ...(random() < 0.5 ? [pick(random, labels)] : [])])];
  const inSeries = kind === "book" && random() < 0.18;
  const dice = random();
  return {
    kind,
    title,
    subtitle:
      random() < 0.15 ? (french ? capital(pick(random, labels).toLowerCase()) : "A story in parts") : null,
    language: french ? "fr" : "en",
    credits,
    description: french
      ? `${frenchTitle(random)}. Un voyage ${from(place(random))} à ${place(random)}, où ${pick(random, lists.nouns).one} et ${pick(random, lists.nouns).one} se répondent.`
      : `${englishTitle(random)}. From ${place(random)} to ${place(random)}, a ${pick(random, lists.englishAdjectives)} ${pick(random, lists.englishNouns)} at a time.`,
    subjects,
    series: inSeries
      ? {
          name: seriesName(seed, Math.floor(random() * Math.max(1, of.works / 40)), french),
          position: 1 + Math.floor(random() * 9),
        }
      : null,
    publishedOn: String(1985 + Math.floor(random() * 41)),
    price: dice < 0.06 ? 0 : 300 + Math.floor(random() * 24) * 100 - 1,
    open: dice < 0.1,
  };
}
