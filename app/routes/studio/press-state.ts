/** Where a press code stands. */
export const pressState = (code: {
  usedAt: Date | string | null;
  stoppedAt: Date | string | null;
}): "open" | "used" | "stopped" => (code.usedAt ? "used" : code.stoppedAt ? "stopped" : "open");
