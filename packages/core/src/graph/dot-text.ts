/** U+FFFD, in place of what no page can show. */
const UNSHOWABLE = '\ufffd';

/**
 * A quoted Graphviz string that shows `text` as it is, as a label or a tooltip. Inside quotes Graphviz
 * takes `\N` and its like and `&amp;` and its like for its own, so both beginnings are escaped; `<b>`
 * means nothing there.
 */
export function dotString(text: string): string {
  const lines = text.toWellFormed().split(/\r\n|[\n\r\u2028\u2029]/);
  return `"${lines.map(escapeLine).join('\\n')}"`;
}

function escapeLine(line: string): string {
  return line
    .replaceAll(/\p{Cc}/gu, (sign) => (sign === '\t' ? ' ' : UNSHOWABLE))
    .replaceAll(/["\\]/g, '\\$&')
    .replaceAll('&', '&amp;');
}
