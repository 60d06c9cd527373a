import type { refusals as fr } from "../fr/refusals.ts";

export const refusals: typeof fr = {
  not_found: "We found nothing at this address.",
  link_used: "This link has been used or is no longer valid. Ask for a new one: it arrives within seconds.",
  link_other_browser: "This link was asked for in another browser. Open it there, or ask for a new one here.",
  too_many_requests: "Too many requests at once. Wait a few minutes, then try again.",
  price_changed: "The price of “{title}” has changed since you put it in your cart. Check the new price before paying.",
  price_below_minimum: "The amount chosen for “{title}” is below the minimum asked.",
  amount_above_maximum: "This amount is more than we can take at once.",
  too_many_lines: "A cart holds one hundred works at most.",
  mixed_currencies: "A cart can’t mix two currencies.",
  work_withdrawn: "“{title}” is no longer for sale.",
  nothing_to_pay: "There is nothing to pay: these works are free.",
  not_free: "These works are not free.",
  cart_empty: "Your cart is empty.",
  session_expired: "The time to pay has run out. Nothing was charged; you may start again.",
  payment_unavailable: "The payment page does not answer at the moment. Nothing was charged; try again shortly.",
  rule_invalid: "This rule does not hold: {reason}.",
  rule_backdated: "A rule can’t come into force in the past.",
  rule_overlap: "Another rule comes into force at the same instant.",
  shares_invalid: "These shares won’t do: whole numbers, not all zero, one line a person.",
};
