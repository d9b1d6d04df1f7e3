import type { DrawnStatus } from '../drawing.ts';
import { coordinate } from './escape-xml.ts';
import type { Point } from './point.ts';

export const SIGN_SIZE = 16;

/** Lines inside a disc around 0,0 with a radius of 8. */
const MARKS: Readonly<Record<DrawnStatus, string>> = {
  pending: 'M-3.5 0h.01M0 0h.01M3.5 0h.01',
  ready: 'M-3.5 0h.01M0 0h.01M3.5 0h.01',
  running: 'M-1.8 -3.2L3.4 0L-1.8 3.2Z',
  succeeded: 'M-3.4 .3L-1 2.7L3.5 -2.5',
  reused: 'M-3.2 -1.6H3.2M-3.2 1.8H3.2',
  kept: 'M-3.2 -1.6H3.2M-3.2 1.8H3.2',
  failed: 'M-2.7 -2.7L2.7 2.7M2.7 -2.7L-2.7 2.7',
  retrying: 'M2.6 -2.2A3.6 3.6 0 1 0 3.5 1M3.4 -4.2V-1.6H.8',
  skipped: 'M-3.4 0H3.4',
  cancelled: 'M-2.2 -2.2H2.2V2.2H-2.2Z',
  lost: 'M0 -3.7V.6M0 3.5h.01',
};

/** A disc with the mark of a status: drawn, because not every font has such signs. */
export function statusSign(status: DrawnStatus, { x, y }: Point): string {
  const place = `translate(${coordinate(x)} ${coordinate(y)})`;
  const disc = `<circle class="disc" r="${SIGN_SIZE / 2}"/>`;
  return `<g transform="${place}">${disc}<path class="mark" d="${MARKS[status]}"/></g>`;
}
