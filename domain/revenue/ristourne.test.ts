import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shareSurplus } from "./ristourne.ts";

const of = (...amounts: number[]) => amounts.map((amount, i) => ({ memberId: `m${i}`, amount }));
const parts = (ristourne: ReturnType<typeof shareSurplus>) => ristourne.parts.map((part) => part.amount);

describe("a surplus", () => {
  test("20 % to the reserve, the rest by patronage, to the cent", () => {
    const shared = shareSurplus(
      { surplus: 1_000_000, nonMemberBp: 0, reserveBp: 2000 },
      of(812_345, 400_001, 99_999, 1),
    );
    expect(shared).toMatchObject({ fromNonMembers: 0, toReserve: 200_000, unshared: 0, toMembers: 800_000 });
    expect(parts(shared)).toEqual([495_202, 243_839, 60_959, 0]);
  });

  test("what came from non-members goes to the reserve whole, before its part of the rest", () => {
    const shared = shareSurplus({ surplus: 500_000, nonMemberBp: 1200, reserveBp: 1000 }, of(3, 3, 1));
    expect(shared).toMatchObject({ fromNonMembers: 60_000, toReserve: 44_000, toMembers: 396_000 });
    expect(parts(shared)).toEqual([169_714, 169_714, 56_572]);
  });

  test("halves go upward, and the reserve's part is of what is left", () => {
    expect(shareSurplus({ surplus: 101, nonMemberBp: 5000, reserveBp: 5000 }, of(1))).toMatchObject({
      fromNonMembers: 51,
      toReserve: 25,
      toMembers: 25,
    });
  });

  test("where nobody dealt with the co-op, nothing is shared and all of it stays in the reserve", () => {
    const terms = { surplus: 1000, nonMemberBp: 0, reserveBp: 1000 };
    expect(shareSurplus(terms, of(0, 0))).toMatchObject({ toReserve: 100, unshared: 900, toMembers: 0 });
    expect(shareSurplus(terms, [])).toMatchObject({ toReserve: 100, unshared: 900, parts: [] });
  });

  test("no surplus, no rate outside 0 to 10000, nobody twice", () => {
    expect(() => shareSurplus({ surplus: 0, nonMemberBp: 0, reserveBp: 0 }, of(1))).toThrow("not a surplus");
    expect(() => shareSurplus({ surplus: 1, nonMemberBp: 0, reserveBp: 10_001 }, of(1))).toThrow(
      "basis points",
    );
    expect(() => shareSurplus({ surplus: 1, nonMemberBp: 0, reserveBp: 0 }, [...of(1), ...of(2)])).toThrow(
      "twice",
    );
  });

  test("no cent is lost or made, and who dealt more never gets less", () => {
    const bp = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 ** 12 }),
        bp,
        bp,
        fc.array(fc.integer({ min: 0, max: 10 ** 11 }), { maxLength: 30 }),
        (surplus, nonMemberBp, reserveBp, amounts) => {
          const shared = shareSurplus({ surplus, nonMemberBp, reserveBp }, of(...amounts));
          const { fromNonMembers, toReserve, unshared, toMembers } = shared;
          expect(fromNonMembers + toReserve + unshared + toMembers).toBe(surplus);
          expect(parts(shared).reduce((all, part) => all + part, 0)).toBe(toMembers);
          const byPatronage = [...shared.parts].sort((a, b) => a.patronage - b.patronage);
          for (const [i, part] of byPatronage.entries()) {
            const next = byPatronage[i + 1];
            if (next && next.patronage > part.patronage)
              expect(next.amount).toBeGreaterThanOrEqual(part.amount);
          }
        },
      ),
    );
  });
});
