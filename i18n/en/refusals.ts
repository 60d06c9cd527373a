import type { refusals as fr } from "../fr/refusals.ts";
import { frame } from "./frame.ts";

export const refusals: typeof fr = {
  not_found: "We found nothing at this address.",
  link_used: "This link has been used or is no longer valid. Ask for a new one: it arrives within seconds.",
  link_other_browser: "This link was asked for in another browser. Open it there, or ask for a new one here.",
  too_many_requests: frame.errors.tooMany,
  too_many_devices:
    "Twenty devices open your library already. End the access of those that are no longer used, then try again.",
  price_changed:
    "The price of “{title}” has changed since you put it in your cart. Check the new price before paying.",
  price_below_minimum: "The amount chosen for “{title}” is below the minimum asked.",
  amount_above_maximum: "This amount is more than we can take at once.",
  too_many_lines: "A cart holds one hundred works at most.",
  mixed_currencies: "A cart can’t mix two currencies.",
  work_withdrawn: "“{title}” is no longer for sale.",
  nothing_to_pay: "There is nothing to pay: these works are free.",
  not_free: "These works are not free.",
  coupon_unknown: "No discount has this code. Check the letters, then try again.",
  coupon_over: "This code is over: its time has passed.",
  coupon_to_come: "This code is not good yet. Keep it for later.",
  coupon_used_up: "This code has been used as many times as it could be.",
  coupon_used_by_you: "You have already used this code as many times as allowed.",
  coupon_elsewhere: "This code is for none of the works in your cart.",
  coupon_leaves_too_little:
    "With this code, less would be left to pay than a card accepts. Add a work, or remove the code.",
  coupon_invalid:
    "This code does not hold: 3 to 24 letters, digits or hyphens, 1 to 100% off or an amount, an end after the start, and your own works only.",
  coupon_taken: "The code “{code}” is taken. Choose another.",
  bundle_over: "A bundle in your cart is no longer offered at this price. Here is the new total.",
  bundle_invalid:
    "This bundle does not hold: a title, at least two works on sale at a fixed price, one of them the co-op’s, and a price of $0.50 or more, lower than their sum.",
  code_unknown: "No work waits under this code. Check the signs, then try again.",
  code_used: "This code has been used. If it was you, the link to your files is in your email.",
  code_over: "This code is no longer good.",
  code_is_coupon: "This code is a discount: put a work in your cart, then type it there.",
  gift_refunded: "This gift was refunded to the person who gave it: there is nothing left to receive.",
  gift_invalid: "This gift lacks a name, an email or a signature, or its date is not within the coming year.",
  press_count: "1 to {most} codes at a time.",
  cart_empty: "Your cart is empty.",
  session_expired: "The time to pay has run out. Nothing was charged; you may start again.",
  payment_unavailable:
    "The payment page does not answer at the moment. Nothing was charged; try again shortly.",
  rule_invalid: "This rule does not hold.",
  rule_backdated: "A rule can’t come into force in the past.",
  rule_overlap: "Another rule comes into force at the same instant.",
  rule_vote_to_come: "A vote still to come has no result yet: record it once it is held.",
  shares_invalid: "These shares won’t do: whole numbers, not all zero, one line a person.",
  member_left:
    "This person has left the co-op. The co-op has to welcome them back first; then you can name them in a share.",
  already_decided: "This submission has been answered already.",
  work_not_ready:
    "This work cannot be sold yet: it lacks a title, a file, shares or, since it has a price, a rule in force.",
  reason_missing: "Write a few words: without them the artist will not know what to mend.",
  work_submitted: "This work is in the hands of your co-op. Withdraw the submission to change it.",
  work_not_published: "This work is not for sale.",
  work_published: "This work is for sale already.",
  work_incomplete: "Something is still missing from this work. The list below says what.",
  price_too_small: "A price is $0 or at least $0.50.",
  free_plays: "Free plays go from 1 to {most}. For no limit, leave it empty.",
  price_suggestion: "The suggested price can’t be under the floor, nor under $0.50.",
  tracks_changed: "The list of tracks has changed in the meantime. Here it is; set the order again.",
  upload_kind: "“{name}” is not a format that we can take here.",
  upload_too_large: "“{name}” is too heavy: {limit} MB at most for this kind of file.",
  upload_empty: "“{name}” is empty.",
  upload_quota: "There is no room left in your studio ({limit} GB). Remove files, or write to your co-op.",
  upload_too_many: "A work has at most {limit} files.",
  upload_incomplete: "A part of “{name}” is still missing. Resume: only what is missing will be sent.",
  upload_size_differs: "“{name}” changed while it was being sent. Send it again.",
  upload_over: "This upload is over or has expired. Choose the file again.",
  upload_sold: "This file belongs to a published work: it can only be replaced.",
  threshold_too_high: "That threshold is too high: your money would wait too long.",
  account_of_another:
    "That account belongs to another member. A payout account has one owner, unless your co-op marked it as shared.",
  nothing_stuck: "No transfer has stopped for this person.",
  clear_first: "A transfer has stopped: clear it first, once you have looked at it at Stripe.",
  transfer_differs:
    "Stripe made this transfer for another amount. Put it right in its dashboard first, then clear it.",
  notice_in_future: "That day has not come yet: record the notice once it was given.",
  refund_too_large: "Not as much is left to refund on this sale.",
  refund_changed:
    "In the meantime, what is left to refund of this sale has changed. Here is where it stands: look again before you confirm.",
  evidence_sent: "This answer has already left: it can no longer change.",
  dispute_decided: "The bank has already decided: there is nothing left to answer.",
  sale_disputed: "The buyer’s bank disputes this payment: it cannot be refunded before the bank has decided.",
  difference_closed: "This difference is explained already.",
  no_surplus: "This year left no surplus: there is no patronage refund to share.",
  ristourne_elsewhere: "This co-op’s money is not on the platform: it pays its patronage refund itself.",
  notice_missing:
    "The notice that the law asks for is not recorded yet. First write down when and how it was given.",
  not_yet_unclaimed: "Nothing has been due to this person for three years: there is nothing to hand over.",
  nothing_unclaimed: "Nothing is set aside for this person.",
  authority_missing: "Say to whom the money was handed over.",
  nothing_remitted: "It came back already, or was never handed over.",
  proof_missing: "Write down what proves this payment: the number of a wire or of a cheque, or a few words.",
  payment_in_future: "A payment already made can’t have a date to come.",
  payment_recorded: "A payment of that day already carries this reference, with another amount. Check both.",
  payee_is_served: "This person’s account takes transfers: what is owed to them leaves by itself.",
  outside_payment_too_large: "This is more than what is owed to this person and can be paid now.",
  write_off_too_large: "This person does not owe as much.",
  field_invalid: "This value does not suit the field “{field}”.",
  passkey_no_name:
    "A passkey is made for the name of a site, and this address has none. Open the shop by its name (in the demo: “localhost” instead of “127.0.0.1”).",
  passkey_invalid: "This passkey was not accepted. Try again, or ask for a link by e-mail.",
  passkey_recovery_needed:
    "You came in by e-mail, and this account already has a passkey. Come in with it; if it is lost, another administrator of your co-op can let you make a new one.",
  too_many_passkeys: "Twenty passkeys is the most. Remove one first.",
  mail_taken: "That address is another account’s already.",
  mail_same: "That is your address already.",
  second_person_needed: "This takes a second person.",
  second_person_missing: "Acting by two takes at least two people in the co-op’s treasury or administration.",
  act_over: "This proposal has had its answer, or its seven days are over.",
  act_own: "You proposed this: somebody else has to confirm it.",
  erasure_role: "You still have a role in a co-op. Have it taken back first.",
  erasure_owed:
    "Money is still to be paid or made up in your name. Once the account is at zero, come back here.",
  erasure_works: "One of your works is still for sale. Withdraw it first; whoever bought it keeps it.",
  erasure_sale: "A purchase or a dispute in your name is still under way. Come back when it is over.",
  incident_not_told:
    "An incident with a serious risk is closed only once the Commission and the people were told.",
  merge_same: "That is the same record: choose another.",
  people_merged: "One of these two records has been joined to another already. Reload the page.",
  people_of_others:
    "Works of another co-op name this person too: keep their record, and join the other to it.",
  people_numbers:
    "Their {scheme} numbers differ, and somebody confirmed them: they are two people until one of them is corrected.",
  people_members: "They are two members, so two people.",
  split_whole: "Leave the first person at least one work.",
  merge_covered: "A later merge touches this record: undo that one first.",
  work_merged: "This record has been joined to another. Reload the page.",
  merge_coops: "These two works are of different co-ops: each keeps its own.",
  merge_albums: "Two albums are not joined: their tracks would be there twice.",
  merge_languages:
    "These two books are not in the same language: a translation stays a work of its own. Link them instead.",
  merge_unpublished:
    "Keep the one that is for sale: its address is known, and nobody can see the other record yet.",
  merge_underway: "A file of one of them is still on its way. Wait until it is read, or remove it.",
  merge_currencies: "These two works are sold in different currencies.",
  merge_expenses:
    "The work that would go has expenses that its sales have not paid back yet, and no longer would. Keep it, or wait.",
  merge_shares:
    "The two works are not shared alike: sales to come would take somebody’s part away. Agree on the shares first.",
  merge_sold:
    "Since they were joined, the work was sold {copies} times with all its editions: undoing it would take one from those who bought it.",
  record_changed:
    "Meanwhile {by} has written “{value}” here. What you typed is still in the form: save again to keep it, or reload the page to give it up.",
};
