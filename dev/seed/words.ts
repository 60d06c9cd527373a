/** Our own words, of which the seeds of a large catalogue are made: lifelike enough to be searched, sorted and misspelled. */

/** Nouns with their article: `la marée|marées`. Gender follows from the article; elided ones say theirs. */
const frenchNouns = `la marée|marées la rivière|rivières la neige|neiges la lampe|lampes la grange|granges la forêt|forêts la chaloupe|chaloupes
la brume|brumes la lettre|lettres la fenêtre|fenêtres la montagne|montagnes la nuit|nuits la saison|saisons la promesse|promesses la frontière|frontières
la cuisine|cuisines la mémoire|mémoires la clairière|clairières la tempête|tempêtes la chanson|chansons la presqu'île|presqu'îles la boussole|boussoles
la guitare|guitares la valise|valises la baleine|baleines la cabane|cabanes la racine|racines la rumeur|rumeurs la colline|collines la fougère|fougères
la mésange|mésanges la pierre|pierres la route|routes la lumière|lumières la patience|patiences la sœur|sœurs la voisine|voisines la grève|grèves
la source|sources la corneille|corneilles la dentelle|dentelles la fabrique|fabriques la gelée|gelées la huitième|huitièmes la jetée|jetées
le phare|phares le jardin|jardins le fleuve|fleuves le silence|silences le cheval|chevaux le voyage|voyages le royaume|royaumes le village|villages
le quai|quais le verger|vergers le miroir|miroirs le tambour|tambours le renard|renards le facteur|facteurs le grenier|greniers le train|trains
le pêcheur|pêcheurs le secret|secrets le printemps|printemps le caribou|caribous le traversier|traversiers le boulanger|boulangers le théâtre|théâtres
le souvenir|souvenirs le château|châteaux le dictionnaire|dictionnaires le rivage|rivages le marécage|marécages le violon|violons le cerisier|cerisiers
le héron|hérons le cimetière|cimetières le vertige|vertiges le métro|métros le brasier|brasiers le pommier|pommiers le funambule|funambules
le sentier|sentiers le carnet|carnets le faubourg|faubourgs le glacier|glaciers le hangar|hangars le labyrinthe|labyrinthes le moulin|moulins
l'été|étés|m l'hiver|hivers|m l'île|îles|f l'école|écoles|f l'horloge|horloges|f l'océan|océans|m l'oiseau|oiseaux|m l'étoile|étoiles|f l'atelier|ateliers|m
l'aurore|aurores|f l'érable|érables|m l'épave|épaves|f l'accordéon|accordéons|m l'inventaire|inventaires|m l'échelle|échelles|f l'ombre|ombres|f
l'estuaire|estuaires|m l'orage|orages|m l'arbre|arbres|m l'encre|encres|f l'ébéniste|ébénistes|m l'usine|usines|f l'éclipse|éclipses|f l'amitié|amitiés|f`;

export type Noun = { one: string; many: string; article: "le " | "la " | "l'"; feminine: boolean };

