/** Where a report stands and what may be done about it. Pure: verbs refuse by it, pages show by it. */
export const reportReasons = ["rights", "illegal", "harm", "privacy", "wrong", "other"] as const;
export type ReportReason = (typeof reportReasons)[number];

/** `open`: nobody answered yet. `kept` and `removed` are decisions; a removal may still be appealed against, once. */
export type ReportState = "open" | "noticed" | "appealed" | "kept" | "removed";
export type StepKind = "notice" | "appeal" | "kept" | "removed";

/** What may follow. `appealed`: whether the artist has appealed before. */
export function stepsAfter(state: ReportState, appealed: boolean): StepKind[] {
  switch (state) {
    case "open":
      return ["notice", "kept"];
    case "noticed":
      return appealed ? ["kept", "removed"] : ["appeal", "kept", "removed"];
    case "appealed":
      return ["kept", "removed"];
    case "removed":
      return appealed ? [] : ["appeal"];
    case "kept":
      return [];
  }
}

export const stateAfter = (step: StepKind): ReportState =>
  ({ notice: "noticed", appeal: "appealed", kept: "kept", removed: "removed" })[step] as ReportState;
