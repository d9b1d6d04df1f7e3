import { count, counted, seconds } from '../../base/figures.ts';
import type { ScanResult, StageTiming } from '../scan-result.ts';
import { type Html, html } from './html.ts';
import { type Column, sortedTable } from './sorted-table.ts';

const COLUMNS: readonly Column<StageTiming>[] = [
  { title: 'Stage', cell: ({ stage }) => html`<strong>${stage}</strong>` },
  { title: 'Status', cell: ({ status }) => html`<span class="status ${status}">${status}</span>` },
  {
    title: 'Time',
    cell: ({ durationMs }) => seconds(durationMs),
    value: ({ durationMs }) => durationMs,
  },
  { title: 'Attempt', cell: ({ attempt }) => String(attempt), value: ({ attempt }) => attempt },
  { title: 'Tickers', cell: itemsText },
];

function itemsText({ items }: StageTiming): string {
  if (items === undefined) return '';
  const { total, failed, kept } = items;
  const keptText = kept === 0 ? '' : `, ${count(kept)} kept`;
  return `${count(total)}${keptText}${failed === 0 ? '' : `, ${count(failed)} failed`}`;
}

export function stagesSection({ stages, durationMs }: ScanResult): Html {
  return html`<section id="stages"><h2>Stages</h2>
<p>${counted(stages.length, 'stage')} in ${seconds(durationMs)}.</p>
${sortedTable(COLUMNS, stages)}</section>`;
}
