import type { AlbumPlan, TrackPlan } from "../plan.ts";
import { isrc } from "./identifiers.ts";

/** Tracks in order; ISRCs follow each other from `first`, and so do the seeds. */
function tracks(
  registrant: "CBZZF" | "FRZZH",
  first: number,
  list: [title: string, seconds: number][],
): TrackPlan[] {
  return list.map(([title, seconds], i) => ({
    title,
    seconds,
    isrc: isrc(registrant, first + i),
    seed: first * 31 + i * 7,
  }));
}

const fleuve = { kind: "album", coop: "presses-du-fleuve", language: "fr", originalLanguage: "fr" } as const;
const halles = { kind: "album", coop: "atelier-des-halles", language: "fr", originalLanguage: "fr" } as const;
const fixed = (amount: number) => ({ kind: "fixed", amount }) as const;

const windowSong = `J'ai laissé la fenêtre ouverte
Pour que la pluie sache où dormir
Le jour a replié sa carte
Et nous n'avons plus qu'à sortir

Fenêtre ouverte, fenêtre ouverte
On voit d'ici le bout du quai
La mer nous rend ce qu'on lui prête
Un peu plus tard qu'on le croyait`;

const chanson: TrackPlan[] = tracks("CBZZF", 601, [
  ["Fenêtre ouverte", 58],
  ["Rue de l'Évêché, côté soleil", 52],
  ["Le facteur en vacances", 48],
  ["Berceuse pour un voisin", 54],
]).map((track, i) => (i === 0 ? { ...track, lyrics: windowSong } : track));

