import { coordinate, escapeXml } from './escape-xml.ts';
import type { Point } from './point.ts';
import { LINE_HEIGHT, PADDING, SIGN_GAP, type StageBox } from './stage-box.ts';
import { SIGN_SIZE, statusSign } from './status-sign.ts';

/** From the top of a line of text to its foot. */
const ASCENT = 12.5;

/** A box around its middle. A pointer on it shows the whole id and why the stage ended like this. */
export function stageMarkup(
  { stage, lines, caption, width, height }: StageBox,
  middle: Point,
): string {
  const { id, status, note } = stage;
  const left = -width / 2;
  const isPlain = status === undefined;
  const x = isPlain ? 0 : left + PADDING + SIGN_SIZE + SIGN_GAP;
  const place = isPlain ? ' text-anchor="middle"' : ` x="${coordinate(x)}"`;
  const top = -((lines.length + (caption === undefined ? 0 : 1)) * LINE_HEIGHT) / 2 + ASCENT;
  const texts = [...lines, ...(caption === undefined ? [] : [caption])].map((line, at) => {
    const kind = at < lines.length ? 'id' : 'caption';
    return `<text class="${kind}"${place} y="${coordinate(top + at * LINE_HEIGHT)}">${escapeXml(line)}</text>`;
  });
  const sign = isPlain ? '' : statusSign(status, { x: left + PADDING + SIGN_SIZE / 2, y: 0 });
  const tooltip = [id, caption, note].filter((line) => line !== undefined).join('\n');
  return [
    `<g class="stage ${status ?? 'plain'}" transform="translate(${coordinate(middle.x)} ${coordinate(middle.y)})">`,
    `<title>${escapeXml(tooltip)}</title>`,
    `<rect x="${coordinate(left)}" y="${coordinate(-height / 2)}" width="${coordinate(width)}" height="${coordinate(height)}" rx="8"/>`,
    sign,
    ...texts,
    '</g>',
  ].join('');
}
