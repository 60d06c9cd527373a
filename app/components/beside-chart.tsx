import type { ReactNode } from "react";

export type BesideRow = { key: string; name: ReactNode; had: number; would: number; title: string };

/**
 * Two bars for each row, one above the other, on one scale; what is below 0 goes to the left of the ground line. Drawn on the server, and
 * only a picture: the same figures stand in a table beside it.
 */
export function BesideChart({
  rows,
  had,
  would,
}: {
  rows: readonly BesideRow[];
  had: string;
  would: string;
}) {
  const most = Math.max(1, ...rows.flatMap((row) => [row.had, row.would]));
  const least = Math.min(0, ...rows.flatMap((row) => [row.had, row.would]));
  const at = (amount: number) => ((amount - least) / (most - least)) * 1000;
  const ground = at(0);
  const bar = (amount: number) => ({ x: Math.min(ground, at(amount)), width: Math.abs(at(amount) - ground) });
  return (
    <div className="beside" aria-hidden="true">
      <p className="beside-key small">
        <span className="key-had" /> {had} <span className="key-would" /> {would}
      </p>
      {rows.map((row) => (
        <div key={row.key} className="beside-row">
          <span className="beside-name">{row.name}</span>
          <svg viewBox="0 0 1000 26" preserveAspectRatio="none" role="presentation">
            <title>{row.title}</title>
            <rect className="had" {...bar(row.had)} y="2" height="10" />
            <rect className="would" {...bar(row.would)} y="14" height="10" />
            <line
              className="ground"
              x1={ground}
              x2={ground}
              y1="0"
              y2="26"
              vectorEffect="non-scaling-stroke"
            />
          </svg>
        </div>
      ))}
    </div>
  );
}
