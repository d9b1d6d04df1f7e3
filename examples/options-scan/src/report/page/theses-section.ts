import type { FinalThesis } from '../../debate/thesis.ts';
import type { ScanResult } from '../scan-result.ts';
import { type Html, html } from './html.ts';
import { directionMark, tickerName } from './ticker-name.ts';

export function thesesSection({ theses, scores, sources }: ScanResult): Html {
  const origins = new Map(scores.map(({ ticker, origin }) => [ticker, origin]));
  const cards = theses.map((one) => card(one, origins.get(one.ticker)));
  const models = sources.models.join(' and ') || 'nobody';
  return html`<section id="theses"><h2>Theses</h2>
<p>Debated by ${models}. No investment advice.</p>
${cards.length === 0 ? html`<p>None.</p>` : html`<div class="cards">${cards}</div>`}</section>`;
}

function card(
  { ticker, thesis, bull, bear, cause }: FinalThesis,
  origin: 'real' | 'generated' | undefined,
): Html {
  const { direction, conviction, entryRationale, riskFactors, action } = thesis;
  const risks = riskFactors.map((risk) => html`<li>${risk}</li>`);
  return html`<article class="${cause === null ? 'card' : 'card fallback'}">
<header>${tickerName({ ticker, origin })} ${directionMark(direction)} <span class="conviction">conviction ${conviction} / 10</span></header>
<p class="action">${action}</p>
<p>${entryRationale}</p>
${risks.length === 0 ? html`` : html`<h3>Risks</h3><ul>${risks}</ul>`}
${cause === null ? html`` : html`<p class="cause">Fallback: ${cause}</p>`}
${bull === null || bear === null ? html`` : html`<details><summary>The debate</summary><p><b>Bull.</b> ${bull}</p><p><b>Bear.</b> ${bear}</p></details>`}
</article>
`;
}
