import { type Font, signsOf, textWidth } from './text-width.ts';

export interface TextRoom {
  readonly maxWidth: number;
  readonly font: Font;
}

/** A line may end behind one of these. */
const BREAKS = /[\s/_.,:;|>)\]}-]/;
const CUT = '…';

/**
 * A text on one line, or on two. What does not fit there loses its middle, since ids often differ in
 * how they end.
 */
export function fitText(text: string, room: TextRoom): readonly string[] {
  const fits = (part: string): boolean => textWidth(part, room.font) <= room.maxWidth;
  if (fits(text)) return [text];
  const signs = signsOf(text);
  const count = fittingCount(signs, fits);
  for (const end of [breakWithin(signs, count), count]) {
    const rest = signs.slice(end).join('').trim();
    if (fits(rest)) return [signs.slice(0, end).join('').trimEnd(), rest];
  }
  return [
    signs.slice(0, count).join('').trimEnd(),
    `${CUT}${longestTail(signs.slice(count), fits)}`,
  ];
}

function fittingCount(signs: readonly string[], fits: (part: string) => boolean): number {
  let count = 1;
  while (count < signs.length && fits(signs.slice(0, count + 1).join(''))) count++;
  return count;
}

/** Where the first line ends: behind a break in the second half of what fits, else with the last sign that fits. */
function breakWithin(signs: readonly string[], count: number): number {
  const end = signs.slice(0, count).findLastIndex((sign) => BREAKS.test(sign)) + 1;
  return end > count / 2 ? end : count;
}

function longestTail(signs: readonly string[], fits: (part: string) => boolean): string {
  let from = signs.length - 1;
  while (from > 0 && fits(CUT + signs.slice(from - 1).join(''))) from--;
  return signs.slice(from).join('');
}
