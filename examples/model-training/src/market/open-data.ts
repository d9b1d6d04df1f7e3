import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { barAt, generateBars } from '@millrace/quant';
import { DAY_MS } from '../base/day.ts';
import { TrainingError } from '../base/training-error.ts';
import type { DataSet } from './data-set.ts';
import { type ParsedFile, parseBarFile } from './parse-bar-file.ts';

export interface Generation {
  readonly seed: number;
  /** Bars. */
  readonly count: number;
}

/** A day of a stock moves by about as much. */
const DAILY_VOLATILITY = 0.01;

/**
 * The rows of a data set, unchecked.
 * @throws TrainingError DATA_UNREADABLE
 */
export function openData(data: DataSet, generation: Generation): ParsedFile {
  if (data.kind === 'file') return parseBarFile(readText(data.path), basename(data.path));
  const bars = generateBars({
    ...generation,
    persistence: data.persistence,
    volatility: DAILY_VOLATILITY,
    intervalMs: DAY_MS,
  });
  const rows = Array.from(bars.time.keys(), (at) => ({ line: at + 1, ...barAt(bars, at) }));
  return { rows, faults: [] };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TrainingError('DATA_UNREADABLE', `${path} cannot be read: ${why}`, cause);
  }
}
