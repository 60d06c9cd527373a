import { frame } from "./frame.ts";

/** Every "no" that a person may be shown. A code is the name; `{detail}` marks are filled from the refusal's details. */
export const refusals = {
  not_found: "Nous n’avons rien trouvé à cette adresse.",
  link_used:
    "Ce lien a déjà servi ou n’est plus valable. Demandez-en un nouveau : il arrive en quelques secondes.",
  link_other_browser:
    "Ce lien a été demandé dans un autre navigateur. Ouvrez-le là, ou demandez-en un nouveau ici.",
  too_many_requests: frame.errors.tooMany,
  too_many_devices:
    "Vingt appareils ouvrent déjà votre bibliothèque. Fermez l’accès de ceux qui ne servent plus, puis réessayez.",
  price_changed:
    "Le prix de « {title} » a changé depuis que vous l’avez mis au panier. Vérifiez le nouveau prix avant de payer.",
  price_below_minimum: "Le montant choisi pour « {title} » est sous le minimum demandé.",
  amount_above_maximum: "Ce montant dépasse ce que nous pouvons encaisser en une fois.",
  too_many_lines: "Un panier compte au plus cent œuvres.",
  mixed_currencies: "Un panier ne peut pas mêler deux monnaies.",
  work_withdrawn: "« {title} » n’est plus en vente.",
  nothing_to_pay: "Il n’y a rien à payer : ces œuvres sont gratuites.",
  not_free: "Ces œuvres ne sont pas gratuites.",
  cart_empty: "Votre panier est vide.",
  collection_empty: "Aucune œuvre de cette sélection n’est en vente : ajoutez-en une avant de la montrer.",
  collection_invalid:
    "Une sélection veut un titre en français et des œuvres en vente, chacune une seule fois, cent au plus.",
  front_invalid: "La vitrine compte douze rayons au plus, et chacun une seule fois.",
  report_moved: "Ce signalement a déjà reçu une réponse. Rechargez la page pour la lire.",
  report_words_missing: "Dites en quelques mots ce qui est en cause et pourquoi\u00a0: l’artiste les lira.",
  work_reported:
    "Cette œuvre a été signalée et la coopérative n’a pas encore décidé\u00a0: elle pourra être soumise ensuite.",
  bundle_over: "Un ensemble de votre panier n’est plus offert à ce prix. Voici le nouveau total.",
  bundle_invalid:
    "Cet ensemble ne tient pas : un titre, au moins deux œuvres en vente à prix fixe, dont une de la coopérative, et un prix d’au moins 0,50 $, plus bas que leur somme.",
  code_unknown: "Aucune œuvre n’attend sous ce code. Vérifiez les signes, puis essayez de nouveau.",
  code_used: "Ce code a déjà servi. Si c’était vous, le lien vers vos fichiers est dans votre courriel.",
  code_over: "Ce code ne vaut plus.",
  code_is_coupon: "Ce code est un rabais : mettez une œuvre au panier, puis tapez-le là.",
  gift_refunded: "Ce cadeau a été remboursé à la personne qui l’offrait : il n’y a plus rien à recevoir.",
  gift_invalid:
    "Il manque à ce cadeau un nom, un courriel ou une signature, ou sa date n’est pas dans l’année qui vient.",
  press_count: "De 1 à {most} codes à la fois.",
  coupon_unknown: "Aucun rabais ne porte ce code. Vérifiez les lettres, puis essayez de nouveau.",
  coupon_over: "Ce code ne vaut plus : son temps est passé.",
  coupon_to_come: "Ce code ne vaut pas encore. Gardez-le pour plus tard.",
  coupon_used_up: "Ce code a servi autant de fois qu’il le pouvait.",
  coupon_used_by_you: "Vous avez déjà utilisé ce code autant de fois que permis.",
  coupon_elsewhere: "Ce code n’est pour aucune des œuvres de votre panier.",
  coupon_leaves_too_little:
    "Avec ce code, il resterait à payer moins que ce qu’une carte accepte. Ajoutez une œuvre, ou retirez le code.",
  coupon_invalid:
    "Ce code ne tient pas : de 3 à 24 lettres, chiffres ou traits d’union, un rabais de 1 à 100 % ou un montant, une fin après le début, et vos œuvres seulement.",
  coupon_taken: "Le code « {code} » est déjà pris. Choisissez-en un autre.",
  session_expired: "Le temps pour payer est écoulé. Rien n’a été débité ; vous pouvez recommencer.",
  payment_unavailable:
    "La page de paiement ne répond pas en ce moment. Rien n’a été débité ; réessayez dans un instant.",
  rule_invalid: "Cette règle ne tient pas.",
  rule_backdated: "Une règle ne peut pas entrer en vigueur dans le passé.",
  rule_overlap: "Une autre règle entre en vigueur au même instant.",
  rule_vote_to_come: "Un vote à venir n’a pas encore de résultat : notez-le quand il sera tenu.",
  plan_outdated: "Cette œuvre a changé depuis l’aperçu. Regardez de nouveau ce qui changera.",
  letter_too_soon: "Une lettre est partie il y a moins d’une semaine. Celle-ci pourra suivre bientôt.",
  no_followers: "Personne ne vous suit encore.",
  shares_changed:
    "Quelqu’un a changé le partage entre-temps. Vos parts sont encore là\u00a0: relisez-les, puis enregistrez de nouveau pour remplacer les siennes.",
  shares_invalid:
    "Ces parts ne conviennent pas : il faut des entiers positifs, pas tous nuls, une ligne par personne.",
  member_left:
    "Cette personne a quitté la coopérative. La coopérative doit d’abord l’accueillir de nouveau ; ensuite, vous pourrez la nommer dans un partage.",
  already_decided: "Cette soumission a déjà reçu sa réponse.",
  work_not_ready:
    "Cette œuvre ne peut pas encore être vendue : il lui manque un titre, un fichier, un partage ou, si elle a un prix, une règle en vigueur.",
  reason_missing: "Écrivez quelques mots : sans eux, l’artiste ne saura pas quoi corriger.",
  work_submitted:
    "Cette œuvre est entre les mains de votre coopérative. Retirez la soumission pour la modifier.",
  work_not_published: "Cette œuvre n’est pas en vente.",
  work_published: "Cette œuvre est déjà en vente.",
  work_incomplete: "Il manque encore quelque chose à cette œuvre. La liste ci-dessous dit quoi.",
  price_too_small: "Un prix est de 0 $ ou d’au moins 0,50 $.",
  free_plays: "Le nombre d’écoutes offertes va de 1 à {most}. Sans limite, laissez-le vide.",
  price_suggestion: "Le prix suggéré ne peut pas être sous le plancher, ni sous 0,50 $.",
  tracks_changed: "La liste des pistes a changé entre-temps. La voici à jour ; reprenez l’ordre.",
  upload_kind: "« {name} » n’est pas un format que nous savons recevoir ici.",
  upload_too_large: "« {name} » est trop lourd : {limit} Mo au plus pour ce genre de fichier.",
  upload_empty: "« {name} » est vide.",
  upload_quota:
    "Il ne reste plus de place dans votre atelier ({limit} Go). Retirez des fichiers, ou écrivez à votre coopérative.",
  upload_too_many: "Une œuvre compte au plus {limit} fichiers.",
  upload_incomplete:
    "Il manque encore une partie de « {name} ». Reprenez l’envoi : seul ce qui manque partira.",
  upload_size_differs: "« {name} » a changé pendant l’envoi. Envoyez-le de nouveau.",
  upload_over: "Cet envoi est terminé ou a expiré. Choisissez le fichier de nouveau.",
  upload_sold: "Ce fichier est celui d’une œuvre publiée : il ne peut être que remplacé.",
  threshold_too_high: "Ce seuil est trop haut : votre argent attendrait trop longtemps.",
  account_of_another:
    "Ce compte est celui d’un autre membre. Un compte de versement a un seul propriétaire, sauf si votre coopérative l’a marqué comme partagé.",
  nothing_stuck: "Aucun virement n’est arrêté pour cette personne.",
  clear_first: "Un virement s’est arrêté : débloquez-le d’abord, après l’avoir regardé chez Stripe.",
  transfer_differs:
    "Stripe a fait ce virement pour un autre montant. Corrigez-le d’abord à son tableau de bord, puis débloquez.",
  notice_in_future: "Ce jour n’est pas encore venu : notez l’avis une fois donné.",
  refund_too_large: "Il ne reste pas autant à rembourser sur cette vente.",
  refund_changed:
    "Entre-temps, ce qui reste à rembourser de cette vente a changé. Voici où elle en est : regardez de nouveau avant de confirmer.",
  evidence_sent: "Cette réponse est déjà partie : elle ne peut plus changer.",
  dispute_decided: "La banque a déjà tranché : il n’y a plus rien à répondre.",
  sale_disputed:
    "La banque de l’acheteur conteste ce paiement : il ne peut pas être remboursé avant qu’elle ait tranché.",
  difference_closed: "Cet écart est déjà expliqué.",
  no_surplus: "Cette année n’a pas laissé d’excédent : il n’y a pas de ristourne à partager.",
  ristourne_elsewhere:
    "L’argent de cette coopérative n’est pas sur la plateforme : elle verse elle-même sa ristourne.",
  notice_missing:
    "L’avis que la loi demande n’est pas encore inscrit. Inscrivez d’abord quand et comment il a été donné.",
  not_yet_unclaimed: "Rien n’est dû à cette personne depuis trois ans : il n’y a rien à remettre.",
  nothing_unclaimed: "Rien n’est mis de côté pour cette personne.",
  authority_missing: "Dites à qui l’argent a été remis.",
  nothing_remitted: "Cette remise est déjà revenue, ou n’a jamais été faite.",
  proof_missing: "Inscrivez ce qui prouve ce paiement : un numéro de virement, de chèque, ou quelques mots.",
  payment_in_future: "La date d’un paiement déjà fait ne peut pas être à venir.",
  payment_recorded:
    "Un paiement de ce jour porte déjà cette référence, avec un autre montant. Vérifiez l’un et l’autre.",
  payee_is_served: "Le compte de cette personne reçoit les virements : ce qui lui est dû part de lui-même.",
  outside_payment_too_large:
    "Ce montant dépasse ce qui est dû à cette personne et peut être payé maintenant.",
  write_off_too_large: "Cette personne ne doit pas autant.",
  field_invalid: "Cette valeur ne convient pas au champ « {field} ».",
  passkey_no_name:
    "Une clé d’accès est faite pour un nom de site, et cette adresse-ci n’en a pas. Ouvrez la boutique par son nom (en démo : « localhost » au lieu de « 127.0.0.1 »).",
  passkey_invalid: "Cette clé d’accès n’a pas été acceptée. Réessayez, ou demandez un lien par courriel.",
  passkey_recovery_needed:
    "Vous êtes entré par courriel, et ce compte a déjà une clé d’accès. Entrez avec elle ; si elle est perdue, une autre personne de l’administration de votre coopérative peut vous en permettre une nouvelle.",
  too_many_passkeys: "Vingt clés d’accès, c’est le plus. Retirez-en une d’abord.",
  mail_taken: "Cette adresse est déjà celle d’un autre compte.",
  mail_same: "C’est déjà votre adresse.",
  second_person_needed: "Ce geste demande une deuxième personne.",
  second_person_missing:
    "Il faut au moins deux personnes à la trésorerie ou à l’administration de la coopérative pour agir à deux.",
  act_over: "Cette proposition a déjà reçu sa réponse, ou ses sept jours sont passés.",
  act_own: "Vous avez proposé ce geste : c’est à une autre personne de le confirmer.",
  erasure_role: "Vous avez encore un rôle dans une coopérative. Faites-le reprendre d’abord.",
  erasure_owed:
    "De l’argent attend encore d’être versé ou compensé à votre nom. Une fois le compte à zéro, revenez ici.",
  erasure_works: "Une de vos œuvres est encore en vente. Retirez-la d’abord ; qui l’a achetée la garde.",
  erasure_sale: "Un achat ou un litige à votre nom est encore en cours. Revenez quand il sera terminé.",
  incident_not_told:
    "Un incident qui présente un risque sérieux ne se ferme qu’une fois la Commission et les personnes avisées.",
  merge_same: "C’est la même fiche : choisissez-en une autre.",
  people_merged: "Une de ces deux fiches a déjà été réunie à une autre. Rechargez la page.",
  people_of_others:
    "Des œuvres d’une autre coopérative nomment aussi cette personne : gardez sa fiche, et réunissez-lui l’autre.",
  people_numbers:
    "Leurs numéros {scheme} diffèrent, et quelqu’un les a confirmés : ce sont deux personnes, tant que l’un des deux n’est pas corrigé.",
  people_members: "Ce sont deux membres, donc deux personnes.",
  split_whole: "Laissez au moins une œuvre à la première personne.",
  merge_covered: "Une réunion plus récente touche cette fiche : défaites-la d’abord.",
  work_merged: "Cette fiche a été réunie à une autre. Rechargez la page.",
  merge_coops: "Ces deux œuvres sont de coopératives différentes : chacune garde la sienne.",
  merge_albums: "Deux albums ne se réunissent pas : leurs pistes seraient en double.",
  merge_languages:
    "Ces deux livres ne sont pas dans la même langue : une traduction reste une œuvre à part. Liez-les plutôt.",
  merge_unpublished:
    "Gardez celle qui est en vente : son adresse est connue, et l’autre fiche ne se voit pas encore.",
  merge_underway: "Un fichier de l’une des deux est encore en route. Attendez qu’il soit lu, ou retirez-le.",
  merge_currencies: "Ces deux œuvres se vendent dans des monnaies différentes.",
  merge_expenses:
    "L’œuvre qui partirait a des dépenses que ses ventes n’ont pas encore remboursées : elles ne le seraient plus. Gardez-la, ou attendez.",
  merge_shares:
    "Le partage des deux œuvres n’est pas le même : les ventes à venir priveraient quelqu’un de sa part. Accordez d’abord les partages.",
  merge_sold:
    "Depuis la réunion, l’œuvre a été vendue {copies} fois avec toutes ses éditions : la défaire en ôterait une à qui l’a achetée.",
  record_changed:
    "Entre-temps, {by} a écrit ici « {value} ». Ce que vous avez tapé est resté dans le formulaire : enregistrez de nouveau pour le garder, ou rechargez la page pour y renoncer.",
  too_many_keys: "{most} clés sont déjà en usage : révoquez-en une d’abord.",
  too_many_endpoints: "{most} adresses sont déjà prévenues : retirez-en une d’abord.",
  endpoint_address: "Donnez une adresse complète, qui commence par https://.",
  endpoint_unknown: "Ce nom ne mène nulle part. Vérifiez l’adresse.",
  endpoint_private: "Cette adresse mène à un réseau privé : rien n’y est envoyé.",
};

export type RefusalCode = keyof typeof refusals;
