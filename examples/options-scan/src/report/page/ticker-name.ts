import type { Direction } from '../../indicators/readings.ts';
import { type Html, html } from './html.ts';

interface Named {
  readonly ticker: string;
  readonly origin?: 'real' | 'generated' | undefined;
}

/** A ticker that never was is told apart from a real one wherever it stands. */
export function tickerName({ ticker, origin }: Named): Html {
  const tag = origin === 'generated' ? html` <span class="tag">generated</span>` : html``;
  return html`<strong>${ticker}</strong>${tag}`;
}

const MARKS: Readonly<Record<Direction, string>> = { bullish: '▲', bearish: '▼', neutral: '■' };

/** Told by a sign and a word: colour alone tells some readers nothing. */
export function directionMark(direction: Direction): Html {
  return html`<span class="direction ${direction}">${MARKS[direction]} ${direction}</span>`;
}
