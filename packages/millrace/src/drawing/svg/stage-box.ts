import type { DrawnStage } from '../drawing.ts';
import { stageCaption } from '../stage-caption.ts';
import { fitText } from './fit-text.ts';
import type { Size } from './point.ts';
import { SIGN_SIZE } from './status-sign.ts';
import { type Font, textWidth } from './text-width.ts';

export const ID_FONT: Font = { size: 13, bold: true };
export const CAPTION_FONT: Font = { size: 11, bold: false };
export const LINE_HEIGHT = 17;
export const PADDING = 12;
export const SIGN_GAP = 9;

const MAX_TEXT_WIDTH = 180;
const MIN_WIDTH = 96;

/** A stage as it stands in the drawing, before it has a place. */
export interface StageBox extends Size {
  readonly stage: DrawnStage;
  /** The id on one line or two. */
  readonly lines: readonly string[];
  readonly caption: string | undefined;
}

export function stageBox(stage: DrawnStage): StageBox {
  const lines = fitText(stage.id, { maxWidth: MAX_TEXT_WIDTH, font: ID_FONT });
  const caption = stageCaption(stage);
  const texts = lines.map((line) => textWidth(line, ID_FONT));
  if (caption !== undefined) texts.push(textWidth(caption, CAPTION_FONT));
  const sign = caption === undefined ? 0 : SIGN_SIZE + SIGN_GAP;
  const rows = lines.length + (caption === undefined ? 0 : 1);
  return {
    stage,
    lines,
    caption,
    width: Math.max(MIN_WIDTH, Math.ceil(Math.max(...texts)) + 2 * PADDING + sign),
    height: rows * LINE_HEIGHT + 2 * (PADDING - 2),
  };
}
