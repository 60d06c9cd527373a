/** Words of following somebody, of wishes, and of the letter of new works. */
export const following = {
  follow: {
    title: "Qui vous suivez",
    lead: (email: string): string =>
      `Quand une œuvre paraît, nous vous écrivons à ${email} : une lettre par jour au plus. Une personne que vous suivez peut aussi vous écrire, une fois par semaine au plus.`,
    link: "Suivre",
    ask: (name: string): string => `Voulez-vous recevoir un courriel quand paraît une œuvre de ${name} ?`,
    followOf: (name: string): string => `Suivre ${name}`,
    followed: (name: string): string => `Vous suivez ${name}.`,
    backTo: "Revenir à la page",
    unfollow: "Ne plus suivre",
    unfollowOf: (name: string): string => `Ne plus suivre ${name}`,
    empty:
      "Vous ne suivez encore personne. Sur la page d’une personne ou d’une coopérative, choisissez « Suivre ».",
  },
  wishes: {
    title: "Vos envies",
    keep: "Garder pour plus tard",
    kept: (title: string): string => `« ${title} » est gardée ici.`,
    drop: "Retirer",
    dropOf: (title: string): string => `Retirer « ${title} » des envies`,
    empty: "Rien ici pour l’instant. Sur la page d’une œuvre, choisissez « Garder pour plus tard ».",
    gone: (n: number): string =>
      n < 2
        ? "Une œuvre que vous gardiez n’est plus en vente pour l’instant."
        : `${n} œuvres que vous gardiez ne sont plus en vente pour l’instant.`,
    inBrowser: "Cette liste est gardée dans ce navigateur. Pour la retrouver ailleurs :",
    signIn: "entrer",
  },
  letter: {
    subject: (titles: string[]): string =>
      titles.length === 1
        ? `Vient de paraître : ${titles[0]}`
        : `Viennent de paraître : ${titles.slice(0, 2).join(", ")}${titles.length > 2 ? "…" : ""}`,
    title: "Du nouveau de qui vous suivez",
    leave: "Ne plus recevoir ces lettres",
    because: (email: string): string =>
      `Vous recevez cette lettre à ${email} parce que vous suivez ces personnes ou ces coopératives.`,
  },
  leave: {
    title: "Ne plus recevoir ces lettres ?",
    lead: "Vous ne suivrez plus personne, et nous ne vous écrirons plus quand une œuvre paraît. Vos achats et vos reçus n’en dépendent pas.",
    leave: "Ne plus rien recevoir",
    done: "C’est fait",
    doneLead: "Vous ne recevrez plus de lettre d’œuvres nouvelles.",
    choose: "Choisir plutôt qui suivre",
  },
};
