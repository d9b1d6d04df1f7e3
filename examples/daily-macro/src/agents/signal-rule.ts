import { type Day, isoOf } from '../base/calendar.ts';
import { element } from '../base/element.ts';
import { MacroError } from '../base/macro-error.ts';
import { seriesCatalog } from '../data/series-catalog.ts';
import { type Tables, tableOf } from '../data/series-table.ts';
import { freshness } from '../quality/staleness.ts';
import { confidenceOf, type Signal, signOf, strengthOf } from './signal.ts';

export interface Measure {
  readonly value: number;
  /** Deviations along the agent's axis; undefined while the history is too short. */
  readonly score: number | undefined;
}

/** How one signal is read off the tables. `series` lists everything that `measure` reads. */
export interface SignalRule {
  readonly id: string;
  readonly unit: string;
  readonly series: readonly string[];
  readonly measure: (tables: Tables) => Measure;
}

export interface Silence {
  readonly id: string;
  readonly reason: string;
}

const frequencies = new Map(seriesCatalog.map(({ id, frequency }) => [id, frequency]));

/** The freshness of the stalest input, and its id. */
function stalestInput(rule: SignalRule, tables: Tables, asOf: Day): { id: string; fresh: number } {
  const inputs = rule.series.map((id) => {
    const frequency = frequencies.get(id);
    if (frequency === undefined) {
      throw new MacroError('SERIES_UNKNOWN', `signal ${rule.id} reads ${id}, not in the catalogue`);
    }
    return { id, fresh: freshness(tableOf(tables, id), frequency, asOf) };
  });
  return element(
    inputs.sort((a, b) => a.fresh - b.fresh),
    0,
  );
}

function newestDay(tables: Tables, id: string): Day {
  return element(tableOf(tables, id).days, -1);
}

/**
 * The signal of one rule; a silence when an input is missing, too old, or its history too short.
 * Confidence falls with the age of the stalest input. A signal of strength none is neutral.
 */
export function readSignal(rule: SignalRule, tables: Tables, asOf: Day): Signal | Silence {
  const { id } = rule;
  const stalest = stalestInput(rule, tables, asOf);
  if (stalest.fresh === 0) return { id, reason: `${stalest.id} is stale` };
  const { value, score } = rule.measure(tables);
  if (score === undefined || !Number.isFinite(score) || !Number.isFinite(value)) {
    return { id, reason: `the history of ${rule.series.join(', ')} is too short` };
  }
  const confidence = confidenceOf(score) * stalest.fresh;
  const strength = strengthOf(confidence);
  const direction = strength === 'none' ? 0 : signOf(score);
  const observed = isoOf(Math.min(...rule.series.map((input) => newestDay(tables, input))));
  return { id, value, unit: rule.unit, score, direction, confidence, strength, observed };
}

export function isSignal(reading: Signal | Silence): reading is Signal {
  return 'direction' in reading;
}

export function isSilence(reading: Signal | Silence): reading is Silence {
  return !isSignal(reading);
}
