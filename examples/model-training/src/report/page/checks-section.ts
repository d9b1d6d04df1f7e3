import { decimal } from '../../base/figures.ts';
import type { Check } from '../../evaluation/thresholds.ts';
import type { TrainingResult } from '../training-result.ts';
import { type Html, html } from './html.ts';

/** Figures against what was asked for. */
export function checksSection({ evaluation }: TrainingResult): Html {
  if (evaluation === undefined) return html``;
  const rows = evaluation.checks.map((check) => {
    const passed = check.passed ? 'passed' : 'failed';
    const word = check.passed ? '✓ passed' : '✗ not passed';
    return html`<tr><th scope="row">${check.figure}</th><td class="number">${decimal(check.got, 3)}</td><td class="number">${wanted(check)}</td><td class="${passed}">${word}</td></tr>`;
  });
  return html`<section id="checks"><h2>Thresholds</h2>
<div class="scroll"><table><thead><tr><th></th><th class="number">got</th><th class="number">wanted</th><th></th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

function wanted({ min, max }: Check): string {
  const least = min === undefined ? [] : [`≥ ${min}`];
  const most = max === undefined ? [] : [`≤ ${max}`];
  return [...least, ...most].join(', ');
}
