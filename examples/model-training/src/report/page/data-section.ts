import { count, counted } from '../../base/figures.ts';
import type { TrainingResult } from '../training-result.ts';
import { type Html, html } from './html.ts';

/** What was read, how it was split, and what was wrong with it. */
export function dataSection({ quality, split, source }: TrainingResult): Html {
  if (quality === undefined || split === undefined || source === undefined) return html``;
  const [first, validationFrom, testFrom, last] = split.days;
  const faults = quality.faults.map(
    ({ kind, line, text }) =>
      html`<tr><td>${kind}</td><td class="number">${line}</td><td>${text}</td></tr>`,
  );
  const table =
    faults.length === 0
      ? html`<p>No faults were found.</p>`
      : html`<div class="scroll"><table class="wide"><thead><tr><th>fault</th><th class="number">line</th><th>got</th></tr></thead><tbody>${faults}</tbody></table></div>`;
  return html`<section id="data"><h2>Data</h2>
<p>${source.title}: ${counted(quality.kept, 'bar')} of ${count(quality.read)} rows. Trained on ${first} to ${validationFrom}, validated to ${testFrom}, judged to ${last}; nothing is shuffled.</p>
${table}</section>`;
}
