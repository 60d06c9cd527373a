import type { Text } from "./text.ts";
import { paragraphs } from "./text.ts";

const battures = {
  who: ["Édith", "le père Gauvreau", "Blanche", "l'instituteur", "Adélard", "la tante Olympe", "le passeur"],
  where: [
    "sur les battures",
    "derrière la grange",
    "au bout du rang",
    "dans la cuisine d'été",
    "près de la clôture du large",
    "au pied de l'échelle",
  ],
  weather: [
    "la marée montait",
    "le nordet soufflait",
    "il tombait une neige fine",
    "l'eau faisait son bruit de robe",
    "le brouillard effaçait l'autre rive",
  ],
};

export const fleuveNovels: Record<string, Text> = {
  "les-eaux-hautes": {
    chapters: [
      {
        title: "I. Ce que l'eau voulait",
        blocks: paragraphs(`
Elle est entrée par la porte, comme quelqu'un. Nous l'attendions par la cave, où elle venait tous les printemps goûter les patates, et mon père avait monté les barils d'une marche, ce qui d'ordinaire suffisait. Cette année-là, le fleuve a pris l'allée, poussé la barrière et franchi le seuil à sept heures moins vingt, pendant que Blanche beurrait le pain.

Personne n'a crié. On ne crie pas devant une visite. Mon père a retiré sa casquette, ma mère a soulevé le bas de sa jupe, et l'eau a fait le tour de la cuisine en reniflant les chaises. Elle n'était pas méchante. Elle portait avec elle une planche, une botte, un peu de glace sale et le livre de messe des Thériault, ouvert à la page des Rameaux.

— Édith, a dit mon père, va chercher le registre.

C'est ainsi que j'ai commencé. J'avais dix-sept ans, une belle main d'écriture et la réputation de ne pas pleurer. Assise sur la quatrième marche, le cahier sur les genoux, j'ai inscrit tout ce qui passait : une planche de pin, une botte gauche, trois oignons, un missel. En face de chaque chose, dans la colonne que l'instituteur réservait aux absences, je mettais le nom de la maison d'où elle venait, quand je le savais. À la fin de la matinée, j'avais rempli quatre pages et je connaissais mieux mes voisins qu'après dix-sept ans de dimanches.

Vers midi, la marée s'est retournée. L'eau a repris la botte, laissé le missel, et s'est retirée à reculons, comme font les gens bien élevés. Il restait sur le plancher une ligne de vase, droite et fine, à la hauteur de ma cheville. Ma mère a pris la brosse. Mon père lui a retenu la main.

— Laisse, a-t-il dit. Il faut qu'on se souvienne jusqu'où.

La ligne y est encore. J'ai fait repeindre les murs quatre fois, et quatre fois j'ai prié le peintre de s'arrêter là.`),
      },
    ],
    more: {
      manner: "story",
      titles: ["II. Le registre", "III. Une botte gauche", "IV. Les Thériault", "V. L'échelle", "VI. Étale"],
      sentences: [
        "Le registre disait la vérité, mais seulement dans la marge.",
        "On ne possède pas une grève : on la surveille.",
        "Ma mère avait deux voix, une pour l'église et une pour la marée.",
        "L'eau rend toujours, disait mon père, mais jamais au même.",
        "Il manquait une botte droite dans toute la paroisse, et chacun se taisait.",
        "Blanche beurrait le pain comme on ferme une lettre.",
        "J'inscrivais les noms au crayon, les dettes à l'encre.",
        "Le fleuve n'a pas de mémoire ; c'est pourquoi il faut lui en prêter une.",
      ],
      words: {
        ...battures,
        what: [
          "le registre",
          "la botte",
          "le missel",
          "la lampe à huile",
          "la clef de la grange",
          "la planche de pin",
        ],
      },
    },
  },
  "la-saison-des-glaces": {
    chapters: [
      {
        title: "I. Le pont",
        blocks: paragraphs(`
Le pont de glace prenait chez nous vers la Saint-Antoine, et l'on plantait alors des épinettes de chaque côté de la route pour que les chevaux ne se croient pas en mer. Cette année-là, il a pris à Noël. Les vieux n'ont pas aimé cela. Ce qui gèle vite, disaient-ils, gèle par politesse.

J'avais le courrier. On me l'avait donné parce que je savais lire les adresses et que je pesais moins lourd que le facteur. Chaque mardi, je partais avec le traîneau, la jument et un sac de toile, trois milles de glace d'une rive à l'autre, et je revenais le mercredi avec le même sac rempli d'autres soucis. Au milieu, il y avait un endroit où l'on entendait l'eau. Je m'y arrêtais toujours. La jument aussi voulait savoir.

La lettre est arrivée le premier mardi de février, dans le paquet de la rive sud. L'enveloppe portait mon nom de famille, et devant, une initiale qui n'était celle d'aucun de nous. Je l'ai gardée trois traversées. Chaque fois, au milieu, je la sortais du sac et je la tenais au-dessus de la glace, comme on montre un chapelet à un mourant.

À la quatrième, j'ai enlevé mes mitaines.

Ce n'était pas une lettre d'amour, ni une lettre de notaire. C'était une liste. Une planche de pin. Une botte gauche. Trois oignons. Un missel. Quelqu'un, de l'autre côté, tenait le même registre que moi, et il l'avait commencé le même jour. En bas de la page, d'une main appliquée, on avait ajouté : « Il vous manque sûrement une botte. J'ai la droite. »

La glace a craqué sous la jument, un long trait clair qui filait vers l'ouest. J'ai remis mes mitaines. J'ai pensé : ce qui craque tient encore.`),
      },
    ],
    more: {
      manner: "story",
      titles: ["II. La botte droite", "III. Balises", "IV. L'autre registre", "V. Débâcle"],
      sentences: [
        "La jument connaissait la route, et moi je connaissais la jument.",
        "Une épinette sur la glace, c'est toute la géographie d'un hiver.",
        "Ce qui craque tient encore ; c'est le silence qu'il faut craindre.",
        "Je portais les lettres des autres avec l'impression de les écrire un peu.",
        "Il y a des hivers qui servent de pont et des hivers qui servent de mur.",
        "On entendait l'eau, là-dessous, tourner dans son lit.",
      ],
      words: {
        ...battures,
        what: ["le sac de toile", "la lettre", "la botte", "la balise", "le fanal", "la carriole"],
      },
    },
  },
  "le-retour-des-oies": {
    chapters: [
      {
        title: "I. La chambre du haut",
        blocks: paragraphs(`
Elle est arrivée avec onze valises, dont neuf contenaient des instruments. Elle s'appelait Hélène Marchand, elle avait vingt-six ans, et le ministère l'envoyait mesurer le fleuve.

— Tout le fleuve ? ai-je demandé.

— Votre bout, madame Gauvreau.

Je lui ai donné la chambre du haut, celle d'où l'on voit venir les oies. En avril, elles arrivent de derrière l'île, d'abord une rumeur, puis un trait, puis une neige qui remonterait. Hélène a installé ses appareils sur le rebord de la fenêtre et elle m'a demandé la permission de planter une règle graduée au bout de la grève. J'ai dit oui. On ne refuse pas une règle.

Pendant deux semaines, nous avons vécu comme deux voisines de bureau. Elle descendait à chaque étale, notait, remontait. Je notais de mon côté, par habitude : une bouée sans nom, un madrier, une sandale d'enfant. Le soir, à la soupe, nous échangions nos chiffres comme on échange des recettes. Elle avait la hauteur, la vitesse et le sel. J'avais la sandale.

C'est un mardi qu'elle a remarqué la ligne. Elle s'est agenouillée dans la cuisine, une main à plat sur le mur, et je l'ai vue faire le calcul avec ses lèvres.

— 1928 ?

— Le 14 avril. Sept heures moins vingt.

Elle est restée un long moment ainsi, à genoux devant ma vase, puis elle a sorti de sa poche un petit carnet vert. « Il n'existe aucune mesure de cette crue, m'a-t-elle dit. Nulle part. On la connaît par les journaux. »

Alors je suis montée sur une chaise, j'ai ouvert l'armoire aux confitures, et j'ai descendu les registres. Il y en avait quarante et un.`),
      },
    ],
    more: {
      manner: "story",
      titles: [
        "II. Quarante et un cahiers",
        "III. La règle graduée",
        "IV. Ce que savent les oies",
        "V. La dernière page",
        "VI. Porte ouverte",
      ],
      sentences: [
        "Un fleuve mesuré est-il encore le même fleuve ?",
        "Les oies n'arrivent pas : elles recommencent.",
        "Elle avait des chiffres pour tout, sauf pour la sandale.",
        "Quarante ans tiennent dans une armoire, à condition d'enlever les confitures.",
        "Je n'avais jamais relu mes registres, de peur d'y trouver quelqu'un.",
        "On ferme une maison comme un livre : en gardant un doigt dedans.",
      ],
      words: {
        who: ["Édith", "Hélène", "le vieux passeur", "Blanche", "l'arpenteur", "la petite Jeanne"],
        where: [
          "dans la chambre du haut",
          "au bout de la grève",
          "sous les saules",
          "devant l'armoire aux confitures",
          "sur le chemin du phare",
        ],
        weather: [
          "les oies passaient",
          "la marée descendait",
          "une petite pluie d'avril tombait",
          "le vent tournait à l'ouest",
        ],
        what: [
          "le carnet vert",
          "la règle graduée",
          "la sandale",
          "le dernier registre",
          "la valise",
          "la photographie",
        ],
      },
    },
  },
  "le-dernier-traversier": {
    chapters: [
      {
        title: "1. Trente-neuf",
        blocks: paragraphs(`
Le matelot Gendron comptait les voitures avec les doigts, et il avait raison de s'y fier. Trente-neuf, dit-il dans sa radio. Trente-neuf, répondit la passerelle. On releva la rampe à vingt heures deux.

Rose Cloutier n'aimait pas le bateau. Elle le prenait pour voir sa sœur, deux fois l'an, avec un roman et une boîte de biscuits au gingembre contre le mal de mer. Trente et un ans d'enquêtes lui avaient laissé un genou capricieux et la manie de lire les plaques d'immatriculation. En descendant de sa Corolla, elle lut donc, sans y penser, celles de la rangée de tribord : une location de Québec, un camion de homards, deux familles, une berline grise dont le conducteur gardait les mains sur le volant comme s'il conduisait encore.

La brume les prit à mi-chemin. Ce n'était pas une brume de carte postale : elle entrait par les portes, se posait sur les vitres, mettait du coton dans les haut-parleurs. La corne sonnait toutes les deux minutes. Au salon, un enfant se mit à compter entre les coups.

À vingt et une heures sept, la rampe s'abaissa sur l'autre rive et les voitures sortirent l'une après l'autre dans la lumière jaune du quai. Gendron leva les doigts, un par un. Au dernier camion, il lui restait un doigt en l'air.

— Trente-huit, dit-il.

Il se retourna. Le pont était vide, luisant, lavé. Entre la bouée de sauvetage et l'escalier, à l'endroit où aurait dû se trouver une berline grise, il y avait deux cales de bois, bien droites, et un gant.

Rose Cloutier coupa son moteur sur le quai, soupira, et prit un biscuit.

— Madame, dit Gendron, il ne faut pas rester ici.

— Non, répondit-elle. Mais j'y suis.`),
      },
    ],
    more: {
      manner: "story",
      titles: [
        "2. Deux cales de bois",
        "3. Le gant",
        "4. La corne de brume",
        "5. Le conducteur aux mains fixes",
        "6. Soixante-cinq minutes",
        "7. Trente-neuf moins un",
      ],
      sentences: [
        "Une voiture ne s'évapore pas, se répétait Rose ; elle se range ailleurs.",
        "Le capitaine mentait bien, mais il mentait en regardant l'heure.",
        "Il y avait du sable dans le gant, et ce n'était pas le sable de ce côté-ci.",
        "Trente et un ans de métier tiennent en une règle : demander deux fois.",
        "La brume est un témoin qui dit toujours la même chose.",
        "Les biscuits au gingembre étaient finis ; l'affaire devenait sérieuse.",
        "Sur un bateau, tout ce qui manque pèse plus lourd.",
      ],
      words: {
        who: [
          "Rose Cloutier",
          "Gendron",
          "le capitaine",
          "la femme au parapluie",
          "le camionneur",
          "la préposée à la billetterie",
        ],
        where: [
          "sur le pont des voitures",
          "à la timonerie",
          "dans le salon des passagers",
          "au bout du quai",
          "près de la rampe",
        ],
        weather: [
          "la corne sonnait",
          "la brume épaississait",
          "le courant portait vers l'est",
          "les lampes du quai grésillaient",
        ],
        what: [
          "le gant",
          "la cale de bois",
          "le billet",
          "la liste des passagers",
          "la clef de contact",
          "le registre de bord",
        ],
      },
    },
  },
  "the-salt-road": {
    chapters: [
      {
        title: "One: The Field",
        blocks: paragraphs(`
The winter they moved the border, nobody told the road.

It had been moved on paper, in a warm room, by two men who had never held a shovel: one field's width to the south, to tidy up a stream that had changed its mind. Martha Kidd heard about it on the radio of the salt truck, at ten past three in the morning, with forty miles behind her and eleven tonnes left in the box. She turned the volume up, then off. Then she drove on, because the road was still white, and white was her department.

You learn a road by its feet, not by its face. Martha knew where it sweated and where it never thawed, the culvert that breathed, the bend at Pomeroy's where the wind laid a tongue of snow across both lanes and took it back by noon. In nineteen winters she had put nobody in the ditch. People waved at the truck without knowing who was in it. That suited her.

At the old customs shed she stopped, as she always stopped, to pour her coffee. The shed was in another country now. It looked much the same. A lamp had been left on inside, and on the sill somebody had set a jar of pickled beets, with the label turned to the road, as though it were for sale, or for her.

Martha considered the beets. She considered the field, blue and empty, with its new and invisible edge. Then she took her second-best gloves from the dashboard, the ones with the leather palms, climbed down, and laid them on the sill beside the jar. She was not a fanciful woman. It only seemed to her that if a line could be moved at night with nobody looking, something ought to be put on either side of it, to hold it still.

The beets, it turned out, were excellent.`),
      },
    ],
    more: {
      manner: "story-en",
      titles: [
        "Two: Pomeroy's Bend",
        "Three: The Shed",
        "Four: Eleven Tonnes",
        "Five: Things Left on the Shoulder",
        "Six: Thaw",
      ],
      sentences: [
        "You learn a road by its feet, not by its face.",
        "White was her department.",
        "A border is only a habit with a fence on it.",
        "She had put nobody in the ditch in nineteen winters, and did not mean to start with a ghost.",
        "The salt hissed on the ice like somebody telling a secret and regretting it.",
        "Coffee at three in the morning is not a drink but an opinion.",
      ],
      words: {
        who: [
          "Martha",
          "Pomeroy",
          "the customs man",
          "Agnes Bell",
          "the boy from the garage",
          "the dispatcher",
        ],
        where: [
          "at the old customs shed",
          "by the culvert",
          "at the edge of the field",
          "under the only streetlight",
          "at the county line",
        ],
        weather: [
          "the snow came sideways",
          "the wind went round to the north",
          "the cold had a sound",
          "the plough lights turned the drifts orange",
        ],
        what: [
          "the jar of beets",
          "the pair of gloves",
          "the thermos",
          "the map",
          "the lantern",
          "the shovel",
        ],
      },
    },
  },
  "la-route-du-sel": {
    chapters: [
      {
        title: "Un. Le champ",
        blocks: paragraphs(`
L'hiver où l'on déplaça la frontière, personne n'avertit la route.

On l'avait déplacée sur le papier, dans une pièce chauffée, entre deux hommes qui n'avaient jamais tenu une pelle : de la largeur d'un champ, vers le sud, pour mettre de l'ordre dans un ruisseau qui avait changé d'avis. Martha Kidd l'apprit par la radio du camion de sel, à trois heures dix du matin, avec quarante milles derrière elle et onze tonnes encore dans la benne. Elle monta le son, puis le coupa. Puis elle continua, parce que la route était toujours blanche, et que le blanc, c'était son rayon.

Une route s'apprend par les pieds, pas par la figure. Martha savait où elle suait, où elle ne dégelait jamais, le ponceau qui respirait, la courbe chez Pomeroy où le vent couchait une langue de neige en travers des deux voies et la reprenait vers midi. En dix-neuf hivers, elle n'avait mis personne dans le fossé. Les gens saluaient le camion sans savoir qui était dedans. Cela lui convenait.

Au vieux poste de douane, elle s'arrêta, comme elle s'arrêtait toujours, pour se verser un café. Le poste se trouvait maintenant dans un autre pays. Il n'en avait pas l'air. On avait laissé une lampe allumée à l'intérieur et, sur l'appui de la fenêtre, quelqu'un avait posé un pot de betteraves marinées, l'étiquette tournée vers la route, comme s'il était à vendre, ou comme s'il était pour elle.

Martha considéra les betteraves. Elle considéra le champ, bleu et vide, avec son bord tout neuf qu'on ne voyait pas. Puis elle prit sur le tableau de bord sa deuxième meilleure paire de gants, celle aux paumes de cuir, descendit et la posa à côté du pot. Ce n'était pas une femme à lubies. Il lui semblait seulement que si l'on pouvait déplacer une ligne la nuit sans que personne regarde, il fallait bien mettre quelque chose de chaque côté, pour qu'elle se tienne tranquille.

Les betteraves, en l'occurrence, étaient excellentes.`),
      },
    ],
    more: {
      manner: "story",
      titles: [
        "Deux. La courbe chez Pomeroy",
        "Trois. Le poste",
        "Quatre. Onze tonnes",
        "Cinq. Ce qu'on laisse sur l'accotement",
        "Six. Dégel",
      ],
      sentences: [
        "Une route s'apprend par les pieds, pas par la figure.",
        "Le blanc, c'était son rayon.",
        "Une frontière n'est qu'une habitude avec une clôture dessus.",
        "Le sel sifflait sur la glace comme quelqu'un qui dit un secret et le regrette.",
        "Le café de trois heures du matin n'est pas une boisson, c'est une opinion.",
      ],
      words: {
        who: ["Martha", "Pomeroy", "le douanier", "Agnes Bell", "le garçon du garage", "la répartitrice"],
        where: [
          "au vieux poste de douane",
          "près du ponceau",
          "à la lisière du champ",
          "sous l'unique réverbère",
          "à la limite du comté",
        ],
        weather: [
          "la neige tombait de côté",
          "le vent passait au nord",
          "le froid faisait un bruit",
          "le gyrophare tournait dans les bancs de neige",
        ],
        what: [
          "le pot de betteraves",
          "la paire de gants",
          "le thermos",
          "la carte",
          "la lanterne",
          "la pelle",
        ],
      },
    },
  },
};
