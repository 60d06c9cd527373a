import type { Text } from "./text.ts";
import { paragraphs, verses } from "./text.ts";

export const fleuveEssays: Record<string, Text> = {
  "rive-nord": {
    chapters: [
      {
        title: "Première ronde",
        blocks: [
          { kind: "heading", text: "Kilomètre zéro" },
          ...verses(`
à minuit je fais le tour
des choses qui ne bougent pas
la pompe le treuil la cantine
je leur mets ma lampe sur l'épaule

rien à signaler
sauf la nuit
elle est entrée par les vestiaires
elle a pris une douche
elle n'a pas éteint`),
          { kind: "heading", text: "138" },
          ...verses(`
la route s'arrête plus loin
on dit plus loin pour ne pas dire là
au bout il y a un panneau
avec la distance du retour

j'ai un oncle qui l'a repeint
il a gardé le chiffre
il a changé la couleur des gens`),
          { kind: "heading", text: "Inventaire" },
          ...verses(`
quatre cents mètres de convoyeur
douze casques dont un à ton nom
une horloge qui marche toute seule
un calendrier qui ne marche plus

il manque la sirène de quatre heures
je la fais avec la bouche
pour les goélands`),
        ],
      },
      {
        title: "Deuxième ronde",
        blocks: [
          { kind: "heading", text: "Épinettes" },
          ...verses(`
elles sont venues jusqu'à la clôture
elles regardent
elles ont tout leur temps
et nous l'avions aussi
mais on nous payait à l'heure`),
          { kind: "heading", text: "Téléphone" },
          ...verses(`
tu m'appelles de la ville
tu demandes s'il fait froid
je tiens l'appareil dehors
qu'il te réponde

tu ris
j'entends ton autobus
il tourne le coin de la rue
comme une phrase qu'on n'a pas finie`),
          { kind: "heading", text: "Trois heures" },
          ...verses(`
c'est l'heure où les bateaux passent
sans côté gauche
une lumière et puis la suivante
entre les deux
il faut les croire sur parole`),
        ],
      },
      {
        title: "Troisième ronde",
        blocks: [
          { kind: "heading", text: "Relève" },
          ...verses(`
le jour arrive par la mer
il n'a pas de badge
je le laisse passer

il signe sur l'eau
d'une écriture que je connais
c'est celle de ma mère
sur les sacs à lunch`),
          { kind: "heading", text: "Rive nord" },
          ...verses(`
ce n'est pas le nord
c'est le bord du nord
là où il se rince les mains

je rends les clefs
je rends la lampe
je garde la ronde`),
        ],
      },
    ],
  },
  "petit-atlas-des-marees": {
    chapters: [
      {
        title: "Comment lire une grève",
        blocks: [
          ...paragraphs(`
Une grève se lit de bas en haut, comme on monte un escalier. En bas, la vase, qui garde tout. Ensuite le varech, qui garde ce qu'il peut. Puis la laisse de mer, cette ligne brune et bavarde que la dernière marée a signée avant de partir : c'est elle qu'il faut lire d'abord, parce qu'elle sera effacée dans six heures.

Je lis la mienne depuis vingt ans. Elle mesure quatre cents pas, entre un rocher que les enfants appellent la Vache et un ruisseau qui n'a pas de nom. Je note l'heure de l'étale, la hauteur au piquet, le vent, et une chose de plus, une seule, que je m'oblige à choisir : une plume, un bouton, un bruit. Cette dernière colonne est la seule que je relise.

On me demande souvent pourquoi la même grève. Je réponds qu'elle n'est jamais la même, ce qui est vrai, et que je n'ai pas fini, ce qui est plus vrai encore. La mer fait deux fois par jour le travail d'une bibliothécaire distraite : elle range, mais ailleurs. Il faut être là souvent pour s'apercevoir qu'elle a un ordre.`),
          {
            kind: "picture",
            name: "contours",
            seed: 71,
            alt: "Courbes de niveau gravées autour d'un haut-fond.",
            caption: "Le haut-fond de la Vache, d'après trente étales de basse mer.",
          },
          ...paragraphs(`
Voici donc un atlas presque sans cartes. On y trouvera des heures, des odeurs, quelques noms, et la manière de marcher sur la vase sans y laisser ses bottes : à plat, sans s'arrêter, en pensant à autre chose.`),
        ],
      },
      {
        title: "Petite table des mots de l'eau",
        blocks: [
          {
            kind: "list",
            items: [
              "Étale : le moment où la mer hésite. Il dure ce que dure un café.",
              "Jusant : la mer s'en va. On dit aussi baissant, avec plus de tristesse.",
              "Flot : la mer revient. Elle ne s'excuse pas.",
              "Vive-eau : grande marée, deux fois par lune. Rentrer les chaises.",
              "Morte-eau : petite marée. Bonne pour les confidences.",
              "Laisse de mer : la phrase que l'eau écrit avant de partir.",
            ],
          },
          {
            kind: "picture",
            name: "waves",
            seed: 72,
            alt: "Vagues en écailles, gravées, avec une petite barge rouge.",
            caption: "Vive-eau d'octobre.",
          },
        ],
      },
    ],
    more: {
      manner: "essay",
      titles: [
        "Janvier : la mer en morceaux",
        "Avril : ce que rend la glace",
        "Juillet : marée de nuit",
        "Octobre : grandes eaux",
      ],
      sentences: [
        "Une marée n'est pas un événement, c'est une respiration.",
        "Le bécasseau court devant la vague comme un enfant qui a promis de ne pas se mouiller.",
        "La salicorne rougit en septembre, et l'on sait alors que les visiteurs sont partis.",
        "Il faut douze ans pour connaître un rocher.",
        "La vase est une page où rien ne se perd, sauf les bottes.",
      ],
      words: {
        who: [
          "un pêcheur d'anguilles",
          "ma voisine",
          "le gardien du quai",
          "une enfant de sept ans",
          "un vieux pilote",
        ],
        where: [
          "à la Vache",
          "au ruisseau sans nom",
          "sur le piquet de mesure",
          "au bord de la laisse",
          "dans l'herbe à bernaches",
        ],
        weather: ["le vent tombait", "la mer hésitait", "la brume se levait", "l'eau était à deux pas"],
        what: ["la laisse de mer", "l'étale", "le bécasseau", "la zostère", "le piquet", "une plume"],
      },
    },
  },
  "ce-que-l-on-tient-ensemble": {
    chapters: [
      {
        title: "La caisse",
        blocks: paragraphs(`
J'ai tenu six ans la caisse numéro deux d'une épicerie coopérative. La une était à Ginette, qui avait fondé la maison ; la trois restait fermée, faute de troisième personne. C'est entre ces deux caisses et demie que j'ai appris ce que je sais de la démocratie.

Une caisse est un endroit où l'on dit la vérité avec des chiffres. Chaque soir, nous comptions à deux, à voix haute, et le total s'écrivait au tableau noir, près des œufs : ventes, salaires, loyer, farine, ce qui reste. Les clients le lisaient en choisissant leurs œufs. Quand il ne restait rien, ils le voyaient. Quand il restait quelque chose, ils demandaient à qui c'était. C'est une excellente question, et la réponse tenait en un mot que Ginette prononçait toujours en levant son crayon : « À décider. »

Car l'argent qui reste n'appartient à personne tant que l'on ne s'est pas parlé. Voilà toute la théorie. On peut le rendre à ceux qui ont acheté, à proportion ; le garder pour le toit ; le mettre de côté pour l'épicerie d'à côté, qui va mal. On peut aussi se disputer, et nous ne nous en privions pas. Une assemblée sans dispute est une assemblée où quelqu'un a déjà tout réglé ailleurs.

J'ai vu un samedi quarante personnes passer deux heures sur une cafetière. Fallait-il l'acheter ? J'ai cru que nous étions ridicules. Je pense aujourd'hui que nous étions en train d'apprendre à quel endroit, exactement, finit ce qui est à moi et commence ce qui est à nous. La cafetière marche encore.`),
      },
    ],
    more: {
      manner: "essay",
      titles: [
        "L'assemblée",
        "Une personne, une voix",
        "Le désaccord",
        "La ristourne",
        "Ce qui reste sur la table",
      ],
      sentences: [
        "L'argent qui reste n'appartient à personne tant que l'on ne s'est pas parlé.",
        "Voter n'est pas compter les amis, c'est compter les absents.",
        "La règle est une politesse que l'on se fait d'avance.",
        "On ne partage bien que ce que l'on a d'abord compté ensemble.",
        "Une réserve est une lettre que l'on écrit à des gens que l'on ne connaîtra pas.",
        "Ginette levait son crayon, et l'on savait que la séance était ouverte.",
      ],
      words: {
        who: [
          "Ginette",
          "le livreur",
          "la trésorière",
          "un membre fondateur",
          "la stagiaire",
          "le voisin d'en face",
        ],
        where: [
          "à la caisse numéro deux",
          "au sous-sol de l'église",
          "près des œufs",
          "sur le trottoir, après la réunion",
        ],
        weather: ["il neigeait", "le chauffage cognait", "la soupe attendait", "quelqu'un cherchait la clef"],
        what: [
          "le tableau noir",
          "la cafetière",
          "le procès-verbal",
          "la part sociale",
          "le vote à main levée",
          "le livre de caisse",
        ],
      },
    },
  },
  "a-table-sur-la-greve": {
    chapters: [
      {
        title: "Le feu d'abord",
        blocks: [
          ...paragraphs(`
On ne cuisine pas sur une grève comme dans une cuisine : il n'y a pas de minuterie, il y a la marée. Choisissez le jusant, à deux heures de la basse mer. Faites le feu au-dessus de la dernière laisse, entre trois pierres sèches (les mouillées éclatent), et attendez la braise. Le temps que vous passerez à attendre est le premier ingrédient de toutes ces recettes.

Il faut une planche, un couteau, un poêlon de fonte, une bouteille d'eau, du beurre, et plus d'allumettes que prévu. Le sel est fourni. Invitez six personnes : à quatre on se regarde, à huit on s'attend.`),
          { kind: "picture", name: "fish", seed: 81, alt: "Trois poissons stylisés, tête-bêche." },
        ],
      },
      {
        title: "Éperlans au beurre noir",
        blocks: [
          {
            kind: "list",
            items: [
              "600 g d'éperlans, vidés, la tête laissée aux braves",
              "100 g de beurre",
              "Une poignée de persil de mer",
              "Le jus d'un citron, ou deux cuillerées de vinaigre de cidre",
              "Farine, poivre",
            ],
          },
          ...paragraphs(`
Farinez les éperlans en les secouant dans un sac de papier. Poêlon très chaud, moitié du beurre, les poissons côte à côte sans se monter dessus : deux minutes, retournez, une minute. Gardez-les sur une pierre tiède.

Jetez le reste du beurre et laissez-le aller jusqu'à la couleur d'une noisette, puis un peu plus loin, en ayant peur. Retirez du feu, citron, persil haché, versez. On mange avec les doigts, vite, en soufflant.`),
        ],
      },
      {
        title: "Salade de salicorne et de pommes de terre tièdes",
        blocks: [
          {
            kind: "list",
            items: [
              "1 kg de petites pommes de terre",
              "Deux poignées de salicorne jeune",
              "Un oignon doux",
              "Huile, vinaigre, moutarde forte",
            ],
          },
          ...paragraphs(`
Cuisez les pommes de terre dans l'eau de mer, coupée de moitié d'eau douce. Pendant ce temps, rincez la salicorne et n'en gardez que les bouts tendres. Mélangez tout chaud avec la vinaigrette et l'oignon en lunes. Ne salez pas : quelqu'un le fera par habitude, empêchez-le.`),
        ],
      },
      {
        title: "Moules du rocher, cidre et crème",
        blocks: [
          {
            kind: "list",
            items: [
              "2 kg de moules",
              "Une demi-bouteille de cidre sec",
              "Deux échalotes",
              "Un bol de crème",
              "Poivre",
            ],
          },
          ...paragraphs(`
Vérifiez d'abord auprès du ministère que le secteur est ouvert, puis auprès de la voisine qu'il l'est vraiment. Échalotes, beurre, cidre, les moules d'un seul coup ; couvercle, ou une planche. Quand elles bâillent, c'est prêt. La crème se met à la fin, et le pain se met partout.`),
          { kind: "picture", name: "waves", seed: 83, alt: "Une mer en écailles, une barge rouge." },
        ],
      },
      {
        title: "Pouding à la mélasse dans une boîte de conserve",
        blocks: [
          {
            kind: "list",
            items: [
              "Une tasse de farine",
              "Une demi-tasse de mélasse",
              "Une demi-tasse d'eau chaude",
              "Une cuillerée de beurre",
              "Une pincée de soda et une de gingembre",
            ],
          },
          ...paragraphs(`
Mélangez, versez aux deux tiers dans une boîte beurrée, couvrez de papier et d'une ficelle. Une heure debout dans l'eau frémissante, au coin du feu. On le démoule quand on ne voit plus l'autre rive.`),
        ],
      },
    ],
  },
  "cap-aux-lanternes": {
    chapters: [
      {
        title: "Le carnet de paye",
        blocks: [
          ...paragraphs(`
Le plus ancien document du chantier est un carnet de paye de 1871, relié dans un morceau de voile. Il compte soixante-deux noms. Cinquante et un sont des hommes : charpentiers, calfats, forgerons, scieurs de long. Les onze autres noms ont été inscrits sur les deux dernières pages, à l'envers, de sorte qu'il faut retourner le carnet pour les lire. Ce sont les femmes.

On a longtemps cru, à Cap-aux-Lanternes, que le chantier avait été « une affaire d'hommes avec des femmes autour ». C'est ainsi que le racontait le curé, et le monument du quai, érigé en 1932, montre trois barbes et une herminette. Le carnet retourné raconte autre chose. Delphine Ouellet, voilière, est payée au pied carré et gagne certaines semaines plus que le contremaître. Marie-Ange Roy tient les comptes ; son écriture est partout, y compris à l'endroit. Les sœurs Lepage nourrissent soixante personnes avec ce qu'elles appellent, dans une colonne à elles, « le miracle ».

Ce livre est parti de ce geste : retourner le carnet. Il n'ajoute presque rien. Il lit les pages dans l'autre sens.`),
          {
            kind: "picture",
            name: "hull",
            seed: 91,
            alt: "Les membrures d'une goélette en construction, vues de face.",
          },
          ...paragraphs(`
De 1871 à 1954, quatre-vingt-quatre coques ont été mises à l'eau au pied du cap. Toutes portaient une lanterne à l'avant, cousue dans un sac de toile le temps du lancement, pour la chance. Les sacs étaient l'ouvrage des voilières. Il en reste un, au presbytère. À l'intérieur, au point de croix, onze prénoms.`),
        ],
      },
    ],
    more: {
      manner: "essay",
      titles: [
        "Delphine Ouellet, voilière",
        "Le miracle des sœurs Lepage",
        "Les comptes de Marie-Ange",
        "Quatre-vingt-quatre coques",
        "La dernière lanterne",
      ],
      sentences: [
        "Il faut retourner le carnet pour lire les femmes.",
        "Une voile se paye au pied carré, un silence ne se paye pas.",
        "Le monument montre trois barbes et une herminette ; il y manque les mains.",
        "Chaque coque partait avec sa lanterne, et chaque lanterne avec onze prénoms.",
        "Les archives du chantier tiennent dans deux boîtes et une chanson.",
      ],
      words: {
        who: [
          "Delphine Ouellet",
          "Marie-Ange Roy",
          "l'aînée des Lepage",
          "le contremaître",
          "un vieux calfat",
          "le curé Bérubé",
        ],
        where: [
          "dans la voilerie",
          "au pied du cap",
          "au presbytère",
          "sur la cale de lancement",
          "à la cantine",
        ],
        weather: [
          "la marée portait",
          "on attendait le vent d'ouest",
          "le bois séchait",
          "la cloche avait sonné",
        ],
        what: [
          "le carnet de paye",
          "la lanterne",
          "le sac de toile",
          "l'herminette",
          "la colonne des avances",
          "le reçu de 1903",
        ],
      },
    },
  },
};
