import { expect, test } from '@jest/globals';
import { SeededRandom } from '@millrace/core';
import { fitText } from './fit-text.ts';
import { signsOf, textWidth } from './text-width.ts';

const ROOM = { maxWidth: 100, font: { size: 13, bold: true } };

test('what fits stays on one line', () => {
  expect(fitText('ingest', ROOM)).toEqual(['ingest']);
  expect(fitText('', ROOM)).toEqual(['']);
});

test('a longer text goes on in a second line, behind a sign where words end', () => {
  expect(fitText('regime-scores-daily', ROOM)).toEqual(['regime-', 'scores-daily']);
  expect(fitText('macro-regime-scores', ROOM)).toEqual(['macro-regim', 'e-scores']);
  expect(fitText('load all prices', ROOM)).toEqual(['load all', 'prices']);
  expect(fitText('abcdefghijklmnop', ROOM)).toEqual(['abcdefghijkl', 'mnop']);
});

test('what does not fit on two lines keeps its beginning and its end', () => {
  const [first = '', second = ''] = fitText(`begin${'-middle'.repeat(20)}-end`, ROOM);
  expect(first).toMatch(/^begin-mi/);
  expect(second).toMatch(/^….*-end$/);
});

test('no line is too wide, and no sign of several parts is cut', () => {
  const random = new SeededRandom(3);
  const signs = ['a', 'W', 'i', ' ', '-', '/', '数', '👩‍👩‍👧', 'e\u0301', '🇩🇪'];
  for (let round = 0; round < 300; round++) {
    const text = Array.from(
      { length: 1 + random.integer(40) },
      () => signs[random.integer(signs.length)],
    ).join('');
    const lines = fitText(text.trim(), ROOM);
    expect(lines.length).toBeLessThanOrEqual(2);
    for (const line of lines) {
      expect(textWidth(line, ROOM.font)).toBeLessThanOrEqual(ROOM.maxWidth);
      for (const sign of signsOf(line)) expect([...signs, '…']).toContain(sign);
    }
  }
});
