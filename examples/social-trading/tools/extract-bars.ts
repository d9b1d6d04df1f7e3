/**
 * Writes `data/*-minutes.csv` from the unpacked package that `extract-bars.sh` fetches. Usage: `node tools/extract-bars.ts
 * SOURCES`. Reproducible: the same sources give the same bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = process.argv[2] ?? '';
/** Eight sessions around the reports of both companies. */
const FROM = Date.parse('2016-04-19T00:00:00Z');
const TO = Date.parse('2016-04-29T00:00:00Z');

for (const ticker of ['AAPL', 'MSFT']) {
  const text = readFileSync(join(sources, `${ticker}_INTRA_DAY.tsv`), 'utf8');
  const rows = text
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split('\t').map(Number))
    .filter(([time = 0]) => time >= FROM && time < TO);
  const path = join(import.meta.dirname, '..', 'data', `${ticker}-minutes.csv`);
  writeFileSync(path, `time,open,high,low,close,volume\n${rows.map(String).join('\n')}\n`);
  console.log(`${ticker}: ${rows.length} rows`);
}
