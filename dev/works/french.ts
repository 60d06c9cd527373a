/**
 * French and English typography of texts typed on a plain keyboard: curly apostrophes, no-break spaces inside « » and
 * before : ; ? ! and before %, and before the dash that closes an aside.
 */
export function typeset(text: string): string {
  return text
    .replaceAll("'", "’")
    .replace(/« /g, "«\u00a0")
    .replace(/ »/g, "\u00a0»")
    .replace(/ ([:;?!%])/g, "\u00a0$1")
    .replace(/(\d) (?=\d{3}\b)/g, "$1\u00a0");
}
