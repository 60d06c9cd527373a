import type { Chapter } from "../manuscript.ts";
import type { Text } from "./text.ts";
import { paragraphs, verses } from "./text.ts";

const plate = (name: string, seed: number, alt: string, caption?: string): Chapter["blocks"][number] =>
  caption === undefined
    ? { kind: "picture", name, seed, alt }
    : { kind: "picture", name, seed, alt, caption };

const recipe = (title: string, items: string[], how: string): Chapter => ({
  title,
  blocks: [{ kind: "list", items }, ...paragraphs(how)],
});

const poems = [
  {
    fr: [
      "Veille",
      `la lampe ne dort pas non plus\nelle garde la place de chacun\nà table dans la lumière\nil manque toujours une chaise\net toujours quelqu'un la trouve`,
    ],
    en: [
      "Waking",
      `the lamp is not asleep either\nit keeps each one's place\nat the table in the light\na chair is always missing\nand someone always finds it`,
    ],
  },
  {
    fr: [
      "Grammaire",
      `ma grand-mère mettait les virgules\noù elle reprenait son souffle\ndepuis qu'elle n'écrit plus\nje respire au mauvais endroit`,
    ],
    en: [
      "Grammar",
      `my grandmother put the commas\nwhere she caught her breath\nsince she stopped writing\nI breathe in the wrong place`,
    ],
  },
  {
    fr: [
      "Couture",
      `elle disait : le fil sait\nil suffit de ne pas le presser\nl'aiguille entre dans la nuit\net ressort de l'autre côté\navec un peu de jour au bout`,
    ],
    en: [
      "Sewing",
      `the thread knows, she would say\nall you need is not to hurry it\nthe needle goes into the night\nand comes out on the other side\nwith a little day at its tip`,
    ],
  },
  {
    fr: [
      "Port",
      `nous sommes partis avec une lampe\net sans la prise qu'il fallait\npendant un an elle a fait\nsemblant d'éclairer\nnous avons fait semblant de voir\net c'est ainsi que nous avons appris la maison`,
    ],
    en: [
      "Harbour",
      `we left with a lamp\nand not the plug it needed\nfor a year it went on\npretending to give light\nwe went on pretending to see\nand that is how we learned the house`,
    ],
  },
  {
    fr: [
      "Langues",
      `le matin parle français\nle pain parle arabe\nla colère n'a jamais été traduite\nla lampe comprend tout\net ne répète rien`,
    ],
    en: [
      "Languages",
      `morning speaks French\nbread speaks Arabic\nanger was never translated\nthe lamp understands it all\nand repeats nothing`,
    ],
  },
  {
    fr: [
      "Départ",
      `on éteint par habitude\non rallume par amour\nentre les deux il y a la cuisine\nqui nous a vus tous les deux\net qui n'a pas choisi`,
    ],
    en: [
      "Leaving",
      `we switch off out of habit\nwe switch on out of love\nin between there is the kitchen\nthat has seen us both\nand did not choose`,
    ],
  },
] as const;

