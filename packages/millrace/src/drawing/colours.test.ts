import { describe, expect, test } from '@jest/globals';
import { type BoxColours, DARK, LIGHT, type Theme } from './colours.ts';
import { DRAWN_STATUSES } from './status-counts.ts';

/** Relative luminance and contrast as the Web Content Accessibility Guidelines 2.2 define them. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT = 4.5;
const GRAPHICS = 3;

test('the measure of contrast is that of the guidelines', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('the %s theme', (_, theme: Theme) => {
  test('lets every text and every line be seen', () => {
    expect(contrast(theme.text, theme.ground)).toBeGreaterThanOrEqual(TEXT);
    expect(contrast(theme.muted, theme.ground)).toBeGreaterThanOrEqual(TEXT);
    expect(contrast(theme.edge, theme.ground)).toBeGreaterThanOrEqual(GRAPHICS);
  });

  test.each([
    ['plain', theme.plain],
    ...DRAWN_STATUSES.map((status) => [status, theme.statuses[status]] as const),
  ])(
    'lets the text, the outline and the sign of a %s stage be seen',
    (_status, box: BoxColours) => {
      expect(contrast(box.text, box.fill)).toBeGreaterThanOrEqual(TEXT);
      expect(contrast(box.line, theme.ground)).toBeGreaterThanOrEqual(GRAPHICS);
      expect(contrast(box.line, box.fill)).toBeGreaterThanOrEqual(GRAPHICS);
    },
  );
});
