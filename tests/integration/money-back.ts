import type { Step, Story } from "#tests/stories/format.ts";
import type { Stage } from "#tests/stories/stage.ts";

/** A drawn story of which every sale is paid at once, and many are refunded or disputed some day after. */
export function withMoneyBack(story: Story): Step[] {
  let paid = 0;
  return story.steps.flatMap((step): Step[] => {
    if (step.do === "pay" || step.do === "fee_known") return [];
    if (step.do !== "checkout") return [step];
    paid += 1;
    const { sale } = step;
    const to = new Date(Date.parse(story.start) + paid * 86_400_000).toISOString();
    const day = { do: "clock", to } as const;
    const back: Step[][] = [
      [],
      [{ do: "refund", refund: `r${sale}`, sale }],
      [
        day,
        { do: "refund", refund: `r${sale}`, sale, amount: 37 },
        { do: "refund_failed", refund: `r${sale}` },
      ],
      [
        day,
        { do: "dispute", dispute: `d${sale}`, status: "opened", sale },
        { do: "dispute", dispute: `d${sale}`, status: "lost" },
      ],
      [{ do: "refund", refund: `r${sale}`, sale, amount: 51, by: "stripe" }, day],
    ];
    return [step, { do: "pay", sale }, ...back[paid % back.length]!];
  });
}

/** Whether a step touches a sale that was never paid: refused, or lost to a fault. */
export async function isOfNoSale(stage: Stage, step: Step): Promise<boolean> {
  if (step.do !== "refund" && !(step.do === "dispute" && step.sale)) return false;
  const id = stage.sales.get(step.sale!)?.id;
  const sale = id
    ? await stage.db.selectFrom("sale").select("split_at").where("id", "=", id).executeTakeFirst()
    : undefined;
  return !sale?.split_at;
}
