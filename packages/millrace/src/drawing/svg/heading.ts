import type { Drawing, DrawnStatus } from '../drawing.ts';
import { coordinate, escapeXml } from './escape-xml.ts';
import type { Size } from './point.ts';
import { SIGN_SIZE, statusSign } from './status-sign.ts';
import { type Font, textWidth } from './text-width.ts';

export interface Heading extends Size {
  readonly markup: string;
}

export const TITLE_FONT: Font = { size: 16, bold: true };
export const SMALL_FONT: Font = { size: 12, bold: false };
const LEGEND_GAP = 18;
const LINE = 22;

/** Title, what is drawn, and how many stages have which status, which explains the signs too. */
export function heading(
  { title, subtitle }: Drawing,
  counts: ReadonlyMap<DrawnStatus, number>,
): Heading {
  const parts = [`<text class="title" y="16">${escapeXml(title)}</text>`];
  let width = textWidth(title, TITLE_FONT);
  let height = LINE;
  if (subtitle !== undefined) {
    parts.push(`<text class="subtitle" y="${height + 13}">${escapeXml(subtitle)}</text>`);
    width = Math.max(width, textWidth(subtitle, SMALL_FONT));
    height += LINE;
  }
  if (counts.size > 0) {
    const legend = legendOf(counts);
    parts.push(`<g transform="translate(0 ${height + 6})">${legend.markup}</g>`);
    width = Math.max(width, legend.width);
    height += LINE + 6;
  }
  return { markup: `<g>${parts.join('')}</g>`, width, height };
}

function legendOf(counts: ReadonlyMap<DrawnStatus, number>): Pick<Heading, 'markup' | 'width'> {
  let markup = '';
  let x = 0;
  for (const [status, count] of counts) {
    const text = `${count} ${status}`;
    const middle = { x: x + SIGN_SIZE / 2, y: SIGN_SIZE / 2 };
    const after = coordinate(x + SIGN_SIZE + 6);
    markup += `<g class="${status}">${statusSign(status, middle)}<text class="count" x="${after}" y="12.5">${text}</text></g>`;
    x += SIGN_SIZE + 6 + textWidth(text, SMALL_FONT) + LEGEND_GAP;
  }
  return { markup, width: x - LEGEND_GAP };
}
