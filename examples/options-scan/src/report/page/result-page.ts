import { count, seconds } from '../../base/figures.ts';
import type { ScanResult } from '../scan-result.ts';
import { contractsSection } from './contracts-section.ts';
import { failuresSection } from './failures-section.ts';
import { Html, html } from './html.ts';
import { pageStyle } from './page-style.ts';
import { rankingSection } from './ranking-section.ts';
import { sortScript } from './sort-script.ts';
import { stagesSection } from './stages-section.ts';
import { thesesSection } from './theses-section.ts';

/** Nothing is fetched, not even by markup that slipped through. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/** The whole result in one file that opens anywhere: no server, no network. */
export function resultPage(result: ScanResult): string {
  const { date, runId } = result;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${new Html(POLICY)}">
<title>Options scan ${date}</title>
<style>${new Html(pageStyle)}</style>
</head>
<body>
${head(result)}
<main>
${thesesSection(result)}
${rankingSection(result)}
${contractsSection(result)}
${failuresSection(result)}
${stagesSection(result)}
</main>
<footer>Run ${runId}. Made by the options-scan example of Millrace. No investment advice.</footer>
<script>${new Html(sortScript)}</script>
</body>
</html>
`.text;
}

function head(result: ScanResult): Html {
  const { date, status, runStatus, createdAt, durationMs, tickers, itemErrors } = result;
  const shown = runStatus === 'cancelled' ? 'CANCELLED' : status;
  const chosen = result.recommendations.filter(({ contract }) => contract !== null).length;
  const facts = [
    ['Tickers', count(tickers.real + tickers.generated)],
    ['Scored', count(result.scores.length)],
    ['Contracts', count(chosen)],
    ['Theses', count(result.theses.length)],
    ['Failures', count(itemErrors.length)],
    ['Time', seconds(durationMs)],
  ].map(([name = '', value = '']) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
  return html`<div class="top">
<h1>Options scan <time>${date}</time><span class="badge ${status}">${shown}</span></h1>
<div class="sub">Started ${createdAt.slice(0, 16).replace('T', ' ')} UTC</div>
<nav><a href="#theses">Theses</a><a href="#ranking">Ranking</a><a href="#contracts">Contracts</a><a href="#failures">Failed tickers</a><a href="#stages">Stages</a></nav>
${honesty(result)}
<dl class="facts">${facts}</dl>
</div>`;
}

/** What is made up is said before anything else. */
function honesty({ tickers, sources }: ScanResult): Html {
  const made = [
    ...(tickers.generated === 0
      ? []
      : [
          `${count(tickers.generated)} of the tickers (GEN…) are generated from the bars of the ${count(tickers.real)} real ones`,
        ]),
    ...(sources.chains.includes('modelled') ? ['option chains are modelled'] : []),
    ...(sources.earnings === 'modelled' ? ['dates of earnings are modelled'] : []),
  ];
  if (made.length === 0) return html``;
  return html`<div class="notice"><strong>Not a market:</strong> ${made.join('; ')}.</div>`;
}
