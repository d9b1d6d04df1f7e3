import { extname } from 'node:path';

export const DRAWING_FORMATS = ['mermaid', 'dot', 'svg'] as const;

export type DrawingFormat = (typeof DRAWING_FORMATS)[number];

const FORMAT_BY_ENDING: ReadonlyMap<string, DrawingFormat> = new Map([
  ['.mmd', 'mermaid'],
  ['.mermaid', 'mermaid'],
  ['.dot', 'dot'],
  ['.gv', 'dot'],
  ['.svg', 'svg'],
]);

export const DRAWING_ENDINGS: readonly string[] = [...FORMAT_BY_ENDING.keys()];

/** What a file of that name holds; undefined when its ending does not tell. */
export function formatOfFile(file: string): DrawingFormat | undefined {
  return FORMAT_BY_ENDING.get(extname(file).toLowerCase());
}
