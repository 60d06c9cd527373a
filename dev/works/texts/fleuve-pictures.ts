import type { Chapter } from "../manuscript.ts";
import type { Text } from "./text.ts";
import { paragraphs, verses } from "./text.ts";

const plate = (name: string, seed: number, alt: string, caption?: string): Chapter["blocks"][number] =>
  caption === undefined
    ? { kind: "picture", name, seed, alt }
    : { kind: "picture", name, seed, alt, caption };

export const fleuvePictures: Record<string, Text> = {
  "la-baleine-qui-comptait": {
    chapters: [
      {
        title: "Un soir",
        blocks: [
          plate("whale", 2, "Une baleine bleue qui sourit, sous un ciel plein d'étoiles."),
          ...paragraphs(`
Mirabelle était la plus grande baleine du fleuve, et la seule qui savait compter jusqu'à mille.

Chaque soir, quand les bateaux avaient fini de faire du bruit, elle remontait. Elle sortait un œil, puis l'autre, et elle comptait les étoiles. Une, deux, trois, dix, cent, mille.

Ce soir-là, elle en trouva neuf cent quatre-vingt-dix-neuf.

« J'ai dû cligner », dit Mirabelle. Elle recommença. Neuf cent quatre-vingt-dix-neuf.`),
        ],
      },
      {
        title: "L'enquête",
        blocks: [
          plate("whale", 31, "La même baleine, un autre ciel : il manque une étoile."),
          ...paragraphs(`
Mirabelle demanda au phoque. Le phoque dit : « Une étoile ? Moi, je dors sur le dos, je les ai toutes vues. Elles étaient rondes et elles sentaient la sardine. »

Mirabelle demanda au béluga. Le béluga chanta une chanson très belle, qui n'avait aucun rapport.

Mirabelle demanda au phare. Le phare fit : oui… non… oui… non… et il continua toute la nuit.

Alors elle plongea, parce que c'est au fond que l'on retrouve les choses.`),
        ],
      },
      {
        title: "Au fond",
        blocks: [
          plate("ripples", 50, "Des ronds dans l'eau, qui s'élargissent."),
          ...paragraphs(`
Au fond, il faisait noir comme dans une poche. Et dans la poche, il y avait une petite lumière.

C'était une étoile de mer. Une toute petite. Elle tenait très fort le bout de ses cinq bras.

« Tu es tombée ? demanda Mirabelle.

— Non, dit la petite. Je m'entraîne. »

Mirabelle réfléchit, ce qui chez une baleine prend un moment. Puis elle ouvrit la bouche, très doucement, et prit la petite étoile sur sa langue, comme un bonbon qu'on ne veut pas finir.`),
        ],
      },
      {
        title: "Mille",
        blocks: [
          plate("whale", 47, "La baleine remonte ; toutes les étoiles sont là."),
          ...paragraphs(`
Elle remonta. Elle souffla. Pfffou ! La petite étoile monta, monta dans le jet d'eau, plus haut que les goélands, plus haut que le phare, et pendant une seconde, une seule, elle fut exactement à la bonne place.

« Mille », dit Mirabelle.

La petite retomba, plouf, et rit si fort qu'on l'entendit jusqu'à l'autre rive.

« Encore ? » demanda-t-elle.

Et toi, combien en comptes-tu, avant de fermer les yeux ?`),
        ],
      },
    ],
  },
  "contes-du-quai": {
    chapters: [
      {
        title: "L'homme qui vendait du vent",
        blocks: paragraphs(`
Il y avait sur le quai un homme qui vendait du vent. Il le vendait en bouteille, bouché, étiqueté : noroît, suroît, petite brise de dimanche. Les capitaines riaient, puis achetaient, parce qu'un capitaine qui rit a toujours un peu peur.

Un jour, un douanier lui demanda de prouver sa marchandise. L'homme déboucha une bouteille. Il ne se passa rien. « Vous voyez bien, dit le douanier, c'est vide. — C'est du calme plat, dit l'homme. C'est le plus cher. »

Le douanier rentra chez lui et, cette nuit-là, pour la première fois depuis des années, il dormit.`),
      },
      {
        title: "The Man Who Sold Wind",
        blocks: paragraphs(`
There was a man on the wharf who sold wind. He sold it by the bottle, corked and labelled: nor'wester, sou'wester, light Sunday breeze. The captains laughed, and then they bought, for a captain who laughs is always a little afraid.

One day a customs officer asked him to prove his goods. The man uncorked a bottle. Nothing happened. “There you are,” said the officer, “it's empty.” “That's dead calm,” said the man. “That's the dear one.”

The officer went home and, that night, for the first time in years, he slept.`).map((block) => ({
          ...block,
          lang: "en" as const,
        })),
      },
      {
        title: "La corde trop longue",
        blocks: [
          plate("woodcut", 17, "Une chaloupe à voile devant un soleil rayonnant, gravée sur bois."),
          ...paragraphs(`
Une corde se plaignait d'être trop longue. On l'enroulait, on marchait dessus, on la maudissait à chaque manœuvre. « Coupez-moi », disait-elle. On allait le faire quand un enfant tomba à l'eau, entre le bateau et le quai, un jour de grand courant.

On lança toutes les cordes. Elles furent toutes trop courtes, sauf une.

Depuis, sur ce bateau-là, quand quelqu'un parle trop longtemps, on lui verse à boire et on l'écoute jusqu'au bout.`),
        ],
      },
      {
        title: "The Rope That Was Too Long",
        blocks: paragraphs(`
A rope complained of being too long. It was coiled, trodden on, cursed at every landing. “Cut me,” it said. They were about to, when a child fell in between the boat and the wharf, on a day of strong current.

They threw every rope aboard. All of them were too short but one.

Ever since, on that boat, when somebody talks too long, they pour them a drink and hear them out.`).map(
          (block) => ({ ...block, lang: "en" as const }),
        ),
      },
      {
        title: "Le dernier mot / The Last Word",
        blocks: [
          ...paragraphs(`
Deux menteurs se disputaient le dernier mot. Ils mentirent tout l'été. À l'automne, le premier dit : « Tu as raison. » Et personne, sur le quai, n'entendit jamais plus gros mensonge.`),
          ...paragraphs(`
Two liars quarrelled over the last word. They lied all summer. In the fall the first one said, “You're right.” And nobody on the wharf ever heard a bigger lie.`).map(
            (block) => ({ ...block, lang: "en" as const }),
          ),
        ],
      },
    ],
  },
  "le-gardien-du-phare": {
    chapters: [
      {
        title: "Planches 1 à 4 : la nuit",
        blocks: [
          plate(
            "lighthouse",
            4,
            "Un phare rayé, la nuit, ses deux faisceaux ouverts sur la mer.",
            "On a automatisé le phare un mardi.",
          ),
          plate(
            "orb",
            48,
            "Une lueur orangée dans un ciel bleu nuit.",
            "La machine s'allume à l'heure. Elle ne regarde pas.",
          ),
          plate(
            "horizon",
            5,
            "Un soleil coupé par l'horizon, des lampadaires qui s'éloignent.",
            "« Il faudrait lui expliquer », pensa le gardien.",
          ),
          plate("ripples", 12, "Des ronds sur l'eau.", "Il commença par le plus simple."),
        ],
      },
      {
        title: "Planches 5 à 8 : la leçon",
        blocks: [
          plate(
            "waves",
            26,
            "Une mer d'écailles et une barge rouge.",
            "« Ceci est une vague. Elles se ressemblent, mais elles ne se répètent pas. »",
          ),
          plate(
            "fog",
            8,
            "Un traversier dans la brume, un feu rouge à son mât.",
            "« Ceci est un navire qui ne te voit pas. C'est pour lui. »",
          ),
          plate(
            "contours",
            14,
            "Les courbes d'un haut-fond.",
            "« Ceci est un rocher. Il était là avant toi. Salue-le. »",
          ),
          plate("whale", 2, "Une baleine sous les étoiles.", "« Ceci, on ne sait pas. Laisse passer. »"),
        ],
      },
      {
        title: "Planches 9 à 12 : la tempête",
        blocks: [
          plate(
            "woodcut",
            17,
            "Une chaloupe devant un soleil noir.",
            "Le douze novembre, la machine eut peur.",
          ),
          plate(
            "strata",
            47,
            "Des collines d'eau, couche sur couche.",
            "Elle tourna trop vite. Elle tourna comme on crie.",
          ),
          plate(
            "lighthouse",
            19,
            "Le phare, sous un autre ciel.",
            "Le gardien posa la main sur la lentille, comme sur un front.",
          ),
          plate(
            "moon",
            16,
            "Une lune dans ses cercles.",
            "Et ils comptèrent ensemble : une seconde de lumière, neuf de nuit.",
          ),
        ],
      },
      {
        title: "Planches 13 à 16 : le matin",
        blocks: [
          plate(
            "strata",
            11,
            "Un soleil bas sur des terres bleues.",
            "Au matin, dans le registre, deux écritures.",
          ),
          plate("tideline", 41, "Des lignes de marée, deux bouées.", "La sienne, et une autre, très droite."),
          plate("steps", 28, "Des passants dans un escalier.", "Il redescendit les cent six marches."),
          plate("lighthouse", 33, "Le phare allumé.", "Derrière lui, la lampe cligna. Une fois de trop."),
          ...verses(`
Ce n'était pas une panne.
C'était : bonne nuit.`),
        ],
      },
    ],
  },
};
