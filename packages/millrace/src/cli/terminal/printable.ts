import { stripVTControlCharacters } from 'node:util';

/** Control characters but the line end, line separators, and the marks that turn the reading direction around. */
const UNPRINTABLE = /(?!\n)[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** Text of a stage or a file that can neither move the cursor nor colour the terminal. Line ends stay. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(UNPRINTABLE, (sign) =>
    sign === '\t' ? '  ' : '',
  );
}

/** The first line that says something. */
export function firstLine(text: string): string {
  return (
    printable(text)
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? ''
  );
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/gu;
const ZERO_WIDTH = /\p{Mn}|\p{Me}|\u200b|\u200d|\ufe0f/gu;

/** Columns that a text takes up, colours not counted. */
export function widthOf(text: string): number {
  const plain = stripVTControlCharacters(text);
  if (/^\p{ASCII}*$/u.test(plain)) return plain.length;
  const wide = plain.match(WIDE)?.length ?? 0;
  const none = plain.match(ZERO_WIDTH)?.length ?? 0;
  return [...plain].length + wide - none;
}

export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Cut to so many columns, with a sign that something is missing. */
export function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const sign of text) {
    if (widthOf(kept + sign) > width - 1) break;
    kept += sign;
  }
  return `${kept}…`;
}
