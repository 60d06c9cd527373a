/** Words of the player, which stays below every page, and of the player that stands on other sites. */
export const hearing = {
  label: "Lecteur de musique",
  keys: "Espace\u00a0: lecture ou pause. Flèches gauche et droite\u00a0: reculer ou avancer de cinq secondes.",
  play: "Lecture",
  pause: "Pause",
  previous: "Piste précédente",
  next: "Piste suivante",
  close: "Fermer le lecteur",
  seek: (title: string) => `Position dans «\u00a0${title}\u00a0»`,
  time: (at: string, whole: string) => `${at} de ${whole}`,
  playing: (title: string, by: string) =>
    by ? `Lecture de «\u00a0${title}\u00a0», ${by}` : `Lecture de «\u00a0${title}\u00a0»`,
  playTrack: (title: string) => `Écouter «\u00a0${title}\u00a0»`,
  pauseTrack: (title: string) => `Suspendre «\u00a0${title}\u00a0»`,
  addTrack: (title: string) => `Ajouter «\u00a0${title}\u00a0» à la suite`,
  playAll: "Tout écouter",
  addAll: "Ajouter à la suite",
  added: (n: number) => (n < 2 ? "1 piste ajoutée à la suite" : `${n} pistes ajoutées à la suite`),
  queue: {
    open: (n: number) => `La suite (${n})`,
    title: "La suite",
    now: "en cours",
    close: "Fermer la suite",
    up: (title: string) => `Monter «\u00a0${title}\u00a0»`,
    down: (title: string) => `Descendre «\u00a0${title}\u00a0»`,
    remove: (title: string) => `Retirer «\u00a0${title}\u00a0»`,
    next: (title: string) => `Jouer «\u00a0${title}\u00a0» juste après`,
    moved: (title: string, place: number) => `«\u00a0${title}\u00a0», maintenant en place ${place}`,
    removed: (title: string) => `«\u00a0${title}\u00a0» retirée`,
  },
  left: (n: number) =>
    n === 0
      ? "Dernière écoute gratuite"
      : n === 1
        ? "Encore 1 écoute gratuite"
        : `Encore ${n} écoutes gratuites`,
  held: "À vous, sans limite",
  free: (n: number) =>
    n === 1
      ? "Chaque piste s’écoute une fois avant d’acheter, sans compte ni pistage."
      : `Chaque piste s’écoute ${n} fois avant d’acheter, sans compte ni pistage.`,
  freeAlways: "Chaque piste s’écoute librement.",
  limit: {
    title: (title: string) => `Vous avez fini les écoutes gratuites de «\u00a0${title}\u00a0».`,
    told: "Si elle vous plaît, elle peut être à vous\u00a0: vous l’entendrez alors sans limite, et qui l’a faite sera payé.",
    buy: "Voir l’album et l’acheter",
  },
  trouble: (title: string) => `«\u00a0${title}\u00a0» ne peut pas être lue en ce moment.`,
  again: "Réessayer",
  embed: {
    title: (title: string) => `Écouter «\u00a0${title}\u00a0»`,
    buy: "Acheter",
    on: "sur ventes.coop",
    none: "Aucune piste ne s’écoute ici.",
  },
};
