import { type BoxColours, DARK, DASHED, LIGHT, type Theme } from '../colours.ts';
import type { DrawnStatus } from '../drawing.ts';
import { SMALL_FONT, TITLE_FONT } from './heading.ts';
import { CAPTION_FONT, ID_FONT } from './stage-box.ts';

/** All rules begin with it, so that they change nothing else of a page that holds the drawing. */
export const ROOT_CLASS = 'millrace-graph';

const FONTS =
  'ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif';

/** The rules of a drawing in which these statuses occur. Dark ones win where the reader's system is dark. */
export function svgStyle(statuses: readonly DrawnStatus[]): string {
  const dashed = statuses.filter((status) => DASHED.has(status));
  const rules = [
    `text{font-family:${FONTS};font-size:${ID_FONT.size}px}`,
    `.title{font-size:${TITLE_FONT.size}px;font-weight:600}`,
    `.subtitle,.count{font-size:${SMALL_FONT.size}px}`,
    '.id{font-weight:600}',
    `.caption{font-size:${CAPTION_FONT.size}px}`,
    '.stage rect{stroke-width:1.25}',
    ...dashed.map((status) => `.stage.${status} rect{stroke-dasharray:5 3}`),
    '.arc{fill:none;stroke-width:1.4}',
    '.mark{fill:none;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}',
    ...colourRules(LIGHT, statuses),
  ];
  return `${scoped(rules)}@media(prefers-color-scheme:dark){${scoped(colourRules(DARK, statuses))}}`;
}

function scoped(rules: readonly string[]): string {
  return rules
    .map((rule) => {
      const brace = rule.indexOf('{');
      const selectors = rule.slice(0, brace).split(',');
      return `${selectors.map((selector) => `.${ROOT_CLASS} ${selector}`).join(',')}${rule.slice(brace)}`;
    })
    .join('');
}

function colourRules(theme: Theme, statuses: readonly DrawnStatus[]): string[] {
  return [
    `.ground{fill:${theme.ground}}`,
    `.title{fill:${theme.text}}`,
    `.subtitle,.count{fill:${theme.muted}}`,
    `.arc{stroke:${theme.edge}}`,
    `.tip{fill:${theme.edge}}`,
    `.mark{stroke:${theme.ground}}`,
    ...boxRules('.plain', theme.plain),
    ...statuses.flatMap((status) => boxRules(`.${status}`, theme.statuses[status])),
  ];
}

function boxRules(owner: string, { fill, line, text }: BoxColours): string[] {
  return [
    `.stage${owner} rect{fill:${fill};stroke:${line}}`,
    `.stage${owner} text{fill:${text}}`,
    `${owner} .disc{fill:${line}}`,
  ];
}
