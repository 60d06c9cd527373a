import { type Amount, sum } from "../money/amount.ts";
import { largestRemainder } from "../money/largest-remainder.ts";
import { basisPointsHalfUp } from "../money/percent.ts";

/** What a member dealt with the co-op in a year: what their works brought them. At least 0. */
export type Patronage = { memberId: string; amount: Amount };

/** As the meeting voted; rates in basis points. */
export type RistourneTerms = {
  /** Of the year, from the co-op's full accounts. Above 0. */
  surplus: Amount;
  /** Of the surplus, what came from dealings with people who are not members. */
  nonMemberBp: number;
  /** Of what is left after that, what goes to the reserve. */
  reserveBp: number;
};

export type Ristourne = {
  /** To the reserve: what came from non-members, what the meeting put there, and what nobody has a part in. */
  fromNonMembers: Amount;
  toReserve: Amount;
  unshared: Amount;
  toMembers: Amount;
  /** In the order given; each member's part of what goes to the members. */
  parts: { memberId: string; patronage: Amount; amount: Amount }[];
};

/**
 * Shares a surplus (money conventions, § 7): the non-members' part to the reserve, of the rest the part voted to the reserve, the
 * remainder to the members by largest remainder over their patronage. Where no member has any, it all stays in the reserve.
 */
export function shareSurplus(
  { surplus, nonMemberBp, reserveBp }: RistourneTerms,
  patronage: readonly Patronage[],
): Ristourne {
  if (!Number.isSafeInteger(surplus) || surplus <= 0) throw new RangeError(`not a surplus: ${surplus}`);
  for (const bp of [nonMemberBp, reserveBp]) {
    if (!Number.isSafeInteger(bp) || bp < 0 || bp > 10_000) throw new RangeError(`not basis points: ${bp}`);
  }
  if (new Set(patronage.map((each) => each.memberId)).size < patronage.length)
    throw new RangeError("a member is named twice");
  const fromNonMembers = basisPointsHalfUp(surplus, nonMemberBp);
  const toReserve = basisPointsHalfUp(surplus - fromNonMembers, reserveBp);
  const left = surplus - fromNonMembers - toReserve;
  const cuts = largestRemainder(
    left,
    patronage.map((each) => each.amount),
  );
  const toMembers = sum(cuts);
  return {
    fromNonMembers,
    toReserve,
    unshared: left - toMembers,
    toMembers,
    parts: patronage.map(({ memberId, amount }, i) => ({ memberId, patronage: amount, amount: cuts[i]! })),
  };
}