export const nouns: Noun[] = [...frenchNouns.matchAll(/(le |la |l')([^|\s]+)\|([^|\s]+)(?:\|([mf]))?/g)].map(
  ([, article, one, many, gender]) => ({
    one: one!,
    many: many!,
    article: article as Noun["article"],
    feminine: gender ? gender === "f" : article === "la ",
  }),
);

/** Masculine|feminine; a plural takes an s where it has none. */
export const adjectives =
  `blanc|blanche bleu|bleue lent|lente secret|secrète perdu|perdue immobile|immobile dernier|dernière électrique|électrique
ancien|ancienne léger|légère profond|profonde invisible|invisible amer|amère sauvage|sauvage fragile|fragile étranger|étrangère lointain|lointaine
ordinaire|ordinaire boréal|boréale minuscule|minuscule inachevé|inachevée tranquille|tranquille clandestin|clandestine souterrain|souterraine
infidèle|infidèle éphémère|éphémère obstiné|obstinée salé|salée nocturne|nocturne patient|patiente brûlé|brûlée discret|discrète`
    .split(/\s+/)
    .map((pair) => pair.split("|") as [string, string]);

export const verbs =
  `sait tait garde oublie raconte attend promet emporte murmure répare traverse invente`.split(" ");

export const englishNouns =
  `harbour river lantern orchard winter kitchen sparrow ferry letter mountain promise quarry meadow ladder window garden whale thread
engine island border mirror teacher chapel bakery compass fiddle cellar blanket morning shoreline weaver station library thunder
daughter brother neighbour glacier feather question evening furnace saddle willow barley marsh anchor bicycle carnival dictionary`.split(
    /\s+/,
  );
export const englishAdjectives =
  `quiet blue northern hidden broken patient electric wandering hollow gentle stubborn paper distant second unfinished bright salted
borrowed sleepless ordinary crooked golden silent forgotten restless tender`.split(/\s+/);
export const englishVerbs = `knows keeps forgets carries remembers hides says wants leaves mends`.split(" ");

export const firstNames =
  `Éloïse Maude Geneviève Amélie Noémie Océane Rosalie Béatrice Clémence Solène Aïcha Fatou Inès Nadia Yasmina Léa Zoé Anaïs Maëlle
Marguerite Thérèse Hélène Odile Séverine Delphine Catherine Jeanne Simone Camille Dominique Andrée François Étienne Jérôme Benoît Cédric
Félix Théo Loïc Yann Gaël Rémi Hervé Aurélien Mathieu Antoine Olivier Sébastien Guillaume Xavier Thomas Émile Raphaël Noël Kofi Amadou
Karim Youssef Mehdi Nathan Oscar Ulysse Margaret Alice Eleanor Ruth Hannah Grace Willa Nora Edith Henry Walter Owen Silas Arthur Samuel`.split(
    /\s+/,
  );
export const familyNames =
  `Tremblay Gagnon Roy Côté Bouchard Gauthier Morin Lavoie Fortin Gagné Ouellet Pelletier Bélanger Lévesque Bergeron Leblanc Paquette Girard
Simard Boucher Caron Beaulieu Cloutier Dubé Poirier Fournier Lapointe Leclerc Lefebvre Poulin Thibault Nadeau Martel Hébert Grenier Lessard
Martin Bernard Dubois Durand Moreau Laurent Garnier Chevalier Faure Rousseau Blanchard Mercier Dupuis Renaud Lemoine Perrin Marchand
Diallo Traoré Benali Haddad Nguyen Okafor Mensah Silva Kowalski Fraser MacLeod Murray Sinclair Whitfield Ashdown Harcourt Pemberton`.split(
    /\s+/,
  );

/** Parts of names and places that nobody bears yet: what makes the words of a catalogue grow with it. */
export const starts =
  `Bel Mar Cor Vau Tré Lan Gros Mont Roc Sau Bri Cha Des Fer Gué Har Jon Ker Lou Mor Noi Orv Per Qui Rav Sér Tor Val Ver Bou Cam Dra`.split(
    " ",
  );
export const middles = `a ai an ar au é el en er i in o oi on ou u ul ur ami eli ori ama elo ina`.split(" ");
export const ends =
  `bert chet court dais gard lain lier mand mont net nière quet rand rieux rin sac tel thier tin val vert veau ville zac deau ceau`.split(
    " ",
  );

export const places =
  `Gaspé Rimouski Percé Matane Kamouraska Tadoussac Montréal Québec Trois-Rivières Chicoutimi Sherbrooke Natashquan Saguenay
Lyon Brest Nantes Roubaix Marseille Dunkerque Ouessant Grenoble Bayonne Collioure Douarnenez Halifax Winnipeg Moncton Whitehorse`.split(
    /\s+/,
  );

export const bookSubjects = [
  "Romans",
  "Poésie",
  "Nouvelles",
  "Récits de voyage",
  "Essais",
  "Histoire du Québec",
  "Romans policiers",
  "Science-fiction",
  "Fantastique",
  "Jeunesse",
  "Théâtre",
  "Biographies",
  "Écologie",
  "Cuisine",
  "Philosophie",
  "Romans historiques",
  "Bandes dessinées",
  "Féminisme",
  "Mer et navigation",
  "Travail et coopération",
];
export const albumSubjects = [
  "Chanson",
  "Folk",
  "Musique traditionnelle",
  "Jazz",
  "Musique de chambre",
  "Électronique",
  "Rock",
  "Hip-hop",
  "Piano",
  "Chœur",
  "Musique pour enfants",
  "Musiques du monde",
  "Ambiante",
  "Métal",
];
