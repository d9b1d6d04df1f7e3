import { element } from '../base/element.ts';
import { normals, type Random, seededRandom } from '../base/random.ts';
import type { Bars } from '../market/bars.ts';
import type { Parent } from './parent.ts';

/** Trading days of one parent that stay together, so that calm and storm come in spells as they do in markets. */
const BLOCK_DAYS = 20;
const LATE_LISTINGS = 0.03;
const ROUND_LOT = 100;
const CHEAPEST = 0.1;

export interface Generation {
  readonly parents: readonly Parent[];
  /** The trading days, ascending. */
  readonly days: Int32Array;
  readonly seed: number;
}

/** What tells one generated ticker from the next. */
interface Character {
  readonly drift: number;
  /** Volatility before and from the day `changesAt` on, as a multiple of the parent's. */
  readonly scales: readonly [number, number];
  readonly changesAt: number;
  readonly firstPrice: number;
  readonly usualVolume: number;
}

/**
 * Bars of a ticker that never was, by a seeded block bootstrap of real days: spells of twenty days of real series one
 * after the other, their moves scaled, their volumes as multiples of a usual one. The same seed and number give the
 * same bars. Some are too cheap or too thin for the scan, and some were listed late.
 * @param number of the ticker, from 1
 */
export function generateBars({ parents, days, seed }: Generation, number: number): Bars {
  const random = seededRandom(Math.imul(seed, 1_000_003) + number);
  const rows = random() < LATE_LISTINGS ? 30 + Math.floor(random() * 169) : days.length;
  const length = Math.min(rows, days.length);
  const character = drawCharacter(random, length);
  const bars = emptyBars(days.slice(days.length - length));
  let logPrice = Math.log(character.firstPrice);
  let parent = element(parents, 0);
  let place = 0;
  for (let at = 0; at < length; at += 1) {
    if (at % BLOCK_DAYS === 0) {
      parent = element(parents, Math.floor(random() * parents.length));
      place = Math.floor(random() * (parent.length - BLOCK_DAYS));
    }
    const scale = character.scales[at < character.changesAt ? 0 : 1];
    const day = place + (at % BLOCK_DAYS);
    logPrice += character.drift + scale * element(parent.returns, day);
    putDay(bars, at, { parent, day, scale, logPrice, usualVolume: character.usualVolume });
  }
  return bars;
}

function drawCharacter(random: Random, length: number): Character {
  const normal = normals(random);
  const scale = Math.exp(0.1 + 0.35 * normal());
  return {
    drift: 0.0004 * normal(),
    scales: [scale, scale * Math.exp(0.3 * normal())],
    changesAt: Math.floor(length * random()),
    firstPrice: Math.exp(Math.log(38) + 0.8 * normal()),
    usualVolume: Math.exp(Math.log(2_500_000) + 0.9 * normal()),
  };
}

function emptyBars(days: Int32Array): Bars {
  const column = (): Float64Array => new Float64Array(days.length);
  const prices = { open: column(), high: column(), low: column(), close: column() };
  return { days, ...prices, volume: column() };
}

interface DrawnDay {
  readonly parent: Parent;
  readonly day: number;
  readonly scale: number;
  readonly logPrice: number;
  readonly usualVolume: number;
}

/** Scaling all logs alike and rounding keep the order of low, open, close and high. */
function putDay(bars: Bars, at: number, { parent, day, scale, logPrice, usualVolume }: DrawnDay) {
  const price = (log: number): number =>
    Math.max(CHEAPEST, Math.round(Math.exp(logPrice + scale * log) * 100) / 100);
  bars.close[at] = price(0);
  bars.open[at] = price(element(parent.opens, day));
  bars.high[at] = price(element(parent.highs, day));
  bars.low[at] = price(element(parent.lows, day));
  const lots = Math.round((usualVolume * element(parent.volumes, day)) / ROUND_LOT);
  bars.volume[at] = Math.max(1, lots) * ROUND_LOT;
}
