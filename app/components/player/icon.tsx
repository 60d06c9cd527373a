const shapes = {
  play: "M5.5 2.5v15l12-7.5z",
  pause: "M5 3h4v14H5zM11 3h4v14h-4z",
  previous: "M4 3h2.5v14H4zM17 3v14L7.5 10z",
  next: "M13.5 3H16v14h-2.5zM3 3v14l9.5-7z",
  add: "M9 4h2v5h5v2h-5v5H9v-5H4V9h5z",
  after: "M3 4h9v2H3zM3 9h9v2H3zM3 14h6v2H3zM13 10v8l5-4z",
  up: "M10 4.5 17 12h-4v4H7v-4H3z",
  down: "M10 15.5 3 8h4V4h6v4h4z",
  close: "m5 3.6 5 5 5-5L16.4 5l-5 5 5 5-1.4 1.4-5-5-5 5L3.6 15l5-5-5-5z",
} as const;

/** The player's few signs; their button says in words what they do. */
export function Icon({ name, size = 20 }: { name: keyof typeof shapes; size?: number }) {
  return (
    <svg viewBox="0 0 20 20" width={size} height={size} aria-hidden="true">
      <path d={shapes[name]} fill="currentColor" />
    </svg>
  );
}
