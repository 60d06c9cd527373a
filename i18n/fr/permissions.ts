/** Qui peut quoi, tel que le bureau le montre. */
export const permissions = {
  title: "Qui peut quoi",
  lead: "Un rôle vaut dans une coopérative et n’ouvre rien dans une autre. Le membre voit et fait ce qui touche ses œuvres et sa part, sans aucun rôle.",
  verb: "Ce qui se fait",
  roles: { curator: "Comptoir", treasurer: "Trésorerie", admin: "Administration" },
  yes: "oui",
  no: "non",
  platformOnly: "coopérative qui possède le compte Stripe seulement",
  verbs: {
    judgeWorks: "Lire ce qui est soumis, publier, retourner, retirer, corriger les fiches",
    readMoney: "Lire les ventes, les livres, les relevés, les membres et leurs comptes, les règles",
    refund: "Rembourser ce que la coopérative a vendu",
    answerDisputes: "Répondre à une banque qui conteste une vente",
    settlePayees:
      "Reprendre un versement, noter un paiement hors Stripe, radier, remettre ce qui n’est pas réclamé",
    reconcile: "Lire le rapprochement, en demander un",
    explainDifferences: "Expliquer un écart, par une écriture",
    closeYear: "Fermer une année, ristourner l’excédent",
    admitMembers: "Accueillir un membre",
    giveTaxNumbers: "Donner les numéros de taxes",
    proposeRules: "Proposer une règle de partage",
    decideRules: "Inscrire ce que l’assemblée a décidé d’une règle",
  },
};
