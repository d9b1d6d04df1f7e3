import { equityCurve } from '@millrace/quant';
import { dayOf } from '../../base/day.ts';
import { percent } from '../../base/figures.ts';
import type { Evaluation } from '../../evaluation/evaluation.ts';
import { figureText, SHOWN_FIGURES } from '../result-lines.ts';
import type { TrainingResult } from '../training-result.ts';
import { type Html, html } from './html.ts';
import { lineChart, type Series } from './line-chart.ts';

/** What the positions would have earned, beside buying and holding and beside no skill. */
export function performanceSection({ evaluation }: TrainingResult): Html {
  if (evaluation === undefined) return html``;
  const { daily, chance } = evaluation;
  const curves = [
    ['strategy', 'one', equityCurve(daily.strategy)],
    ['buy and hold', 'two', equityCurve(daily.buyAndHold)],
    ['no skill', 'three', equityCurve(daily.noSkill)],
  ] as const;
  const xText = (at: number): string => dayOf(daily.time[at] ?? 0);
  const worth: readonly Series[] = curves.map(([name, tone, values]) => ({ name, tone, values }));
  const falls = curves
    .slice(0, 2)
    .map(
      ([name, tone, values]): Series => ({ name, tone, values: drawdowns(values), isArea: true }),
    );
  return html`<section id="performance"><h2>On the days that were held back</h2>
<p>What one unit would have become, after costs. No skill: the positions of the strategy moved in time; of such controls ${percent(chance)} have as good a Sharpe ratio.</p>
<figure class="panel broad">${lineChart({ label: 'Equity of strategy, buy and hold, and no skill', series: worth, xText, yText: (value) => value.toFixed(2) })}</figure>
<h3>Lost since the last peak</h3>
<figure class="panel broad">${lineChart({ label: 'Drawdowns', series: falls, xText, yText: (value) => percent(value, 0), height: 180 })}</figure>
<h3>Figures</h3>${table(evaluation)}</section>`;
}

/** Share lost since the highest worth so far, 0 or less; the worth before the first day is 1. */
function drawdowns(equity: Float64Array): Float64Array {
  let peak = 1;
  return equity.map((worth) => {
    peak = Math.max(peak, worth);
    return worth / peak - 1;
  });
}

function table({ strategy, buyAndHold, noSkill }: Evaluation): Html {
  const rows = SHOWN_FIGURES.map(({ key, title, isShare }) => {
    const cells = [strategy, buyAndHold, noSkill].map(
      (figures) => html`<td class="number">${figureText(figures[key], isShare)}</td>`,
    );
    return html`<tr><th scope="row">${title}</th>${cells}</tr>`;
  });
  return html`<div class="scroll"><table><thead><tr><th></th><th class="number">strategy</th><th class="number">buy and hold</th><th class="number">no skill</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
