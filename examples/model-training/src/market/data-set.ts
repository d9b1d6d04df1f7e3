import { basename } from 'node:path';
import { inExample } from '../base/example-folder.ts';
import { TrainingError } from '../base/training-error.ts';

/** Where bars come from. */
export type DataSet =
  | { readonly kind: 'file'; readonly name: string; readonly title: string; readonly path: string }
  | {
      readonly kind: 'generated';
      readonly name: string;
      readonly title: string;
      /** How much of a day's return carries on from the ten before it. */
      readonly persistence: number;
    };

const shipped = (name: string, title: string): DataSet => {
  return { kind: 'file', name, title, path: inExample(`data/${name}.csv`) };
};

/** What is shipped, and what is made up. */
const KNOWN: readonly DataSet[] = [
  shipped('sp500', 'S&P 500, real daily bars'),
  shipped('aapl', 'Apple, real daily bars, adjusted for splits'),
  shipped('ge', 'General Electric, real daily bars'),
  {
    kind: 'generated',
    name: 'edge',
    title: 'GENERATED bars, with a planted edge',
    persistence: 0.45,
  },
  { kind: 'generated', name: 'no-edge', title: 'GENERATED bars, a random walk', persistence: 0 },
];

export const DATA_NAMES: readonly string[] = KNOWN.map(({ name }) => name);

/**
 * A data set by its name, or a CSV file by its path.
 * @param text the name, or a path relative to the example
 * @throws TrainingError DATA_UNKNOWN
 */
export function dataSet(text: string): DataSet {
  const known = KNOWN.find(({ name }) => name === text);
  if (known !== undefined) return known;
  if (text.endsWith('.csv')) {
    const title = `bars of ${basename(text)}`;
    return { kind: 'file', name: nameOfFile(text), title, path: inExample(text) };
  }
  throw new TrainingError(
    'DATA_UNKNOWN',
    `there is no data set ${JSON.stringify(text)}; expected one of ${DATA_NAMES.join(', ')}, or a file that ends in .csv`,
  );
}

/** Fit for the name of a model, and never that of a data set of the example: their versions would be mixed. */
function nameOfFile(path: string): string {
  const plain = basename(path, '.csv')
    .replaceAll(/[^A-Za-z0-9._-]/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 80);
  return plain === '' || DATA_NAMES.includes(plain) ? `file-${plain}` : plain;
}
