const zone = "America/Toronto";

/** How far the clocks of Québec are from UTC at an instant, in milliseconds (−4 h in summer, −5 h in winter). */
function offsetAt(at: number): number {
  const name = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" })
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName")?.value;
  const [, sign, hours = "0", minutes = "0"] = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? "") ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/**
 * The instant of a day (2026-07-01: its midnight) or of a time of day (2026-07-01T19:30) as the clocks of Québec show it; null for what
 * is no such day.
 */
export function instantOf(written: string): Date | null {
  const found = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d))?$/.exec(written);
  const asUtc = found ? Date.parse(`${found[1]}T${found[2] ?? "00:00"}:00Z`) : Number.NaN;
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 10) !== found?.[1]) return null;
  const near = asUtc - offsetAt(asUtc);
  return new Date(asUtc - offsetAt(near));
}

/** The day that the calendars of Québec show at an instant, as a form writes it; `days` later. */
export function dayOf(at: Date, days = 0): string {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(at);
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
