import { percent } from '../../base/figures.ts';
import type { Contract, Recommendation } from '../../options/recommendation.ts';
import type { ScanResult } from '../scan-result.ts';
import { type Html, html } from './html.ts';
import { type Column, sortedTable } from './sorted-table.ts';
import { tickerName } from './ticker-name.ts';

type Row = { readonly name: Html; readonly contract: Contract };

const COLUMNS: readonly Column<Row>[] = [
  { title: 'Ticker', cell: ({ name }) => name },
  { title: 'Side', cell: ({ contract }) => contract.side },
  number('Strike', ({ strike }) => strike, 2),
  {
    title: 'Expiry',
    cell: ({ contract: { expiry, daysToExpiry } }) => `${expiry} (${daysToExpiry} d)`,
  },
  number('Bid', ({ bid }) => bid, 2),
  number('Ask', ({ ask }) => ask, 2),
  {
    title: 'Implied vol.',
    cell: ({ contract }) => percent(contract.impliedVolatility),
    value: ({ contract }) => contract.impliedVolatility,
  },
  number('Delta', ({ delta }) => delta, 3),
  number('Gamma', ({ gamma }) => gamma, 4),
  number('Theta a day', ({ theta }) => theta, 4),
  number('Vega a point', ({ vega }) => vega, 4),
  number('Open interest', ({ openInterest }) => openInterest, 0),
  number('Volume', ({ volume }) => volume, 0),
];

function number(title: string, of: (contract: Contract) => number, digits: number): Column<Row> {
  return {
    title,
    cell: ({ contract }) => of(contract).toFixed(digits),
    value: ({ contract }) => of(contract),
  };
}

export function contractsSection({ recommendations, scores, sources }: ScanResult): Html {
  const origins = new Map(scores.map(({ ticker, origin }) => [ticker, origin]));
  const rows = recommendations.flatMap(({ ticker, contract }) => {
    const name = tickerName({ ticker, origin: origins.get(ticker) });
    return contract === null ? [] : [{ name, contract }];
  });
  const without = recommendations.filter(({ contract }) => contract === null);
  return html`<section id="contracts"><h2>Chosen contracts</h2>
<p>Chains: ${sources.chains.join(', ') || 'none'}. Greeks and implied volatility by Black and Scholes, without dividends.</p>
${rows.length === 0 ? html`<p>None.</p>` : sortedTable(COLUMNS, rows)}
${withoutContract(without)}</section>`;
}

function withoutContract(without: readonly Recommendation[]): Html {
  if (without.length === 0) return html``;
  const items = without.map(({ ticker, reason }) => html`<li>${ticker}: ${reason ?? ''}</li>`);
  return html`<details><summary>${without.length} candidates without a contract</summary><ul>${items}</ul></details>`;
}
