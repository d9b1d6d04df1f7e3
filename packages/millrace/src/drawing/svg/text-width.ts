/**
 * Widths of ASCII signs in hundredths of the font size, from the space on. Those of a wide sans-serif,
 * because nobody knows which font a reader has: a box must rather be too wide than too narrow.
 */
const ASCII_WIDTHS = [
  32, 38, 46, 84, 64, 95, 78, 28, 40, 40, 52, 84, 33, 40, 33, 40, 64, 64, 64, 64, 64, 64, 64, 64,
  64, 64, 36, 36, 84, 84, 84, 55, 100, 70, 70, 71, 78, 65, 60, 79, 77, 34, 36, 68, 59, 88, 77, 80,
  63, 80, 70, 65, 63, 75, 70, 99, 69, 63, 69, 42, 40, 42, 84, 52, 52, 62, 65, 56, 65, 63, 38, 65,
  65, 30, 30, 60, 30, 98, 65, 63, 65, 65, 44, 54, 41, 65, 61, 84, 61, 61, 55, 64, 36, 64, 84,
];
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3ffff}]|\p{Emoji_Presentation}/u;
const OTHER_WIDTH = 70;
const WIDE_WIDTH = 110;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader sees as one sign each: an emoji of several parts, a letter with its accents. */
export function signsOf(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Bold signs are so much wider. */
const BOLD = 1.12;

export interface Font {
  readonly size: number;
  readonly bold: boolean;
}

/** About how wide a text is, in the unit of the font's size. */
export function textWidth(text: string, { size, bold }: Font): number {
  const hundredths = signsOf(text).reduce((sum, sign) => sum + signWidth(sign), 0);
  return (hundredths * size * (bold ? BOLD : 1)) / 100;
}

function signWidth(sign: string): number {
  const ascii = sign.length === 1 ? ASCII_WIDTHS[sign.charCodeAt(0) - 0x20] : undefined;
  return ascii ?? (WIDE.test(sign) ? WIDE_WIDTH : OTHER_WIDTH);
}
