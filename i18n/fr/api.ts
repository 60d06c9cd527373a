/** Les mots de l’API : sa page, sa description pour les programmes, et ce qu’elle refuse. */
export const api = {
  title: "L’API de ventes.coop",
  lead: "Le catalogue pour tous les programmes\u00a0; et pour ceux d’une coopérative, avec une clé, ses ventes, ses relevés, ses versements et ses fiches.",
  openApi: "La description complète, en OpenAPI\u00a03.1",
  contents: "Sur cette page",
  begin: {
    title: "Pour commencer",
    text: [
      "Tout est en JSON, à une seule adresse. Le catalogue publié se lit sans clé.",
      "Les sommes sont des entiers, en cents\u00a0: 1500 vaut 15,00. Les moments sont en UTC.",
      "Une liste donne ses éléments dans items et, s’il en reste, un curseur dans next\u00a0: passez-le dans cursor pour la suite. La liste des œuvres va dans l’ordre des changements\u00a0: gardez le dernier curseur, et vous ne lirez que ce qui a changé depuis.",
    ],
  },
  keys: {
    title: "Les clés",
    text: [
      "L’administration d’une coopérative donne les clés, dans son bureau. Chacune dit ce qu’elle permet, et n’ouvre que sa coopérative\u00a0: le reste n’existe pas (404).",
      "Envoyez-la dans l’en-tête Authorization. Elle n’est montrée qu’une fois\u00a0; si elle se perd, révoquez-la et faites-en une autre.",
    ],
  },
  care: {
    title: "Réponses, limites et refus",
    text: [
      "Chaque réponse porte un ETag\u00a0: renvoyé dans If-None-Match, il vaut une réponse 304 si rien n’a changé. Dans If-Match, il garde d’écrire par-dessus ce qu’une autre personne vient d’écrire (412).",
      "Une clé peut appeler 300\u00a0fois par minute, et 60\u00a0fois sans clé. Au-delà, la réponse est 429, et Retry-After dit combien de secondes attendre.",
      "Un refus est dit en mots (RFC\u00a09457), en français, ou en anglais si Accept-Language le demande.",
    ],
    columns: { status: "Statut", code: "Code", words: "Ce qu’il dit" },
  },
  list: { title: "Les appels" },
  columns: { field: "Champ", type: "Type", note: "Sens" },
  parametersTitle: "Paramètres",
  bodyTitle: "Ce qui s’envoie",
  answerTitle: "Ce qui est répondu",
  open: "sans clé",
  answered: "La réponse.",
  refused: "Un refus, en mots.",
  received: "Bien reçu\u00a0: l’événement ne sera pas renvoyé.",
  needs: (scope: string): string => `Demande une clé qui permet ${scope}.`,
  scopes: {
    "catalogue:read": "Lire les fiches de la coopérative, publiées ou non",
    "catalogue:write": "Corriger les fiches, comme le comptoir",
    "sales:read": "Lire les ventes, leurs lignes, leurs écritures et leurs remboursements",
    "statements:read": "Lire la liste des membres et leurs relevés",
    "payouts:read": "Lire les versements",
  },
  operations: {
    listWorks:
      "Les œuvres publiées, dans l’ordre de leurs changements\u00a0; celles qui ont quitté la boutique y sont encore, sans leur fiche.",
    getWork: "Une œuvre, par son identifiant ou par le mot de son adresse.",
    listPeople: "Les personnes et les groupes qui ont pris part à une œuvre publiée.",
    getPerson: "Une personne ou un groupe, avec ses œuvres.",
    listCoops: "Les coopératives.",
    getCoop: "Une coopérative.",
    listRecords: "Les œuvres de la coopérative, quel que soit leur état, dans l’ordre de leurs changements.",
    getRecord: "La fiche d’une œuvre de la coopérative.",
    changeRecord:
      "Corrige une fiche\u00a0: les champs donnés, et eux seuls. Le registre le note au nom de qui a fait la clé.",
    listSales: "Les ventes de la coopérative, la dernière d’abord\u00a0; ses lignes seulement.",
    getSale: "Une vente\u00a0: ses lignes, ce que disent les livres, ce qui a été remboursé ou contesté.",
    listMembers: "Les membres de la coopérative.",
    getStatement: "Le relevé d’un membre pour une période\u00a0: solde au début, mouvements, solde à la fin.",
    listPayouts: "Les versements à la coopérative et à ses membres, le dernier décidé d’abord.",
  },
  parameters: {
    id: "Un identifiant\u00a0; pour une œuvre, une personne ou une coopérative publiques, aussi le mot de son adresse.",
    cursor: "Le next de la page précédente.",
    limit: "Combien en donner, de 1 à 200\u00a0; 50 si rien n’est dit.",
    coop: "D’une seule coopérative, par le mot de son adresse.",
    changedSince: "Ce qui a changé depuis ce jour ou ce moment.",
    from: "À partir de ce jour ou de ce moment.",
    until: "Avant ce jour ou ce moment.",
    period:
      "Une année (2026), un trimestre (2026-T2), un mois (2026-03), ou des jours (2026-03-01_2026-03-15).",
  } as Record<string, string>,
  fields: {
    next: "Le curseur de la suite\u00a0; null à la fin.",
    slug: "Le mot de son adresse.",
    amount: "En cents.",
    currency: "En trois lettres\u00a0: cad.",
    work: "null\u00a0: elle a quitté la boutique.",
    changedAt: "Le moment de son dernier changement.",
    language: "BCP\u00a047\u00a0: fr-CA.",
    publishedOn: "Une année, un mois ou un jour.",
    suggested: "Le prix proposé, où le prix est libre.",
    workIds: "De la plus récente à la plus ancienne.",
    works: "Combien d’œuvres publiées.",
    place: "Le territoire\u00a0: CA-QC.",
    unitPrice: "En cents, avant rabais et taxes.",
    feePart: "La part des frais de carte\u00a0; null tant qu’ils ne sont pas connus.",
    lines: "Celles de la coopérative seulement.",
    entries: "Les écritures qui la touchent. Débit positif, crédit négatif.",
    account: "Un compte des livres\u00a0; elsewhere\u00a0: tous ceux des autres ensemble.",
    opening: "Ce qui était dû au début de la période.",
    closing: "Ce qui est dû à la fin\u00a0: opening et tout ce qui a bougé.",
    gross: "Ce que la ligne a rapporté.",
    others: "Aux autres qui partagent l’œuvre.",
    memberId: "null\u00a0: à la coopérative elle-même.",
    saleId: "null\u00a0: cela n’est pas d’une seule vente.",
    fields: "Ce que dit la fiche. null\u00a0: rien.",
    state: "L’état, en un mot.",
    answerBefore: "Jusqu’à quand répondre à la banque.",
    at: "Quand cela s’est passé.",
    number: "Le numéro que lit une personne.",
  } as Record<string, string>,
  told: {
    title: "Être prévenu",
    text: [
      "L’administration dit, dans son bureau, à quelle adresse (https) et de quoi un programme veut être prévenu. Chaque événement y est envoyé par POST\u00a0; une réponse de 200 à 299 dit qu’il est reçu.",
      "Sinon, il est renvoyé sept fois, de plus en plus tard, pendant près d’un jour\u00a0; puis il attend au bureau, où un bouton le renvoie. Un événement peut arriver deux fois\u00a0: son id reste le même. L’ordre n’est pas promis.",
      "L’en-tête Ventes-Signature contient un moment (t, en secondes) et une signature (v1)\u00a0: le HMAC-SHA256, en hexadécimal, de ce moment, d’un point et du corps, avec le secret de l’adresse. Vérifiez-la sur les octets reçus, et refusez un moment vieux de plus de cinq minutes.",
    ],
    receiver: "Un programme qui vérifie, en Node.js",
  },
  events: {
    "sale.paid": "Une vente est payée.",
    "sale.refunded": "Un remboursement est parti.",
    "work.published": "Une œuvre entre dans la boutique.",
    "work.withdrawn": "Une œuvre quitte la boutique.",
    "payout.sent": "Un versement est parti.",
    "dispute.opened": "Une banque conteste une vente, et l’argent est retiré.",
  },
  problems: {
    bad_request: {
      title: "Demande illisible",
      detail: (field: string): string => `Le paramètre «\u00a0${field}\u00a0» est inconnu ou ne se lit pas.`,
    },
    no_key: {
      title: "Clé demandée",
      detail: (_: string): string =>
        "Envoyez une clé dans l’en-tête Authorization\u00a0: Bearer, puis la clé.",
    },
    unknown_key: {
      title: "Clé refusée",
      detail: (_: string): string => "Cette clé n’ouvre rien\u00a0: elle est inconnue, échue ou révoquée.",
    },
    scope_missing: {
      title: "Clé insuffisante",
      detail: (scope: string): string => `Cette clé ne permet pas ${scope}.`,
    },
    not_found: {
      title: "Introuvable",
      detail: (_: string): string => "Il n’y a rien ici, ou rien que cette clé puisse voir.",
    },
    method_not_allowed: {
      title: "Méthode refusée",
      detail: (_: string): string => "Cette adresse ne se demande pas ainsi.",
    },
    conflict: {
      title: "Changé entre-temps",
      detail: (_: string): string =>
        "Une autre personne vient de changer la même chose. Relisez, puis réessayez.",
    },
    gone: {
      title: "Retirée",
      detail: (_: string): string => "Cette œuvre a quitté la boutique.",
    },
    changed_since: {
      title: "Changé depuis",
      detail: (_: string): string => "Ce n’est plus ce que dit l’ETag de If-Match. Relisez, puis réessayez.",
    },
    too_large: {
      title: "Trop long",
      detail: (_: string): string => "Un envoi a 256\u00a0ko au plus.",
    },
    not_json: {
      title: "JSON attendu",
      detail: (_: string): string => "Envoyez du JSON, avec l’en-tête Content-Type\u00a0: application/json.",
    },
    invalid: {
      title: "Valeur refusée",
      detail: (field: string): string =>
        `Le champ «\u00a0${field}\u00a0» est inconnu ou ne peut pas se garder ainsi.`,
    },
    too_many_calls: {
      title: "Trop d’appels",
      detail: (seconds: string): string => `Réessayez dans ${seconds}\u00a0secondes.`,
    },
  },
};
