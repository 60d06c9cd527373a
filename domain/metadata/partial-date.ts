/**
 * A date as files write it → « YYYY », « YYYY-MM » or « YYYY-MM-DD ». A time is dropped; a date that the calendar does
 * not hold, or that no publication can have, is dropped too.
 */
export function partialDate(raw: string): string | undefined {
  const found =
    /^\s*(\d{4})(?:[-/.:](\d{1,2})(?:[-/.:](\d{1,2}))?)?(?:$|[T\s])/.exec(raw) ??
    /^\s*(\d{4})(\d{2})(\d{2})$/.exec(raw);
  if (!found) return undefined;
  const [year, month, day] = [
    Number(found[1]),
    found[2] ? Number(found[2]) : undefined,
    found[3] ? Number(found[3]) : undefined,
  ];
  // 0101-01-01 is what calibre writes for « unknown »; nothing we sell was published before print.
  if (year < 1400 || year > 2100) return undefined;
  if (month === undefined || month < 1 || month > 12) return pad(year, 4);
  if (day === undefined || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate())
    return `${pad(year, 4)}-${pad(month, 2)}`;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
