import { element } from '../base/element.ts';

/** Ways in which files of bars go wrong. Each takes the text of a sound file; undefined: there is no file any more. */
export type Corruption = (text: string) => string | undefined;

/** Rows from the end: within what a scan reads, and not the very last one. */
const SPOT = 40;

const DATE = 0;
const HIGH = 2;
const LOW = 3;
const CLOSE = 4;
const VOLUME = 5;

/** By name; what each of them is, is the first thing that a scan says of it. */
export const corruptions: Readonly<Record<string, Corruption>> = {
  'cut off': (text) => text.slice(0, text.length - 20),
  'no number': (text) => withCells(text, (cells) => cells.with(CLOSE, 'NaN')),
  'text for a number': (text) => withCells(text, (cells) => cells.with(VOLUME, 'n/a')),
  'negative price': (text) => withCells(text, (cells) => cells.with(LOW, '-1.5')),
  'high below low': (text) =>
    withCells(text, (cells) => {
      // A step wider than the day, since a day may have stood still.
      const low = Number(element(cells, LOW));
      return cells.with(HIGH, String(Math.round((low - 0.01) * 100) / 100));
    }),
  'no volume': (text) => withCells(text, (cells) => cells.with(VOLUME, '0')),
  'dates out of order': (text) => {
    const rows = rowsOf(text);
    const at = rows.length - SPOT;
    return textOf(rows.with(at, element(rows, at + 1)).with(at + 1, element(rows, at)));
  },
  'date twice': (text) => {
    const rows = rowsOf(text);
    const at = rows.length - SPOT;
    return textOf(rows.toSpliced(at, 0, element(rows, at)));
  },
  'no such date': (text) => withCells(text, (cells) => cells.with(DATE, '2015-02-30')),
  'empty file': () => '',
  'missing file': () => undefined,
  'four rows': (text) => textOf([element(rowsOf(text), 0), ...rowsOf(text).slice(-4)]),
};

function withCells(text: string, change: (cells: readonly string[]) => readonly string[]): string {
  const rows = rowsOf(text);
  const at = Math.max(1, rows.length - SPOT);
  return textOf(rows.with(at, change(element(rows, at).split(',')).join(',')));
}

function rowsOf(text: string): readonly string[] {
  return text.trimEnd().split('\n');
}

function textOf(rows: readonly string[]): string {
  return `${rows.join('\n')}\n`;
}
