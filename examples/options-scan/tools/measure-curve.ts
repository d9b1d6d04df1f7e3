/**
 * Measures scans of 300 and 3,000 tickers of 500 bars, and with `--large` of 30,000, each in a process and a folder of
 * its own that is removed afterwards: nothing cached, every commit on the disk.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exampleFolder } from '../src/base/example-folder.ts';
import { count, seconds } from '../src/base/figures.ts';
import type { ScanResult } from '../src/report/scan-result.ts';
import { makeUniverse } from '../src/universe/make-universe.ts';

/** What the target of 60 seconds for 3,000 tickers is about. */
const TARGET_STAGES = [
  ['data', 'filter'],
  ['indicators', 'scoring'],
  ['catalysts'],
  ['shortlist', 'options'],
] as const;

const { values } = parseArgs({ options: { large: { type: 'boolean' } } });
const sizes = [300, 3000, ...(values.large === true ? [30_000] : [])];

interface Measured {
  readonly result: ScanResult;
  readonly universeMs: number;
  readonly processMs: number;
  readonly peakMb: number;
  readonly storeMb: number;
}

function measure(tickers: number): Measured {
  const home = mkdtempSync(join(tmpdir(), 'options-scan-curve-'));
  try {
    const begun = performance.now();
    makeUniverse(home, { tickers, seed: 7 });
    const made = performance.now();
    const argv = ['--json', '--tickers', String(tickers), '--home', home];
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--import', './tools/print-peak.ts', 'scan.ts', ...argv],
      { cwd: exampleFolder, encoding: 'utf8', maxBuffer: 1 << 30 },
    );
    const processMs = performance.now() - made;
    if (status !== 0) throw new Error(`${tickers} tickers ended with ${status}: ${stderr}`);
    const peakMb = Number(/^peak (\d+)$/m.exec(stderr)?.[1]);
    const storeMb = statSync(join(home, 'millrace.db')).size / 2 ** 20;
    return { result: JSON.parse(stdout), universeMs: made - begun, processMs, peakMb, storeMb };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function row(tickers: number, measured: Measured): string {
  const { result, universeMs, processMs, peakMb, storeMb } = measured;
  const ms = new Map(result.stages.map(({ stage, durationMs }) => [stage, durationMs]));
  const parts = TARGET_STAGES.map((stages) =>
    stages.reduce((sum, stage) => sum + (ms.get(stage) ?? 0), 0),
  );
  const sum = parts.reduce((total, part) => total + part, 0);
  const cells = [
    count(tickers),
    ...parts.map(seconds),
    seconds(sum),
    seconds(processMs),
    `${(processMs / tickers).toFixed(1)} ms`,
    `${count(peakMb)} MB`,
    `${count(storeMb)} MB`,
    seconds(universeMs),
  ];
  return `| ${cells.join(' | ')} |`;
}

console.log(`Node ${process.versions.node}, ${cpus().length} cores, seed 7, 500 bars a ticker`);
console.log(
  '| tickers | data | scoring | catalysts | options | together | whole process | a ticker | peak memory | store | (universe made in) |',
);
console.log('|---|---|---|---|---|---|---|---|---|---|---|');
for (const tickers of sizes) console.log(row(tickers, measure(tickers)));
