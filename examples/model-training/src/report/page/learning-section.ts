import { counted, decimal, percent } from '../../base/figures.ts';
import type { CandidateFit } from '../../training/candidate-fit.ts';
import type { TrainingResult } from '../training-result.ts';
import { type Html, html } from './html.ts';
import { lineChart } from './line-chart.ts';

/** A picture for each candidate: how the losses fell, and where the best one was. */
export function learningSection({ fits, evaluation }: TrainingResult): Html {
  if (fits === undefined) return html``;
  return html`<section id="learning"><h2>Learning curves</h2>
<p>Mean log loss after each tree; ln 2 = 0.693 is what always saying one half costs. Trees after the dashed line did not make the validation better and are not kept.</p>
<div class="grid">${fits.map((fit) => candidatePanel(fit, fit.name === evaluation?.candidate))}</div></section>`;
}

function candidatePanel(fit: CandidateFit, isChosen: boolean): Html {
  const { name, body, validation } = fit;
  const { rounds } = body.training;
  const kept = body.kind === 'logistic' ? counted(rounds, 'Newton step') : counted(rounds, 'tree');
  const chosen = isChosen ? html` <span class="passed">· chosen</span>` : html``;
  return html`<figure class="panel"><h3>${name}${chosen}</h3>
<figcaption>${kept}, validation loss ${decimal(validation.logLoss, 4)}, accuracy ${percent(validation.accuracy)}</figcaption>
${curveOf(fit)}</figure>`;
}

function curveOf({ name, curve, body }: CandidateFit): Html {
  if (curve.length < 2) {
    return html`<p>Fitted in ${counted(body.training.rounds, 'step')} at once: it has no curve of rounds.</p>`;
  }
  return lineChart({
    label: `Losses of ${name} by tree`,
    series: [
      { name: 'training', tone: 'one', values: curve.map(({ loss }) => loss) },
      {
        name: 'validation',
        tone: 'two',
        values: curve.map(({ validationLoss }) => validationLoss),
      },
    ],
    xFrom: 1,
    xText: String,
    yText: (value) => value.toFixed(4),
    mark: Math.max(1, body.training.rounds),
    width: 360,
    height: 220,
  });
}
