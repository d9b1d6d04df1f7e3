/**
 * Writes `data/*.csv` from the unpacked package that `extract-data.sh` fetches. Usage: `node tools/extract-data.ts
 * SOURCES`, where SOURCES holds the *_full.tsv files. Reproducible: the same sources give the same bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = process.argv[2] ?? '';
/** From here on open, high and low of all three differ from the close, and the volumes are whole. */
const FIRST = '1990-01-02';
const TICKERS = ['SP500', 'AAPL', 'GE'];

/** Rounding keeps the order of prices, so a high stays at least its low. */
function price(text: string): string {
  return String(Math.round(Number(text) * 10_000) / 10_000);
}

function extract(ticker: string): readonly string[] {
  const text = readFileSync(join(sources, `${ticker}_full.tsv`), 'utf8');
  const rows = text.trim().split(/\r?\n/).slice(1);
  return rows
    .map((row) => row.split('\t'))
    .filter(([date = '']) => date >= FIRST)
    .map(([date, open = '', high = '', low = '', close = '', volume = '']) =>
      [date, ...[open, high, low, close].map(price), String(Number(volume))].join(','),
    );
}

for (const ticker of TICKERS) {
  const rows = extract(ticker);
  const name = `${ticker.toLowerCase()}.csv`;
  const path = join(import.meta.dirname, '..', 'data', name);
  writeFileSync(path, `date,open,high,low,close,volume\n${rows.join('\n')}\n`);
  console.log(
    `${name}: ${rows.length} rows, ${rows[0]?.slice(0, 10)} to ${rows.at(-1)?.slice(0, 10)}`,
  );
}
