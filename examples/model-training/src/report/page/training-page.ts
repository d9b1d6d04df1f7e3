import { decimal, percent, seconds } from '../../base/figures.ts';
import { driftText } from '../../drift/drift-text.ts';
import type { TrainingResult } from '../training-result.ts';
import { checksSection } from './checks-section.ts';
import { dataSection } from './data-section.ts';
import { featuresSection } from './features-section.ts';
import { Html, html } from './html.ts';
import { learningSection } from './learning-section.ts';
import { pageStyle } from './page-style.ts';
import { performanceSection } from './performance-section.ts';

/** Nothing is fetched and nothing runs, not even by markup that slipped through. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** The whole result in one file that opens anywhere: no server, no network, no script. */
export function trainingPage(result: TrainingResult, verdict: string): string {
  const { runId, source } = result;
  const name = source?.name ?? 'no data';
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${new Html(POLICY)}">
<title>Model training ${name}: ${verdict}</title>
<style>${new Html(pageStyle)}</style>
</head>
<body>
${head(result, verdict)}
<main>
${checksSection(result)}
${performanceSection(result)}
${learningSection(result)}
${featuresSection(result)}
${dataSection(result)}
</main>
<footer>Run ${runId}${source === undefined ? '' : `, bars ${source.fingerprint.slice(0, 16)}`}. Made by the model-training example of Millrace. No investment advice.</footer>
</body>
</html>
`.text;
}

function head(result: TrainingResult, verdict: string): Html {
  const { source, createdAt, durationMs } = result;
  const started = createdAt.slice(0, 16).replace('T', ' ');
  return html`<div class="top">
<h1>Model training: ${source?.name ?? 'no data'}<span class="badge ${verdict}">${verdict}</span></h1>
<div class="sub">${source?.title ?? 'Its data was not read'}. Started ${started} UTC, ${seconds(durationMs)}</div>
${generated(result)}${why(result)}${drifted(result)}
<dl class="facts">${facts(result)}</dl>
</div>`;
}

/** What is made up is said before anything else. */
function generated({ source }: TrainingResult): Html {
  if (source?.isGenerated !== true) return html``;
  return html`<div class="notice"><strong>Not a market:</strong> these bars are generated; their dates mean nothing.</div>`;
}

function why({ evaluation, failures }: TrainingResult): Html {
  const reasons = [
    ...failures.map(({ stage, message }) => `${stage} failed: ${message}`),
    ...(evaluation?.reasons ?? []),
  ];
  if (reasons.length === 0) return html``;
  const what = failures.length > 0 ? 'Not finished' : 'Rejected, and not put in use';
  return html`<div class="notice"><strong>${what}:</strong><ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul></div>`;
}

function drifted({ drift }: TrainingResult): Html {
  if (drift?.isAlert !== true) return html``;
  return html`<div class="notice"><strong>Drift:</strong> ${driftText(drift)}.</div>`;
}

function facts({ evaluation, deployed }: TrainingResult): readonly Html[] {
  if (evaluation === undefined) return [];
  const { scores, strategy, buyAndHold, canaryAuc } = evaluation;
  const fact = (name: string, value: string, note: string): Html =>
    html`<div><dt>${name}</dt><dd>${value}<small>${note}</small></dd></div>`;
  const inUse = deployed === undefined ? '' : `in use: ${deployed.inUse ?? 'none'}`;
  return [
    fact('Model', deployed?.id ?? '–', inUse),
    fact('Accuracy', percent(scores.accuracy), `base rate ${percent(scores.baseRate)}`),
    fact('AUC', decimal(scores.auc, 3), `shuffled labels ${decimal(canaryAuc, 3)}`),
    fact('Sharpe', decimal(strategy.sharpe), `buy and hold ${decimal(buyAndHold.sharpe)}`),
    fact(
      'Max drawdown',
      percent(strategy.maxDrawdown),
      `buy and hold ${percent(buyAndHold.maxDrawdown)}`,
    ),
  ];
}
