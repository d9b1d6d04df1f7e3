import { FACTOR_NAMES } from '../../debate/describe-finalist.ts';
import type { Breakdown } from '../../scoring/scored.ts';
import { type Html, html } from './html.ts';

const FACTORS = Object.keys(FACTOR_NAMES) as readonly (keyof typeof FACTOR_NAMES)[];

/** What the colours of the bars stand for. */
export function breakdownLegend(): Html {
  const keys = FACTORS.map((factor) => {
    return html`<li><span class="key ${factor}"></span>${FACTOR_NAMES[factor]}</li>`;
  });
  return html`<ul class="legend">${keys}</ul>`;
}

/** A bar as long as the score, a part for each factor; opened it shows the figures. */
export function breakdownBar(breakdown: Breakdown): Html {
  const known = FACTORS.flatMap((factor) => {
    const value = breakdown[factor];
    return value === undefined ? [] : [{ factor, name: FACTOR_NAMES[factor], ...value }];
  });
  const parts = known.map(({ factor, name, contribution }) => {
    const width = Math.max(0, contribution).toFixed(2);
    const title = `${name} ${contribution.toFixed(1)}`;
    return html`<span class="part ${factor}" style="width:${width}%" title="${title}"></span>`;
  });
  const rows = known.map(({ name, raw, normalised, weight, contribution }) => {
    const value = raw === null ? '–' : raw.toFixed(3);
    return html`<tr><th scope="row">${name}</th><td class="number">${value}</td><td class="number">${normalised.toFixed(1)}</td><td class="number">${weight.toFixed(3)}</td><td class="number">${contribution.toFixed(2)}</td></tr>`;
  });
  return html`<details><summary><span class="bar">${parts}</span></summary>
<table class="figures"><thead><tr><th></th><th>raw</th><th>of 100</th><th>weight</th><th>points</th></tr></thead><tbody>${rows}</tbody></table></details>`;
}
