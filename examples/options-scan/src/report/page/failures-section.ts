import { counted } from '../../base/figures.ts';
import type { ItemError } from '../../ledger/scan-row.ts';
import type { ScanResult } from '../scan-result.ts';
import { type Html, html } from './html.ts';
import { type Column, sortedTable } from './sorted-table.ts';

const COLUMNS: readonly Column<ItemError>[] = [
  { title: 'Ticker', cell: ({ key }) => html`<strong>${key ?? 'the whole stage'}</strong>` },
  { title: 'Stage', cell: ({ stage }) => stage },
  { title: 'What', cell: ({ reason }) => (reason === 'threw' ? 'error' : reason) },
  { title: 'Cause', cell: ({ message }) => message },
];

export function failuresSection({ itemErrors }: ScanResult): Html {
  const failed = itemErrors.length;
  const what =
    failed === 0
      ? html`<p>Nothing failed.</p>`
      : html`<p>${counted(failed, 'failure')}. Mend the cause and resume the run: only these, and what rests on them, run again.</p>
${sortedTable(COLUMNS, itemErrors)}`;
  return html`<section id="failures"><h2>Failed tickers</h2>${what}</section>`;
}
