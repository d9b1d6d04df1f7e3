/** At most `longest` characters, dots for what is left out. */
export function cutText(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - DOTS.length)}${DOTS}`;
}

const DOTS = '...';
