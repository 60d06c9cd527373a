/** As many bars as one can tell apart beside a title. */
const mostBars = 72;

/** The shape of a sound, `peaks` from 0 to 1, as bars from 0 to 100: each is the loudest of its moment, so that no beat is lost. */
export function soundBars(peaks: readonly number[]): number[] {
  const count = Math.min(mostBars, peaks.length);
  const width = peaks.length / count;
  return Array.from({ length: count }, (_, i) => {
    const moment = peaks.slice(Math.floor(i * width), Math.floor((i + 1) * width));
    return Math.round(100 * Math.min(1, Math.max(0, ...moment)));
  });
}
