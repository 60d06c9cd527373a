import type { Step, Story } from "#tests/stories/format.ts";
import type { Stage } from "#tests/stories/stage.ts";

const dayMs = 86_400_000;

/** A drawn story of which every sale is paid at once, and many are refunded or disputed some day after. */
export function withMoneyBack(story: Story): Step[] {
  let paid = 0;
  const drawn = story.steps.flatMap((step): Step[] => {
    if (step.do === "pay" || step.do === "fee_known") return [];
    if (step.do !== "checkout") return [step];
    paid += 1;
    const { sale } = step;
    const to = new Date(Date.parse(story.start) + paid * dayMs).toISOString();
    const day = { do: "clock", to } as const;
    const back: Step[][] = [
      [],
      [{ do: "refund", refund: `again-${sale}`, sale }],
      [
        day,
        { do: "refund", refund: `again-${sale}`, sale, amount: 37 },
        { do: "refund_failed", refund: `again-${sale}` },
      ],
      [
        day,
        { do: "dispute", dispute: `again-${sale}`, status: "opened", sale },
        { do: "dispute", dispute: `again-${sale}`, status: "lost" },
      ],
      [{ do: "refund", refund: `again-${sale}`, sale, amount: 51, by: "stripe" }, day],
    ];
    return [step, { do: "pay", sale }, ...back[paid % back.length]!];
  });
  return [
    ...drawn,
    { do: "fault", on: "session", fault: "none" },
    ...["W1", "W2"].flatMap((work, i) => everyWayBack(work, Date.parse(story.start) + (60 + 10 * i) * dayMs)),
  ];
}

/** Whatever was drawn, a work of each co-op is sold with taxes, refunded, refunded in vain, and disputed. */
function everyWayBack(work: string, from: number): Step[] {
  const day = (n: number): Step => ({ do: "clock", to: new Date(from + n * dayMs).toISOString() });
  const sale = (n: number): Step[] => [
    { do: "checkout", sale: `${work}-${n}`, lines: [{ work }], place: "CA-QC" },
    { do: "pay", sale: `${work}-${n}` },
  ];
  return [
    ...sale(1),
    day(1),
    { do: "refund", refund: `back-${work}-1`, sale: `${work}-1` },
    ...sale(2),
    { do: "refund", refund: `back-${work}-2`, sale: `${work}-2`, amount: 30 },
    day(2),
    { do: "refund_failed", refund: `back-${work}-2` },
    ...sale(3),
    day(3),
    { do: "dispute", dispute: `back-${work}-3`, status: "opened", sale: `${work}-3` },
    { do: "dispute", dispute: `back-${work}-3`, status: "lost" },
  ];
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
