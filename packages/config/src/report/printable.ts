/** Control characters, line separators, and the marks that turn the reading direction around. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Text that cannot move the cursor, colour the terminal or turn the reading direction. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, (sign) => {
    if (sign === '\t') return ' ';
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

export function cutText(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
}