/** The albums of both co-ops. */
export const albums: AlbumPlan[] = [
  {
    ...fleuve,
    slug: "battures",
    title: "Battures",
    artist: "Gabriel Oakes",
    style: "folk",
    format: "flac",
    credits: [
      { person: "gabriel-oakes", role: "composer" },
      { person: "gabriel-oakes", role: "performer", instrument: "guitare" },
      { person: "samir-haddad-cote", role: "mixer" },
    ],
    shares: [
      { person: "gabriel-oakes", bp: 8500 },
      { person: "samir-haddad-cote", bp: 1500 },
    ],
    price: fixed(1000),
    published: "2025-08-22",
    genre: "Folk",
    subjects: ["Guitare", "Instrumental", "Saint-Laurent"],
    description: {
      fr: "Quatre pièces pour guitare jouées à marée basse, une par heure de jusant. Gabriel Oakes a construit l'instrument, accordé un ton plus bas que la normale, pour que le bois respire. On entend la chaise, et c'est voulu.",
      en: "Four guitar pieces played at low tide, one for each hour of the ebb. Gabriel Oakes built the instrument and tuned it a tone below the usual, to let the wood breathe.",
    },
    tracks: tracks("CBZZF", 101, [
      ["Jusant", 55],
      ["La clôture du large", 50],
      ["Foin de mer", 52],
      ["Deux bouées", 58],
    ]),
    cover: {
      design: "tideline",
      seed: 41,
      palette: { paper: "#eadfc8", ink: "#2b3a3a", accent: "#b5683f", second: "#8aa39a", third: "#4c6b6b" },
    },
  },
  {
    ...fleuve,
    slug: "reels-de-brume",
    title: "Reels de brume",
    artist: "Ariane Fecteau",
    style: "trad",
    format: "flac",
    credits: [
      { person: "ariane-fecteau", role: "performer", instrument: "violon" },
      { person: "ariane-fecteau", role: "composer" },
      { person: "gabriel-oakes", role: "performer", instrument: "bouzouki" },
      { person: "samir-haddad-cote", role: "producer" },
    ],
    shares: [
      { person: "ariane-fecteau", bp: 6000 },
      { person: "gabriel-oakes", bp: 2500 },
      { person: "samir-haddad-cote", bp: 1500 },
    ],
    price: fixed(1200),
    published: "2026-03-06",
    genre: "Traditionnel",
    subjects: ["Reels", "Violon", "Musique à danser"],
    description: {
      fr: "Des reels neufs bâtis comme les vieux : deux parties, beaucoup de pied, et une brume qui n'est pas d'époque. Ariane Fecteau y passe le violon traditionnel au tamis d'un studio très doux.",
    },
    tracks: tracks("CBZZF", 201, [
      ["Le reel du traversier manqué", 50],
      ["La marche aux chandelles", 54],
      ["Galope de la voisine", 46],
      ["Six-huit de la corne", 50],
    ]),
    cover: {
      design: "knots",
      seed: 43,
      palette: { paper: "#20343a", ink: "#f1e5cb", accent: "#e2a94a", second: "#4b7074", third: "#c65a3a" },
    },
  },
  {
    ...fleuve,
    slug: "neuf-chambres",
    title: "Neuf chambres",
    artist: "Léa Montmarquette",
    style: "piano",
    format: "flac",
    credits: [
      { person: "lea-montmarquette", role: "composer" },
      { person: "lea-montmarquette", role: "performer", instrument: "piano" },
      { person: "samir-haddad-cote", role: "mixer" },
    ],
    shares: [
      { person: "lea-montmarquette", bp: 9000 },
      { person: "samir-haddad-cote", bp: 1000 },
    ],
    price: { kind: "open", floor: 500, suggested: 1000 },
    published: "2025-02-14",
    genre: "Piano",
    subjects: ["Piano solo", "Contemporain", "Calme"],
    description: {
      fr: "Une maison de neuf chambres, un piano qui n'a pas bougé, et le micro que l'on promène d'une pièce à l'autre. Quatre de ces chambres sont ici ; les autres, dit Léa Montmarquette, dorment encore.",
    },
    tracks: tracks("CBZZF", 301, [
      ["Chambre du nord", 60],
      ["Chambre aux pommes", 54],
      ["Chambre de personne", 58],
      ["Chambre d'enfant", 50],
    ]),
    cover: {
      design: "keys",
      seed: 45,
      palette: { paper: "#f3eee2", ink: "#23211f", accent: "#23211f", second: "#d8cfbd", third: "#b5452f" },
    },
  },
  {
    ...fleuve,
    slug: "signal-faible",
    title: "Signal faible",
    artist: "Samir Haddad-Côté",
    style: "ambient",
    format: "ogg",
    credits: [
      { person: "samir-haddad-cote", role: "composer" },
      { person: "samir-haddad-cote", role: "producer" },
    ],
    shares: [{ person: "samir-haddad-cote", bp: 10000 }],
    price: { kind: "open", floor: 100, suggested: 700 },
    published: "2024-10-18",
    genre: "Ambient",
    subjects: ["Ambient", "Drones", "Radio"],
    description: {
      fr: "Un récepteur réglé entre deux stations, une nuit de janvier. De ce souffle Samir Haddad-Côté tire des accords très lents, qui arrivent comme les bateaux : d'abord une lumière, puis un bruit.",
      en: "A receiver tuned between two stations on a January night. From that hiss Samir Haddad-Côté draws very slow chords that come in the way ships do: first a light, then a sound.",
    },
    tracks: tracks("CBZZF", 401, [
      ["162 kHz", 62],
      ["Porteuse", 58],
      ["Bonne nuit, station", 66],
    ]),
    cover: {
      design: "orb",
      seed: 48,
      palette: { paper: "#141b26", ink: "#e9e2d2", accent: "#d97b54", second: "#3a5270", third: "#8db0b4" },
    },
  },
  {
    ...fleuve,
    slug: "carnet-de-marees",
    title: "Carnet de marées",
    artist: "Rosalie Thivierge et Samir Haddad-Côté",
    style: "tides",
    format: "opus",
    credits: [
      { person: "rosalie-thivierge", role: "composer" },
      { person: "samir-haddad-cote", role: "composer" },
      { person: "samir-haddad-cote", role: "mixer" },
    ],
    shares: [
      { person: "rosalie-thivierge", bp: 5000 },
      { person: "samir-haddad-cote", bp: 5000 },
    ],
    price: { kind: "free" },
    published: "2025-06-05",
    genre: "Paysage sonore",
    subjects: ["Paysages sonores", "Marées", "Oiseaux imaginaires"],
    description: {
      fr: "Le compagnon sonore du Petit atlas des marées : vagues, vents et oiseaux entièrement recomposés, d'après vingt ans d'écoute d'une même grève. À mettre très bas, fenêtre fermée.",
    },
    tracks: tracks("CBZZF", 501, [
      ["Étale de basse mer, 5 h 12", 55],
      ["Flot, vent d'est", 58],
      ["Pleine mer sous les saules", 55],
      ["Nuit, bouée à cloche", 60],
    ]),
    cover: {
      design: "ripples",
      seed: 50,
      palette: { paper: "#dfe7df", ink: "#1d3a40", accent: "#3f7f80", second: "#9fc0b6", third: "#e19a5c" },
    },
  },
  {
    ...fleuve,
    slug: "chaloupe-electrique",
    title: "Chaloupe électrique",
    artist: "Samir Haddad-Côté",
    style: "electro",
    format: "mp3",
    credits: [
      { person: "samir-haddad-cote", role: "composer" },
      { person: "samir-haddad-cote", role: "producer" },
      { person: "ariane-fecteau", role: "performer", instrument: "violon" },
    ],
    shares: [
      { person: "samir-haddad-cote", bp: 8000 },
      { person: "ariane-fecteau", bp: 2000 },
    ],
    price: fixed(900),
    published: "2026-07-03",
    genre: "Électro",
    subjects: ["Électronique", "Danse douce", "Synthétiseurs"],
    description: {
      fr: "De la musique à danser assis, ou à ramer. Quatre morceaux sur batterie de récupération, dont un où le violon d'Ariane Fecteau passe au large.",
    },
    tracks: tracks("CBZZF", 551, [
      ["Batterie à plat", 56],
      ["Tribord", 54],
      ["Courant alternatif", 60],
      ["Retour au quai", 52],
    ]),
    cover: {
      design: "bolts",
      seed: 52,
      palette: { paper: "#f2c14e", ink: "#1f2a44", accent: "#e4572e", second: "#1f2a44", third: "#f7ead0" },
    },
  },
  {
    ...fleuve,
    slug: "fenetre-ouverte",
    title: "Fenêtre ouverte",
    artist: "Gabriel Oakes et Léa Montmarquette",
    style: "chanson",
    format: "flac",
    credits: [
      { person: "gabriel-oakes", role: "composer" },
      { person: "gabriel-oakes", role: "performer", instrument: "guitare" },
      { person: "lea-montmarquette", role: "performer", instrument: "piano" },
      { person: "etienne-lavalliere", role: "lyricist" },
      { person: "samir-haddad-cote", role: "mixer" },
    ],
    shares: [
      { person: "gabriel-oakes", bp: 4000 },
      { person: "lea-montmarquette", bp: 3500 },
      { person: "etienne-lavalliere", bp: 1500 },
      { person: "samir-haddad-cote", bp: 1000 },
    ],
    price: fixed(1100),
    published: "2026-05-15",
    genre: "Chanson",
    subjects: ["Chanson instrumentale", "Guitare et piano", "Québec"],
    description: {
      fr: "Des chansons dont on a retiré la voix pour laisser la vôtre : les paroles d'Étienne Lavallière sont dans le fichier. Guitare, piano, et le bruit qu'il fait quand personne ne parle.",
    },
    tracks: chanson,
    cover: {
      design: "window",
      seed: 54,
      palette: { paper: "#e8d9bf", ink: "#2c2b3a", accent: "#3f6f8f", second: "#e7a15a", third: "#f6eedd" },
    },
  },
  {
    ...halles,
    slug: "trio-sans-chef",
    title: "Trio sans chef",
    artist: "Trio Lanterna",
    style: "jazz",
    format: "flac",
    credits: [
      { person: "hugo-lanterna", role: "composer" },
      { person: "hugo-lanterna", role: "performer", instrument: "contrebasse" },
      { person: "nora-essaidi", role: "performer", instrument: "piano" },
      { person: "tom-grangeon", role: "performer", instrument: "batterie" },
      { person: "ilse-brandt", role: "mixer" },
    ],
    shares: [
      { person: "hugo-lanterna", bp: 3500 },
      { person: "nora-essaidi", bp: 3000 },
      { person: "tom-grangeon", bp: 2500 },
      { person: "ilse-brandt", bp: 1000 },
    ],
    price: fixed(1150),
    published: "2025-11-21",
    genre: "Jazz",
    subjects: ["Jazz", "Trio", "Contrebasse"],
    description: {
      fr: "Personne ne compte jusqu'à quatre, et pourtant tout le monde part ensemble. Hugo Lanterna, Nora Essaïdi et Tom Grangeon ont enregistré ce disque un dimanche, sans casque, à trois mètres les uns des autres.",
      en: "Nobody counts to four, and yet everybody starts together. Recorded on a Sunday, without headphones, three metres apart.",
    },
    tracks: tracks("FRZZH", 101, [
      ["Assemblée générale", 58],
      ["Quorum", 52],
      ["Point divers", 48],
      ["Motion adoptée", 56],
    ]),
    cover: {
      design: "cutouts",
      seed: 56,
      palette: { paper: "#1e3a52", ink: "#f4ead4", accent: "#e4a13a", second: "#d1503a", third: "#6fa3a0" },
    },
  },
  {
    ...halles,
    slug: "bistanclaque",
    title: "Bistanclaque",
    artist: "Tom Grangeon",
    style: "loom",
    format: "mp3",
    credits: [
      { person: "tom-grangeon", role: "composer" },
      { person: "tom-grangeon", role: "producer" },
      { person: "ilse-brandt", role: "mixer" },
    ],
    shares: [
      { person: "tom-grangeon", bp: 8500 },
      { person: "ilse-brandt", bp: 1500 },
    ],
    price: { kind: "open", floor: 300, suggested: 800 },
    published: "2026-02-20",
    genre: "Électro",
    subjects: ["Électronique", "Métiers à tisser", "Rythme"],
    description: {
      fr: "Tom Grangeon a reconstruit de mémoire le rythme d'un métier à tisser et l'a laissé inventer la suite. Musique de navette : elle va, elle revient, et à la fin il y a du tissu.",
    },
    tracks: tracks("FRZZH", 201, [
      ["Navette", 54],
      ["Trame", 52],
      ["Chaîne", 56],
      ["Lisière", 50],
    ]),
    cover: {
      design: "threads",
      seed: 58,
      palette: { paper: "#f1e4cc", ink: "#2b1f2e", accent: "#8d2f4a", second: "#c9973f", third: "#31556b" },
    },
  },
  {
    ...halles,
    slug: "harpe-des-pentes",
    title: "Harpe des pentes",
    artist: "Maëlle Kervadec",
    style: "harp",
    format: "m4a",
    credits: [
      { person: "maelle-kervadec", role: "composer" },
      { person: "maelle-kervadec", role: "performer", instrument: "harpe" },
      { person: "ilse-brandt", role: "mixer" },
    ],
    shares: [
      { person: "maelle-kervadec", bp: 8800 },
      { person: "ilse-brandt", bp: 1200 },
    ],
    price: fixed(950),
    published: "2024-09-27",
    genre: "Traditionnel",
    subjects: ["Harpe", "Bretagne", "Lyon"],
    description: {
      fr: "Deux cent quarante marches séparent la place du marché de la chambre où joue Maëlle Kervadec. Ces cinq airs, mi-gavottes mi-rêveries, ont été composés dans l'escalier.",
    },
    tracks: tracks("FRZZH", 301, [
      ["Première volée", 46],
      ["Palier", 50],
      ["Gavotte de l'eau qui monte", 48],
      ["La rampe", 46],
      ["Toit", 54],
    ]),
    cover: {
      design: "strings",
      seed: 60,
      palette: { paper: "#ece3d0", ink: "#2a3140", accent: "#7a8f6a", second: "#c96f4a", third: "#d9c9a5" },
    },
  },
  {
    ...halles,
    slug: "verriere",
    title: "Verrière",
    artist: "Ilse Brandt",
    style: "glass",
    format: "flac",
    credits: [
      { person: "ilse-brandt", role: "composer" },
      { person: "ilse-brandt", role: "producer" },
    ],
    shares: [{ person: "ilse-brandt", bp: 10000 }],
    price: { kind: "free" },
    published: "2026-06-19",
    genre: "Ambient",
    subjects: ["Ambient", "Pluie", "Verre"],
    description: {
      fr: "La pluie sur une verrière, jouée goutte à goutte par des sons de verre. Ilse Brandt a pensé ces quatre pièces pour accompagner le livre Sous la verrière ; elles tiennent très bien toutes seules.",
    },
    tracks: tracks("FRZZH", 401, [
      ["Première goutte", 58],
      ["Condensation", 60],
      ["Éclaircie de onze heures", 54],
      ["Gouttières", 56],
    ]),
    cover: {
      design: "panes",
      seed: 62,
      palette: { paper: "#e4ebe4", ink: "#203438", accent: "#5a9a94", second: "#b6d0c3", third: "#e8a765" },
    },
  },
  {
    ...halles,
    slug: "valses-de-poche",
    title: "Valses de poche",
    artist: "Nora Essaïdi",
    style: "waltz",
    format: "mp3",
    credits: [
      { person: "nora-essaidi", role: "composer" },
      { person: "nora-essaidi", role: "performer", instrument: "accordéon, piano" },
      { person: "hugo-lanterna", role: "performer", instrument: "contrebasse" },
    ],
    shares: [
      { person: "nora-essaidi", bp: 7500 },
      { person: "hugo-lanterna", bp: 2500 },
    ],
    price: fixed(700),
    published: "2025-07-14",
    genre: "Chanson",
    subjects: ["Valse", "Accordéon", "Miniatures"],
    description: {
      fr: "Cinq valses d'une minute, composées pour des attentes d'une heure : la mairie, le dentiste, le dernier métro. Nora Essaïdi les garde dans sa poche, avec la monnaie.",
    },
    tracks: tracks("FRZZH", 501, [
      ["Valse de la mairie", 44],
      ["Valse du dentiste", 42],
      ["Valse du dernier métro", 48],
      ["Valse du linge", 44],
      ["Valse pour rien", 50],
    ]),
    cover: {
      design: "dancers",
      seed: 64,
      palette: { paper: "#f4e4d4", ink: "#3a1f2b", accent: "#b23a48", second: "#e8a87c", third: "#41658a" },
    },
  },
];