export const hallesOthers: Record<string, Text> = {
  "ce-que-dit-la-lampe": {
    chapters: poems.map(({ fr: [title, poem] }) => ({ title, blocks: verses(poem) })),
  },
  "what-the-lamp-says": {
    chapters: poems.map(({ fr, en }) => ({
      title: en[0],
      blocks: [...verses(en[1]), { kind: "heading", text: fr[0], lang: "fr" }, ...verses(fr[1], "fr")],
    })),
  },
  "le-cahier-des-halles": {
    chapters: [
      {
        title: "Avant de commencer",
        blocks: [
          ...paragraphs(`
Je n'ai jamais pesé le sel. On me demande les quantités, je les donne ici parce que l'éditeur y tient, mais sachez qu'elles sont justes comme le sont les horloges des mairies : à peu près, et en public.

Tout part du marché. On y va sans liste, avec un cabas et de la conversation. Ce qui est beau ce matin-là sera le plat ; ce qui est moche et pas cher sera la soupe, et c'est souvent elle qu'on redemande. Ne serrez pas les melons. Ne demandez pas si c'est frais : demandez depuis quand. Et achetez toujours un citron de trop.`),
          plate("table", 10, "Quatre carreaux : une assiette, un oignon, un citron, un poireau."),
        ],
      },
      recipe(
        "Mars : soupe d'oignons du lundi",
        [
          "1 kg d'oignons jaunes",
          "60 g de beurre",
          "Un verre de vin blanc",
          "1,5 l de bouillon",
          "Pain rassis, comté",
        ],
        `
Émincez les oignons, pleurez un bon coup, c'est fait pour. Beurre, feu doux, couvercle : quarante minutes. Retirez le couvercle et laissez blondir en remuant, le temps d'un journal. Le vin, puis le bouillon, vingt minutes. Pain au fond des bols, fromage dessus, four très chaud. On ne parle pas pendant les trois premières cuillerées.`,
      ),
      recipe(
        "Juin : petits pois de la voisine",
        [
          "1,5 kg de petits pois à écosser, et quelqu'un pour aider",
          "Une laitue",
          "Six oignons nouveaux",
          "50 g de beurre",
          "Un sucre",
        ],
        `
Faites écosser. Cœurs de laitue en quatre, oignons entiers, les pois par-dessus, le beurre, le sucre, un demi-verre d'eau. Couvercle. Vingt-cinq minutes sans regarder. Si l'on regarde, c'est qu'on n'a pas confiance, et les pois le sentent.`,
      ),
      recipe(
        "Septembre : tomates au four et leur pain",
        ["8 tomates bien mûres", "Deux gousses d'ail", "Chapelure, persil", "Huile d'olive"],
        `
Coupez les tomates en deux, salez-les, oubliez-les une heure la tête en bas. Ail, persil, chapelure, huile. Four moyen, une heure et demie : elles doivent avoir l'air fatiguées et contentes. Gardez le jus du plat, trempez-y le pain avant que quelqu'un n'arrive.`,
      ),
      recipe(
        "Décembre : quenelles à la façon de ma tante",
        [
          "250 g de brochet sans arêtes (j'ai bien dit sans)",
          "250 g de beurre",
          "Quatre œufs",
          "Une panade : eau, beurre, farine",
          "Noix de muscade",
        ],
        `
La panade d'abord, la veille. Pilez le poisson, passez-le, repassez-le. Mélangez avec la panade, les œufs un à un, le beurre en pommade, la muscade. Une nuit au frais. Formez les quenelles entre deux cuillères, pochez quinze minutes à l'eau qui tremble. Elles doublent au four : laissez-leur la place, comme on fait pour les gens qui prennent de l'assurance.`,
      ),
      recipe(
        "Toute l'année : le citron de trop",
        ["Un citron", "Du sucre", "De l'eau chaude"],
        `
À dix heures du soir, quand tout est lavé, pressez-le dans un grand verre. Asseyez-vous. C'est la dernière recette et c'est la meilleure.`,
      ),
    ],
  },
  "le-bruit-des-metiers": {
    chapters: [
      {
        title: "Écouter une rue",
        blocks: [
          ...paragraphs(`
On a beaucoup regardé les canuts. On a peint leurs fenêtres hautes, leurs métiers, leurs émeutes. On les a peu écoutés. Or ceux qui ont vécu dans ces rues n'ont parlé que de cela : du bruit. Bistanclaque, bistanclaque, pan : quatre temps, du petit jour à la lampe, et par toutes les fenêtres à la fois, si bien qu'un étranger qui montait la côte croyait approcher d'un moulin.

Pour retrouver ce bruit, je n'avais que du papier. La société de secours mutuel de la rue a laissé onze registres, de 1831 à 1931 : cotisations, maladies, enterrements, prêts de chaises. Le bruit n'y figure pas, puisqu'il allait de soi. Mais il y figure en creux. Quand un métier s'arrête, la société paie : tant pour une fièvre, tant pour des couches, tant pour une chaîne rompue. Chaque ligne du registre est un silence, daté, mesuré, avec un nom.

J'ai donc fait la carte des silences. Elle montre une rue de trois cents mètres, cent douze métiers, et, année après année, les fenêtres qui se taisent une semaine, un mois, toujours. Au mois d'avril 1834, elles se taisent toutes ensemble, six jours. En 1931, il en reste deux, dont l'une appartient à ma grand-mère. Elle disait qu'elle continuait pour que l'autre ne s'ennuie pas.`),
          plate("weave", 13, "Un tissu grossi : des fils qui passent dessus et dessous."),
        ],
      },
    ],
    more: {
      manner: "essay",
      titles: [
        "Cent douze métiers",
        "La société de secours",
        "Six jours d'avril",
        "La lampe et l'huile",
        "Les deux dernières fenêtres",
      ],
      sentences: [
        "Chaque ligne du registre est un silence, daté, mesuré, avec un nom.",
        "Un métier qui s'arrête fait plus de bruit qu'un métier qui bat.",
        "On cotisait deux sous par semaine contre le malheur, et le malheur rendait la monnaie.",
        "La soie ne fait pas de bruit ; c'est le bois qui parle pour elle.",
        "Ma grand-mère continuait pour que l'autre métier ne s'ennuie pas.",
      ],
      words: {
        who: [
          "la veuve Chazalet",
          "le trésorier Comte",
          "une dévideuse",
          "le maître du 17",
          "ma grand-mère",
          "un compagnon de passage",
        ],
        where: [
          "à l'atelier du 17",
          "sur la côte",
          "dans le onzième registre",
          "à la fenêtre haute",
          "au siège de la société",
        ],
        weather: [
          "les métiers battaient",
          "la neige étouffait la côte",
          "l'huile manquait",
          "la cloche appelait",
        ],
        what: [
          "la navette",
          "le registre",
          "la chaîne rompue",
          "la cotisation",
          "le prêt de chaises",
          "la carte des silences",
        ],
      },
    },
  },
  "le-chat-du-pont": {
    chapters: [
      {
        title: "Au milieu",
        blocks: [
          plate("cat", 15, "Un chat noir assis sur un pont, devant un grand soleil orange."),
          ...paragraphs(`
Bergamote était un chat noir, et il habitait exactement au milieu du pont.

D'un côté, il y avait la rive des poissonniers. De l'autre, la rive des fauteuils. Le matin, Bergamote déjeunait à gauche ; le soir, il dormait à droite. Au milieu, il régnait.

« Ce chat est à nous ! » disaient les poissonniers. « Il est à nous ! » disaient les fauteuils. Bergamote, lui, se léchait une patte. Puis l'autre, pour ne vexer personne.`),
        ],
      },
      {
        title: "Fermé pour travaux",
        blocks: [
          plate("bridge", 7, "Un pont à arches dans la brume, avec ses lampadaires."),
          ...paragraphs(`
Un lundi, des messieurs orange posèrent des barrières. « On ferme le pont, dirent-ils. Il faut choisir une rive. »

Bergamote regarda à gauche : sardine. Il regarda à droite : coussin. Sardine. Coussin. Il s'assit au milieu, sous la pluie, et ne choisit pas.

Le mardi, un poissonnier lui lança une sardine. Elle tomba à l'eau. Le mercredi, une dame lui lança un coussin. Il tomba à l'eau aussi, et fit un plouf très mou.`),
        ],
      },
      {
        title: "Le jeudi",
        blocks: [
          plate("waves", 61, "La rivière en écailles et une petite barge rouge."),
          ...paragraphs(`
Le jeudi, la dame des fauteuils cria par-dessus la rivière : « Et si nous mettions la sardine sur le coussin ? »

Le poissonnier réfléchit. « Il faudrait une barque. »

« J'ai la barque », dit une petite fille que personne n'avait écoutée jusque-là.

On mit la sardine sur le coussin, le coussin dans la barque, et la barque au milieu, juste sous le pont. Bergamote descendit par l'échelle des messieurs orange.

Quand le pont rouvrit, personne ne demanda plus à qui était le chat. Il était à la barque. Et la barque, comme chacun sait, est à tout le monde.`),
        ],
      },
      {
        title: "Fin",
        blocks: [
          plate("cat", 44, "Le chat, de nouveau sur son pont."),
          ...paragraphs("Et la sardine ? Ah. La sardine, non."),
        ],
      },
    ],
  },
  "herbier-des-friches": {
    chapters: [
      {
        title: "Derrière la gare",
        blocks: [
          ...paragraphs(`
On entre par un trou dans le grillage, entre l'affiche du cirque et celle du notaire. Au bout de dix pas, la ville baisse la voix. Il y a là trois hectares que personne n'a semés, deux voies rouillées, un wagon sans porte, et quarante plantes qui se sont arrangées entre elles.

Je les visite le dimanche, avec Camille qui dessine. Nous avons une règle : ne rien cueillir qui ne soit déjà trois. Et une autre : apprendre le nom avant d'avoir une opinion. C'est fou ce que l'on méprise moins quand on sait dire molène, mélilot, séneçon du Cap.`),
          plate("leaves", 19, "Trois tiges feuillues, pressées comme dans un herbier."),
        ],
      },
      {
        title: "Quatre voisines",
        blocks: [
          { kind: "heading", text: "La molène" },
          ...paragraphs(
            "Adresse : ballast, côté sud. Fréquente : l'abeille cotonnière, qui vient lui peigner les feuilles. La première année, elle reste assise. La seconde, elle se lève d'un seul coup, plus haute qu'un enfant, et personne ne l'a vue faire.",
          ),
          { kind: "heading", text: "Le buddleia" },
          ...paragraphs(
            "Adresse : partout, y compris le toit du wagon. On le dit envahissant ; lui se croit invité. Il est venu de loin, avec les trains, comme la plupart des gens du quartier.",
          ),
          { kind: "heading", text: "La linaire des murs" },
          ...paragraphs(
            "Adresse : une fissure de six millimètres. Quand ses graines sont mûres, la tige se détourne de la lumière et va les poser elle-même dans l'ombre du mur. Camille dit que c'est la plante la plus polie qu'elle connaisse.",
          ),
          { kind: "heading", text: "L'ortie" },
          ...paragraphs(
            "Adresse : derrière. Fréquente : les paons-du-jour, les grands-mères, les soupes. Ne pique que ceux qui la touchent à moitié.",
          ),
          plate("leaves", 53, "Une autre planche : tiges et feuilles opposées."),
        ],
      },
    ],
    more: {
      manner: "essay",
      titles: [
        "Avril, premières feuilles",
        "Juillet sur le ballast",
        "Ce que pousse le vent",
        "L'hiver des tiges",
      ],
      sentences: [
        "Apprendre le nom avant d'avoir une opinion.",
        "Une friche est un jardin dont le jardinier n'a pas encore été identifié.",
        "Ce que l'on appelle mauvaise herbe est une herbe dont on n'a pas demandé l'avis.",
        "Le coquelicot fait en une journée ce que nous remettons à l'an prochain.",
        "Ne rien cueillir qui ne soit déjà trois.",
      ],
      words: {
        who: [
          "Camille",
          "le chef de gare",
          "une dame aux sacs",
          "le gardien du chantier",
          "un enfant au vélo",
        ],
        where: [
          "entre les deux rails",
          "sous le wagon sans porte",
          "au pied du mur nord",
          "près du trou dans le grillage",
        ],
        weather: [
          "le dernier train passait",
          "il avait plu sur le ballast",
          "l'ombre du silo tournait",
          "les martinets criaient",
        ],
        what: [
          "la molène",
          "le mélilot",
          "une graine",
          "le séneçon",
          "la tige sèche",
          "le carnet de Camille",
        ],
      },
    },
  },
  "eloge-de-l-etabli": {
    chapters: [
      {
        title: "Une planche",
        blocks: [
          ...paragraphs(`
L'établi de mon père est une planche de hêtre de deux mètres dix, épaisse comme une main, posée sur quatre pieds qui n'ont jamais été d'accord. Il n'y a pas fabriqué grand-chose de remarquable : des tiroirs, un berceau, des manches. Mais il l'a gardé cinquante ans, et si je sais quelque chose du travail, je l'ai lu dessus.

Regardez-la en lumière rasante, le soir. Vous verrez d'abord les traits de scie, nombreux, du côté droit : c'est l'endroit des coups qui débordent. Puis les ronds de colle, les brûlures de cigarette, une constellation de trous de mèche. Un bon établi garde la mémoire des coups manqués. Les coups réussis, eux, sont partis avec l'ouvrage ; on ne les reverra pas. De sorte que l'artisan travaille toute sa vie sur le compte exact de ses erreurs, à plat, devant lui, et qu'il y pose son café.

Je ne connais pas de meilleure école. Nos bureaux sont lisses, et nos écrans effacent. Nous corrigeons sans trace, et c'est ainsi que nous recommençons.`),
          plate("typographic", 22, "Un établi de bois, un rabot et ses copeaux."),
        ],
      },
    ],
    more: {
      manner: "essay",
      titles: ["La place de l'outil", "Réparer", "Le temps que l'on n'a pas compté", "À plusieurs"],
      sentences: [
        "Un bon établi garde la mémoire des coups manqués.",
        "Un outil bien rangé est une phrase déjà à moitié dite.",
        "Réparer, c'est continuer une conversation commencée par un autre.",
        "La main sait avant nous, mais elle ne s'en vante pas.",
        "Il faut laisser à la colle le temps de changer d'avis.",
      ],
      words: {
        who: ["mon père", "le menuisier d'en face", "une relieuse", "l'apprentie", "un luthier de passage"],
        where: ["à l'établi", "dans la sciure", "sous la lampe d'atelier", "au fond de la cour"],
        weather: [
          "la colle prenait",
          "le poêle ronflait",
          "la lumière baissait",
          "la pluie occupait le toit",
        ],
        what: [
          "le rabot",
          "le coup manqué",
          "le ciseau à bois",
          "la planche de hêtre",
          "le copeau",
          "le manche usé",
        ],
      },
    },
  },
  "sous-la-verriere": {
    chapters: [
      {
        title: "Planches 1 à 4 : il pleut",
        blocks: [
          plate(
            "glasshouse",
            24,
            "Une halle de fer et de verre, en éventail, sous la pluie.",
            "Six heures. Il pleut depuis le premier dessin.",
          ),
          plate("panes", 62, "Des carreaux, des gouttes.", "Chaque goutte choisit son carreau."),
          plate(
            "table",
            10,
            "Un oignon, un citron, une assiette, un poireau.",
            "Les étals ouvrent. L'oignon fait la tête.",
          ),
          plate(
            "steps",
            28,
            "Des passants dans un escalier.",
            "Une enfant, une main, un cabas. Puis : une enfant.",
          ),
        ],
      },
      {
        title: "Planches 5 à 8 : l'orage",
        blocks: [
          plate("bolts", 52, "Un éclair au-dessus d'une barque.", "Le tonnerre cherche une place assise."),
          plate(
            "glasshouse",
            63,
            "La verrière, d'autres carreaux s'allument.",
            "La lumière s'éteint. La verrière, non.",
          ),
          plate("cat", 15, "Un chat noir.", "« Tu l'as vue ? » Le chat a vu. Le chat ne dit rien."),
          plate(
            "arches",
            12,
            "Des voûtes, et une silhouette au fond.",
            "Au fond du passage, une petite silhouette qui ne pleure pas. Qui compte.",
          ),
        ],
      },
      {
        title: "Planches 9 à 12 : l'éclaircie",
        blocks: [
          plate(
            "leaves",
            19,
            "Trois tiges feuillues.",
            "Elle s'était perdue chez le fleuriste, c'est-à-dire nulle part.",
          ),
          plate(
            "truchet",
            31,
            "Un carrelage de quarts de cercle.",
            "Tout le marché avait cherché, chacun son carreau.",
          ),
          plate("fish", 6, "Trois poissons.", "Même les poissons avaient gardé l'œil ouvert."),
          plate(
            "glasshouse",
            90,
            "La verrière au soleil.",
            "Onze heures. Le premier dessin où il ne pleut pas. On ne sait pas encore le faire.",
          ),
        ],
      },
    ],
  },
};
