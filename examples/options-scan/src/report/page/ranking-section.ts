import { count } from '../../base/figures.ts';
import type { Ranked } from '../../catalysts/ranked.ts';
import type { ScanResult } from '../scan-result.ts';
import { breakdownBar, breakdownLegend } from './breakdown.ts';
import { type Html, html } from './html.ts';
import { type Column, sortedTable } from './sorted-table.ts';
import { directionMark, tickerName } from './ticker-name.ts';

/** A page of thousands of rows is slow to open; the table has them all. */
const SHOWN = 100;

type Row = Ranked & { readonly rank: number };

const COLUMNS: readonly Column<Row>[] = [
  { title: 'Rank', cell: ({ rank }) => count(rank), value: ({ rank }) => rank },
  { title: 'Ticker', cell: tickerName },
  { title: 'Score', cell: ({ score }) => score.toFixed(2), value: ({ score }) => score },
  {
    title: 'Breakdown (open for figures)',
    cell: ({ breakdown }) => breakdownBar(breakdown),
    value: ({ score }) => score,
    wide: true,
  },
  { title: 'Direction', cell: ({ direction }) => directionMark(direction) },
  { title: 'Close', cell: ({ close }) => close.toFixed(2), value: ({ close }) => close },
  {
    title: 'Earnings in',
    cell: ({ earnings, ivCrush }) =>
      earnings === null ? '–' : `${earnings.days} d${ivCrush ? ' ⚠ IV crush' : ''}`,
    value: ({ earnings }) => earnings?.days ?? Number.MAX_SAFE_INTEGER,
  },
];

export function rankingSection({ scores, sources }: ScanResult): Html {
  const rows = scores.slice(0, SHOWN).map((ranked, at) => ({ ...ranked, rank: at + 1 }));
  const rest = scores.length - rows.length;
  const more = rest === 0 ? '' : ` ${count(rest)} more are in the table ticker_scores.`;
  return html`<section id="ranking"><h2>Ranking</h2>
<p>The best ${count(rows.length)} of ${count(scores.length)} scored tickers; dates of earnings are ${sources.earnings ?? 'not known'}.${more}</p>
${breakdownLegend()}
${sortedTable(COLUMNS, rows)}</section>`;
}
