import { money } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";

type Month = { month: string; toMember: number };

const height = 160;
const foot = 24;
const head = 18;

const named = (locale: Locale, month: string, style: "short" | "long") =>
  new Intl.DateTimeFormat(locale === "fr" ? "fr-CA" : "en-CA", {
    month: style,
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${month}-15T00:00:00Z`));

export const monthName = (locale: Locale, month: string): string => named(locale, month, "long");

/** Bars of money by month, drawn on the server; the table under it says the same to whoever does not see it. */
export function MonthChart({
  locale,
  months,
  currency,
  label,
}: {
  locale: Locale;
  months: readonly Month[];
  currency: string;
  label: string;
}) {
  const shown = months.slice(-24);
  const most = Math.max(1, ...shown.map(({ toMember }) => toMember));
  const slot = Math.max(28, Math.min(72, 720 / shown.length));
  const width = slot * shown.length;
  const every = Math.ceil(shown.length / 8);
  return (
    <svg
      className="month-chart"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      style={{ maxWidth: `${width}px` }}
    >
      <line x1="0" x2={width} y1={height - foot} y2={height - foot} className="ground" />
      {shown.map(({ month, toMember }, i) => {
        const tall = (Math.max(0, toMember) / most) * (height - foot - head);
        const top = height - foot - tall;
        return (
          <g key={month}>
            <rect
              className="bar"
              x={i * slot + slot * 0.2}
              width={slot * 0.6}
              y={top}
              height={Math.max(tall, 1)}
              rx="2"
            >
              <title>{`${monthName(locale, month)}, ${money(locale, toMember, currency)}`}</title>
            </rect>
            {i % every === 0 && (
              <text x={i * slot + slot / 2} y={height - 7} textAnchor="middle">
                {named(locale, month, "short").replace(/ \d{2}(\d{2})$/, " $1")}
              </text>
            )}
            {toMember === most && (
              <text x={i * slot + slot / 2} y={top - 6} textAnchor="middle" className="peak">
                {money(locale, toMember, currency)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
