type Row = { key: string; name: string; amount: number; said: string };

/** The longest list that a picture still says at a glance. */
const mostRows = 10;

/** Bars of money side by side on one scale, drawn on the server; only a picture, for the table under it says every figure. */
export function AmountBars({ rows }: { rows: readonly Row[] }) {
  const shown = rows.filter(({ amount }) => amount > 0).slice(0, mostRows);
  const most = Math.max(1, ...shown.map(({ amount }) => amount));
  // One bar compares nothing.
  if (shown.length < 2) return null;
  return (
    <div className="amount-bars" aria-hidden="true">
      {shown.map(({ key, name, amount, said }) => (
        <div key={key}>
          <span className="bar-name">{name}</span>
          <span className="amount">{said}</span>
          <svg viewBox="0 0 1000 10" preserveAspectRatio="none" role="presentation">
            <rect width={Math.max(4, (amount / most) * 1000)} height="10" />
          </svg>
        </div>
      ))}
    </div>
  );
}
