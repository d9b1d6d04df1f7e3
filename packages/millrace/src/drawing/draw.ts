import { unreachable } from '@millrace/core';
import { drawDot } from './draw-dot.ts';
import { drawMermaid } from './draw-mermaid.ts';
import type { Drawing } from './drawing.ts';
import type { DrawingFormat } from './drawing-format.ts';

/**
 * The text of a drawing, which ends with a line end. What lays out an SVG is loaded only for one.
 * @throws MillraceError DRAWING_TOO_LARGE
 */
export async function draw(drawing: Drawing, format: DrawingFormat): Promise<string> {
  switch (format) {
    case 'mermaid':
      return drawMermaid(drawing);
    case 'dot':
      return drawDot(drawing);
    case 'svg': {
      const { drawSvg } = await import('./svg/draw-svg.ts');
      return drawSvg(drawing);
    }
    default:
      return unreachable(format, 'unknown drawing format');
  }
}
