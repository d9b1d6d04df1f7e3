import type { SeededRandom } from '@millrace/core';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** A text with one slip of the hand: a letter too few, too many, another one, or two of them swapped. */
export function typo(text: string, random: SeededRandom): string {
  const letters = [...text.matchAll(/\p{L}/gu)].map(({ index }) => index);
  const first = letters[random.integer(letters.length)];
  if (first === undefined) return `${text}x`;
  const slips = [dropped, doubled, replaced, swapped];
  const slip = slips[random.integer(slips.length)] ?? doubled;
  const slipped = slip(text, first, random);
  return slipped === text || slipped === '' ? doubled(text, first) : slipped;
}

function dropped(text: string, at: number): string {
  return text.slice(0, at) + text.slice(at + 1);
}

function doubled(text: string, at: number): string {
  return text.slice(0, at + 1) + text.slice(at);
}

function replaced(text: string, at: number, random: SeededRandom): string {
  return text.slice(0, at) + LETTERS[random.integer(LETTERS.length)] + text.slice(at + 1);
}

function swapped(text: string, at: number): string {
  return text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
}
