import { modelOf } from '@millrace/quant';
import { decimal, percent } from '../../base/figures.ts';
import type { TrainingResult } from '../training-result.ts';
import { type Html, html } from './html.ts';

/** Which features the model goes by, and how far those of the days held back have moved. */
export function featuresSection({ fits, evaluation, drift }: TrainingResult): Html {
  const fit = fits?.find(({ name }) => name === evaluation?.candidate);
  const importance = fit === undefined ? [] : modelOf(fit.body).importance();
  const panels = [
    ...(importance.length === 0
      ? []
      : [
          panel(
            'What the model goes by',
            'Share of the gain of all splits, or of the coefficients.',
            importance.map(({ name, share }) => ({ name, share, text: percent(share, 0) })),
          ),
        ]),
    ...(drift === undefined
      ? []
      : [
          panel(
            `Drift: mean ${decimal(drift.mean, 3)}, ${drift.isAlert ? 'ALERT' : 'no alert'}`,
            'Population stability index of the days held back against those trained on; below .1 stable, above .25 shifted.',
            driftBars(drift.byFeature),
          ),
        ]),
  ];
  if (panels.length === 0) return html``;
  return html`<section id="features"><h2>Features</h2><div class="grid">${panels}</div></section>`;
}

interface Bar {
  readonly name: string;
  /** 0 to 1. */
  readonly share: number;
  readonly text: string;
  readonly isOver?: boolean;
}

const SHIFTED = 0.25;

function driftBars(byFeature: Readonly<Record<string, number>>): readonly Bar[] {
  const all = Object.entries(byFeature).toSorted(([, a], [, b]) => b - a);
  const most = Math.max(SHIFTED, ...all.map(([, index]) => index));
  return all.map(([name, index]) => ({
    name,
    share: index / most,
    text: decimal(index),
    isOver: index > SHIFTED,
  }));
}

function panel(title: string, text: string, bars: readonly Bar[]): Html {
  const rows = bars.map(({ name, share, text: shown, isOver = false }) => {
    const over = isOver ? 'over' : '';
    return html`<dt>${name}</dt><dd class="bar"><i class="${over}" style="width:${(100 * share).toFixed(1)}%"></i></dd><dd class="number">${shown}</dd>`;
  });
  return html`<figure class="panel"><h3>${title}</h3><figcaption>${text}</figcaption><dl class="bars">${rows}</dl></figure>`;
}
