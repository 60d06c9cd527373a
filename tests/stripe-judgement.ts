// What the checker of Stripe's contract is given and says, and how one of its words is to be taken.

export type Line = {
  kind?: string;
  method?: string;
  path?: string;
  status?: number;
  response?: { id?: string; amount?: number; source_transaction?: string | null; transfer?: string };
};
type Violation = { method: string; path: string; side: string; code: string; where: string; message: string };
export type Checker = {
  loadSpec(): object;
  createChecker(spec: object): { exchange(line: Line): Violation[]; event(line: Line): Violation[] };
};

/**
 * The checker adds up all that was ever transferred from a charge. Where a refund failed after transfers had been reversed, what was
 * taken back is rightly sent again: such a transfer is judged here by what the charge's transfers come to less their reversals.
 */
export function netOfCharges() {
  const chargeOf = new Map<string, string>();
  const net = new Map<string, number>();
  const add = (charge: string, amount: number) => net.set(charge, (net.get(charge) ?? 0) + amount);
  return {
    see({ method, path, status, response }: Line) {
      if (method !== "POST" || status !== 200 || !response?.id) return;
      const { id, amount = 0, source_transaction: charge, transfer } = response;
      if (path === "/v1/transfers" && charge && !chargeOf.has(id)) {
        chargeOf.set(id, charge);
        add(charge, amount);
      }
      const reversed = /\/reversals$/.test(path ?? "") && transfer ? chargeOf.get(transfer) : undefined;
      if (reversed && !chargeOf.has(id)) {
        chargeOf.set(id, reversed);
        add(reversed, -amount);
      }
    },
    explains({ code, message }: Violation): boolean {
      const said = /transfers from (ch_\w+) .* the charge is (\d+)$/.exec(message);
      return (
        code.endsWith("over_transferred") && said !== null && (net.get(said[1]!) ?? 0) <= Number(said[2])
      );
    },
  };
}
