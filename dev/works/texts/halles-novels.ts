import type { Text } from "./text.ts";
import { paragraphs } from "./text.ts";

export const hallesNovels: Record<string, Text> = {
  "les-traboules-de-la-nuit": {
    chapters: [
      {
        title: "La première porte",
        blocks: paragraphs(`
Le livre arriva un jeudi, dans un carton à chaussures, sans lettre ni adresse d'expéditeur. Agathe le prit d'abord pour une commande : il avait le dos cassé, les coins mangés, et c'était son métier de rendre un dos aux livres. Elle le posa sous la lampe, ouvrit, tourna. Il n'y avait pas un mot.

À la place du texte, sur chaque page de droite, un trait d'encre partait d'en bas, hésitait, tournait, montait un escalier figuré par sept hachures, et sortait par le haut. Sur la page de gauche, deux nombres. Rien d'autre, quarante fois.

Il lui fallut la soirée pour comprendre, et elle ne comprit qu'en se levant pour fermer les volets. De l'autre côté de la rue, au 27, une porte verte bâillait sur un couloir. Au fond du couloir, il y avait une cour ; au fond de la cour, un escalier ; en haut de l'escalier, une autre rue. Elle l'avait pris cent fois, petite, pour arriver en retard à l'école. Elle revint à la table. Première page, à gauche : 27, 14. Le trait montait, hésitait, tournait. Sept hachures.

C'étaient des passages. Quelqu'un avait relevé, à la plume, quarante façons de traverser la ville sans la voir.

Agathe mit son manteau. Il était onze heures passées. Dans l'escalier, une odeur de soupe et de pierre mouillée lui tint la rampe. Elle compta les marches, sortit au 14 de la rue du dessus, et resta là, un peu essoufflée, sous un réverbère qui grésillait. Il ne se passait rien. La ville dormait des deux côtés.

Puis elle vit, sur le chambranle, à la hauteur des yeux d'un enfant, un minuscule trait de plume, encore brillant.

L'encre n'était pas sèche.`),
      },
    ],
    more: {
      manner: "story",
      titles: ["Du 27 au 14", "La cour aux hirondelles", "Le relieur aveugle", "Trente-neuf", "La lumière"],
      sentences: [
        "Un passage, c'est une rue qui a un secret.",
        "L'encre n'était pas sèche.",
        "On ne répare pas un livre : on lui rend ses articulations.",
        "Elle traversait la ville comme on tourne les pages, par le coin.",
        "Une porte verte est d'abord une porte, et ensuite une promesse.",
        "La nuit, l'escalier comptait les marches avec elle.",
      ],
      words: {
        who: [
          "Agathe",
          "le concierge du 14",
          "Madame Perrachon",
          "l'apprenti",
          "l'homme à la lampe",
          "sa sœur Irène",
        ],
        where: [
          "dans la cour aux hirondelles",
          "sous le réverbère",
          "au fond du couloir",
          "à la quarantième porte",
          "dans l'atelier",
          "sur le palier du troisième",
        ],
        weather: [
          "une pluie fine rayait la cour",
          "la cloche de minuit tombait",
          "le brouillard montait de la Saône",
          "une fenêtre s'éteignait",
        ],
        what: [
          "le livre sans mots",
          "la plume",
          "la clef verte",
          "le carton à chaussures",
          "le fil de lin",
          "la dernière page",
        ],
      },
    },
  },
  "brouillard-sur-la-saone": {
    chapters: [
      {
        title: "Lundi 14 novembre 1994",
        blocks: paragraphs(`
Une lettre, ça se pèse à la main. Anselme Rey distribuait depuis dix-sept ans et ne se trompait plus : facture, vingt grammes ; faire-part, le même poids, mais on le tient autrement. Celle qu'il sortit de la sacoche, ce lundi, devant le 8 du quai, pesait comme une lettre d'avant. Papier bleu. Timbre à vingt-cinq centimes. Flamme de novembre 1964.

Il la retourna. Ni tache, ni pli. Elle n'avait pas traîné derrière un meuble : on l'avait gardée à plat, à l'abri, trente ans, puis quelqu'un l'avait glissée ce matin dans la bonne case de son tri, entre le syndic et la Redoute.

« Monsieur Charles Vauzelle, 8, quai Saint-Vincent, troisième étage. » Anselme connaissait Vauzelle. Un vieux monsieur sec, ancien du tribunal, qui donnait cinq francs pour le calendrier et vérifiait qu'on disait merci. Le règlement était formel : une lettre affranchie se distribue. Il monta.

Le vieux regarda l'enveloppe une seconde de trop. Il ne la prit pas : il la laissa sur la main du facteur, comme on laisse un chapeau sur une chaise.

— Où avez-vous trouvé cela ?

— Dans ma tournée, monsieur.

Vauzelle hocha la tête. Il dit, très poliment : « Vous lui direz que je l'ai reçue. » Et il referma la porte.

Anselme était encore dans l'escalier quand il entendit la fenêtre. Le brouillard, ce matin-là, montait jusqu'au deuxième étage ; on ne vit rien tomber. Il y eut seulement le bruit, puis, longtemps après, une péniche.

Dans la sacoche, contre sa hanche, entre le syndic et la Redoute, il restait six enveloppes bleues.`),
      },
    ],
    more: {
      manner: "story",
      titles: [
        "Six enveloppes",
        "La case du milieu",
        "Un timbre à vingt-cinq centimes",
        "Mercredi, quai Saint-Vincent",
        "Le tri",
        "Ce qui se distribue",
      ],
      sentences: [
        "Une lettre affranchie se distribue : c'est le règlement, et c'est aussi une morale.",
        "Le brouillard ne cache rien, il retarde.",
        "Dix-sept ans de boîtes aux lettres apprennent plus que dix-sept ans de visages.",
        "Il restait cinq enveloppes, et la journée n'était pas finie.",
        "Tout le monde a un nom sur sa porte ; ce n'est pas toujours le bon.",
        "La péniche passa, longtemps après son bruit.",
      ],
      words: {
        who: [
          "Anselme Rey",
          "le commissaire Jourdan",
          "la veuve du cinquième",
          "le receveur",
          "Paulette, du guichet",
          "l'homme au pardessus",
        ],
        where: [
          "quai Saint-Vincent",
          "au centre de tri",
          "sous le pont de la Feuillée",
          "dans la cage d'escalier",
          "au comptoir du Bon Pêcheur",
        ],
        weather: [
          "le brouillard tenait",
          "une péniche cornait",
          "la pluie reprenait son service",
          "les réverbères faisaient des ronds",
        ],
        what: [
          "l'enveloppe bleue",
          "la sacoche",
          "le calendrier",
          "le timbre",
          "le registre des recommandés",
          "la clef de la case",
        ],
      },
    },
  },
  "lettres-de-l-ecluse": {
    chapters: [
      {
        title: "Premiers bordereaux",
        blocks: [
          { kind: "heading", text: "Bordereau no 1, écluse 32, montant" },
          ...paragraphs(`
Péniche Marie-Louise, 38 mètres, gravier. Passage à 6 h 40. Observations : vous avez laissé votre thermos sur le bollard. Je l'ai mis à l'abri. Il est encore chaud. Je ne l'ai pas ouvert, mais on sent la chicorée.`),
          { kind: "heading", text: "Bordereau no 2, écluse 32, avalant, dix-neuf jours plus tard" },
          ...paragraphs(`
À l'attention de l'éclusière. Merci pour le thermos, que j'ai retrouvé lavé. Observations : c'est de l'orge, pas de la chicorée. On me l'a interdit, le café. Vos géraniums ont soif du côté nord.`),
          { kind: "heading", text: "Bordereau no 3, montant" },
          ...paragraphs(`
J'ai arrosé le côté nord. Vous passez trop vite pour un homme qui remarque les géraniums. Sachez que la bassinée dure onze minutes et que, pendant ces onze minutes, rien n'oblige à regarder le moteur. Observations : brème de quatre livres vue près du vantail. Je ne le dis qu'à vous.`),
          { kind: "heading", text: "Bordereau no 4, avalant" },
          ...paragraphs(`
J'ai regardé la brème. J'ai aussi vu que vous aviez repeint la porte, en bleu, ce qui n'est pas réglementaire. C'est mieux. Vous me demandez, sans le demander, pourquoi je ne descends jamais à terre. Je vous répondrai dans dix-neuf jours, il faut que je réfléchisse et Chalon n'est pas un endroit pour cela.`),
          { kind: "heading", text: "Bordereau no 5, montant" },
          ...paragraphs(`
Prenez votre temps. Ici, on ne fait que monter et descendre l'eau des autres. Observations : néant, et c'est très agréable.`),
        ],
      },
    ],
    more: {
      manner: "story",
      titles: ["La porte bleue", "Onze minutes", "Chalon", "Le chômage d'août", "Dernière bassinée"],
      sentences: [
        "Observations : néant, et c'est très agréable.",
        "Une écluse est une pièce où l'on n'entre qu'en bateau.",
        "Dix-neuf jours, c'est le temps qu'il faut à une phrase pour faire l'aller et retour.",
        "Vos géraniums penchent vers l'aval, je crois qu'ils m'attendent.",
        "On ne se dit bien que ce que l'on peut écrire au dos d'un bordereau.",
      ],
      words: {
        who: [
          "l'éclusière",
          "le marinier",
          "la vieille Hortense",
          "l'inspecteur de la navigation",
          "le commis du 31",
          "le chien Bollard",
        ],
        where: [
          "à l'écluse 32",
          "sur le bief du haut",
          "dans la timonerie",
          "près du vantail",
          "au passage de Chalon",
        ],
        weather: [
          "l'eau montait dans le sas",
          "la brume tenait le bief",
          "les peupliers pleuvaient leurs feuilles",
          "le soir descendait avec l'eau",
        ],
        what: ["le bordereau", "le thermos", "la gaffe", "la porte bleue", "le géranium", "la manivelle"],
      },
    },
  },
  "courtes-distances": {
    chapters: [
      {
        title: "Du tabac à la gare (neuf minutes)",
        blocks: paragraphs(`
Il avait neuf minutes et une phrase à dire. La phrase était prête depuis la veille : six mots, dont un prénom. Il l'essaya devant la pharmacie, à voix basse, et une dame se retourna. Devant l'école, il enleva un mot. Devant la banque, il en remit deux. Au feu rouge, la phrase était devenue une question ; sur le passage piéton, elle s'excusait.

En arrivant à la gare, il ne restait que le prénom. Il le cria. Sur le quai, treize personnes levèrent la tête, et une seule sourit.`),
      },
      {
        title: "De l'école au pont (quatorze minutes)",
        blocks: paragraphs(`
Tous les jours, la petite marche sur les lignes, et son grand-père à côté. Elle a inventé la règle : celui qui touche le goudron a perdu. Il a perdu chaque fois depuis septembre, sans jamais tricher, avec des souliers si grands qu'ils débordent de partout.

Aujourd'hui il pleut, les lignes brillent, et il s'arrête au milieu du pont. « Tu as perdu, dit-elle. — Je regarde », dit-il. Elle regarde aussi. En bas, l'eau passe sous toutes les lignes à la fois. « Elle, dit la petite, elle n'a pas perdu une seule fois. »`),
      },
      {
        title: "Du lit à la fenêtre (onze pas)",
        blocks: paragraphs(`
Le médecin a dit : onze pas, trois fois par jour. Elle les fait en comptant dans les langues qu'elle connaît. Le matin en français, parce que c'est le plus froid. Le midi en arabe, à cause du soleil sur le parquet. Le soir dans celle de sa grand-mère, où il n'y a de mots que jusqu'à huit ; les trois derniers pas, elle les fait en silence.

De la fenêtre, on voit la cour, un vélo, un figuier en pot. Ce n'est pas loin, la cour. C'est à onze pas et deux étages. Elle a déjà décidé en quelle langue elle descendra.`),
      },
      {
        title: "Du quatrième au rez-de-chaussée (une panne)",
        blocks: paragraphs(`
L'ascenseur s'arrêta entre deux et trois. Ils étaient voisins depuis six ans. Ils parlèrent d'abord de l'ascenseur, ce qui prit peu de temps, puis de la lumière, puis du bruit que chacun croyait que l'autre faisait. Au bout d'une heure, ils avaient établi que le piano venait du cinquième et la colère du deuxième.

Quand la cabine repartit, ils montèrent, tous les deux, jusqu'en haut, pour écouter.`),
      },
      {
        title: "D'un bout du marché à l'autre (le temps qu'il faut)",
        blocks: paragraphs(`
Elle achète un citron au premier étal et le rend au dernier, contre une histoire. C'est un arrangement. Le marchand d'olives la croit un peu folle, le fromager pense qu'elle est espionne. Le citron, lui, en est à son quatrième samedi ; il connaît tout le monde.`),
      },
      {
        title: "Retour (sans compter)",
        blocks: paragraphs(`
Le soir, toutes les distances raccourcissent, parce que l'on sait ce qu'il y a au bout. Il y a une clef, une lampe, quelqu'un ou personne. Il y a les souliers que l'on enlève, l'un, puis l'autre, et le petit silence, entre les deux, où tient la ville entière.`),
      },
    ],
  },
};
