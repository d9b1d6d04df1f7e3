import { readFileSync } from 'node:fs';
import { messageOf, SocialError } from '../base/social-error.ts';

/**
 * Numbers of a CSV file as columns by their titles; an empty cell is NaN.
 * @throws SocialError TABLE_INVALID with file and line
 */
export function readColumns(
  path: string,
  titles: readonly string[],
): Readonly<Record<string, Float64Array>> {
  const [head = '', ...lines] = textOf(path).trimEnd().split('\n');
  if (head !== titles.join(',')) {
    throw new SocialError(
      'TABLE_INVALID',
      `${path}:1: expected ${titles.join(',')}, got ${head.slice(0, 80)}`,
    );
  }
  const columns = titles.map(() => new Float64Array(lines.length));
  lines.forEach((line, row) => {
    const cells = line.split(',');
    const values = cells.map((cell) => (cell === '' ? Number.NaN : Number(cell)));
    const isWhole = cells.length === titles.length;
    if (!isWhole || values.some((value, at) => Number.isNaN(value) && cells[at] !== '')) {
      const got = JSON.stringify(line.slice(0, 80));
      throw new SocialError(
        'TABLE_INVALID',
        `${path}:${row + 2}: expected ${titles.length} numbers, got ${got}`,
      );
    }
    for (const [at, value] of values.entries()) {
      const column = columns[at];
      if (column !== undefined) column[row] = value;
    }
  });
  return Object.fromEntries(titles.map((title, at) => [title, columns[at] ?? new Float64Array()]));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new SocialError('TABLE_INVALID', `${path} cannot be read: ${messageOf(cause)}`, {
      cause,
    });
  }
}
