import type { CoopPlan, PersonPlan } from "../plan.ts";

export const coops: CoopPlan[] = [
  {
    slug: "presses-du-fleuve",
    name: "Les Presses du Fleuve",
    form: "Coopérative de solidarité",
    city: "Rimouski",
    place: "CA-QC",
    description: {
      fr: "Une maison tenue par celles et ceux qui écrivent, dessinent et jouent au bord du Saint-Laurent. On y publie des livres et des disques qui prennent le temps de la marée.",
      en: "A house kept by the people who write, draw and play along the St. Lawrence. It publishes books and records that move at the pace of the tide.",
    },
  },
  {
    slug: "atelier-des-halles",
    name: "Atelier des Halles",
    form: "Société coopérative d'intérêt collectif (SCIC)",
    city: "Lyon",
    place: "FR-69",
    description: {
      fr: "Un atelier partagé entre Saône et Rhône : auteurs, musiciennes, imprimeurs et lectrices y décident ensemble de ce qui se fabrique et de ce que chacun en reçoit.",
      en: "A shared workshop between the Saône and the Rhône, where writers, musicians, printers and readers decide together what is made and who receives what.",
    },
  },
];

function person(
  slug: string,
  name: string,
  sortName: string,
  coop: PersonPlan["coop"],
  fr: string,
  en?: string,
): PersonPlan {
  return {
    slug,
    name,
    sortName,
    coop,
    email: `${slug}@exemple.coop`,
    bio: en === undefined ? { fr } : { fr, en },
  };
}

const fleuve = "presses-du-fleuve";
const halles = "atelier-des-halles";

export const people: PersonPlan[] = [
  person(
    "maude-tessier-roy",
    "Maude Tessier-Roy",
    "Tessier-Roy, Maude",
    fleuve,
    "Romancière. Elle a longtemps relevé les registres d'une école de rang avant d'inventer ceux des Battures.",
    "Novelist. She copied out the registers of a country school for years before inventing those of the Battures.",
  ),
  person(
    "etienne-lavalliere",
    "Étienne Lavallière",
    "Lavallière, Étienne",
    fleuve,
    "Poète et gardien de nuit. Il écrit entre deux rondes, sur des fiches d'inventaire.",
  ),
  person(
    "philemon-arcand",
    "Philémon Arcand",
    "Arcand, Philémon",
    fleuve,
    "Ancien timonier, auteur de romans policiers où l'on se noie rarement par hasard.",
  ),
  person(
    "sarah-whitcombe",
    "Sarah Whitcombe",
    "Whitcombe, Sarah",
    fleuve,
    "Romancière de langue anglaise établie dans les Cantons-de-l'Est, à une heure de marche de la frontière.",
    "Novelist from the Eastern Townships, living an hour's walk from the border.",
  ),
  person(
    "rosalie-thivierge",
    "Rosalie Thivierge",
    "Thivierge, Rosalie",
    fleuve,
    "Naturaliste et cuisinière. Elle tient depuis vingt ans le journal d'une même grève.",
  ),
  person(
    "ines-benhaddou",
    "Inès Benhaddou",
    "Benhaddou, Inès",
    fleuve,
    "Illustratrice et graveuse sur linoléum. Elle dessine pour celles et ceux qui lisent à voix haute.",
  ),
  person(
    "anatole-desrosiers-pham",
    "Anatole Desrosiers-Pham",
    "Desrosiers-Pham, Anatole",
    fleuve,
    "Traducteur et essayiste. Il a été caissier, puis administrateur, d'une coopérative d'alimentation.",
  ),
  person(
    "gabriel-oakes",
    "Gabriel Oakes",
    "Oakes, Gabriel",
    fleuve,
    "Guitariste et luthier, entre la chanson et le folk.",
    "Guitarist and luthier, somewhere between song and folk.",
  ),
  person(
    "lea-montmarquette",
    "Léa Montmarquette",
    "Montmarquette, Léa",
    fleuve,
    "Pianiste et compositrice. Elle enregistre chez elle, fenêtres ouvertes, sur un piano droit de 1921.",
  ),
  person(
    "samir-haddad-cote",
    "Samir Haddad-Côté",
    "Haddad-Côté, Samir",
    fleuve,
    "Compositeur électronique et ingénieur du son : la plupart des disques de la coopérative passent par sa console.",
  ),
  person(
    "ariane-fecteau",
    "Ariane Fecteau",
    "Fecteau, Ariane",
    fleuve,
    "Violoneuse et collecteuse d'airs, elle joue le répertoire comme on répare une chaloupe : planche par planche.",
  ),
  person(
    "clemence-auvray",
    "Clémence Auvray",
    "Auvray, Clémence",
    halles,
    "Romancière lyonnaise, relieuse le matin et écrivaine l'après-midi.",
  ),
  person(
    "bastien-roussillard",
    "Bastien Roussillard",
    "Roussillard, Bastien",
    halles,
    "Auteur de polars. Il a été facteur dix-sept ans et connaît toutes les boîtes aux lettres de la Presqu'île.",
  ),
  person(
    "yasmine-ferhaoui",
    "Yasmine Ferhaoui",
    "Ferhaoui, Yasmine",
    halles,
    "Poète et essayiste, elle anime un atelier d'écriture dans une ancienne filature.",
    "Poet and essayist; she runs a writing workshop in a former mill.",
  ),
  person(
    "odile-marchandeau",
    "Odile Marchandeau",
    "Marchandeau, Odile",
    halles,
    "Cuisinière de marché. Trente ans derrière le même fourneau, et pas une recette écrite avant celles-ci.",
  ),
  person(
    "lucien-peyrache",
    "Lucien Peyrache",
    "Peyrache, Lucien",
    halles,
    "Historien des gestes et des ateliers, petit-fils de tisseuse.",
  ),
  person(
    "camille-dorsenne",
    "Camille Dorsenne",
    "Dorsenne, Camille",
    halles,
    "Illustratrice. Papiers découpés, encre et patience.",
  ),
  person(
    "ilse-brandt",
    "Ilse Brandt",
    "Brandt, Ilse",
    halles,
    "Traductrice et preneuse de son ; elle écoute les deux de la même oreille.",
    "Translator and sound engineer; she listens to both with the same ear.",
  ),
  person(
    "tom-grangeon",
    "Tom Grangeon",
    "Grangeon, Tom",
    halles,
    "Musicien électronique, il échantillonne des machines que l'on croyait muettes.",
  ),
  person(
    "maelle-kervadec",
    "Maëlle Kervadec",
    "Kervadec, Maëlle",
    halles,
    "Harpiste, venue de Cornouaille aux pentes de la Croix-Rousse avec une harpe sur le dos.",
  ),
  person(
    "hugo-lanterna",
    "Hugo Lanterna",
    "Lanterna, Hugo",
    halles,
    "Contrebassiste et meneur d'un trio sans chef.",
  ),
  person(
    "nora-essaidi",
    "Nora Essaïdi",
    "Essaïdi, Nora",
    halles,
    "Accordéoniste et pianiste, elle compose des valses d'une minute pour des attentes d'une heure.",
  ),
];
