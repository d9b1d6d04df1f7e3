export { type BarFault, barFault } from './bars/bar-fault.ts';
export { type Bar, type Bars, barAt, sliceBars } from './bars/bars.ts';
export { type GeneratedBarsOptions, generateBars } from './bars/generate-bars.ts';
export { type BarPolicy, type BarReport, type RawBars, readBars } from './bars/read-bars.ts';
export { type Columns, fingerprint } from './base/fingerprint.ts';
export { normalDensity, normalShareBelow } from './base/normal-distribution.ts';
export { QUANT_ERRORS, type QuantErrorCode } from './base/quant-errors.ts';
export { normals, type Random, seededRandom, shuffle } from './base/random.ts';
export { RollingMoments } from './base/rolling-moments.ts';
export { FeatureEngine, type PushOutcome } from './features/feature-engine.ts';
export { type FeatureOptions, PRICE_FEATURES, warmUpBars } from './features/feature-options.ts';
export {
  type FeatureTable,
  featureTable,
  rowCount,
  rowOf,
  takeRows,
} from './features/feature-table.ts';
export { priceFeatures } from './features/price-features.ts';
export { type ToxicityLevel, ToxicityRank, toxicityLevel } from './flow/toxicity.ts';
export { Vpin } from './flow/vpin.ts';
export { averageDailyVolume, vpinColumn } from './flow/vpin-column.ts';
export type { VpinOptions } from './flow/vpin-options.ts';
export { averageTrueRange, trueRange } from './indicators/average-true-range.ts';
export {
  type BollingerBands,
  type BollingerOptions,
  bollingerBands,
} from './indicators/bollinger-bands.ts';
export {
  type DirectionalMovement,
  directionalMovement,
} from './indicators/directional-movement.ts';
export { efficiencyRatio } from './indicators/efficiency-ratio.ts';
export { type MacdColumns, type MacdOptions, macd } from './indicators/macd.ts';
export {
  exponentialMovingAverage,
  simpleMovingAverage,
  wilderAverage,
} from './indicators/moving-averages.ts';
export { onBalanceVolume } from './indicators/on-balance-volume.ts';
export { relativeStrength } from './indicators/relative-strength.ts';
export { averageUniqueness, concurrency } from './labels/average-uniqueness.ts';
export { type BarrierEvents, type EventSelection, selectEvents } from './labels/barrier-events.ts';
export type { BarrierOptions } from './labels/barrier-options.ts';
export { type BarrierTarget, barrierTargets } from './labels/barrier-target.ts';
export { TOUCH, type Touch } from './labels/barrier-walk.ts';
export { directionLabels, metaLabels } from './labels/meta-label.ts';
export { type BarrierLabels, tripleBarrier } from './labels/triple-barrier.ts';
export { impliedVolatility, type NoImpliedVolatility } from './options/implied-volatility.ts';
export type { OptionTerms } from './options/option-terms.ts';
export { type OptionValue, optionValue } from './options/option-value.ts';
export {
  type Regime,
  type RegimeBorders,
  type RegimeKind,
  readRegime,
  regimeCode,
  regimeWeight,
  type VolatilityLevel,
} from './regime/regime.ts';
export { exponentialDeviation } from './statistics/exponential-deviation.ts';
export {
  maxDrawdown,
  measurePerformance,
  type Performance,
  type PerformanceOptions,
} from './statistics/performance.ts';
export { populationStability } from './statistics/population-stability.ts';
export { equityCurve, logReturns, simpleReturns } from './statistics/returns.ts';
export { rollingDeviation } from './statistics/rolling-deviation.ts';
export { type TailLoss, tailLoss } from './statistics/tail-loss.ts';
