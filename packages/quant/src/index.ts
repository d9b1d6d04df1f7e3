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
  addFeature,
  type FeatureTable,
  featureTable,
  rowCount,
  rowOf,
  takeRows,
} from './features/feature-table.ts';
export { priceFeatures } from './features/price-features.ts';
export { requireFeatures } from './features/require-features.ts';
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
export { Lineage, ModelRecord } from './model-store/model-record.ts';
export type { ModelRefusal, RefusalReason } from './model-store/model-refusal.ts';
export {
  ModelStore,
  type ReadOptions,
  type SaveOptions,
  type StoredModel,
} from './model-store/model-store.ts';
export type { Promotions } from './model-store/promotions.ts';
export { openModel, sealModel } from './model-store/seal-model.ts';
export type { ModelSpec } from './models/fit-body.ts';
export { fitModel } from './models/fit-model.ts';
export type { FitRound, OnRound } from './models/fit-round.ts';
export type { LogisticOptions } from './models/logistic/fit-logistic.ts';
export type { FeatureImportance, MetaModel } from './models/meta-model.ts';
export { ModelBody, type Training } from './models/model-body.ts';
export { modelOf } from './models/model-of.ts';
export { shareSamples } from './models/share-samples.ts';
export { type FitOptions, Trainer, type TrainerOptions } from './models/trainer.ts';
export type { TreeOptions } from './models/trees/tree-options.ts';
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
export { checkRisk } from './risk/check-risk.ts';
export {
  type AccountState,
  DEFAULT_LIMITS,
  type Position,
  type RiskBreach,
  type RiskDecision,
  type RiskLimits,
} from './risk/risk-limits.ts';
export {
  type KellyInputs,
  type KellyOptions,
  type KellySize,
  kellySize,
  type NoBet,
} from './sizing/kelly-size.ts';
export { positionSize, type SizeInputs, type SizeOptions } from './sizing/position-size.ts';
export { CheckPositions } from './stages/check-positions.ts';
export { ComputeFeatures } from './stages/compute-features.ts';
export { FitModel } from './stages/fit-model.ts';
export { JudgeModel, JudgementSchema } from './stages/judge-model.ts';
export { LabelEvents } from './stages/label-events.ts';
export { MeasureDrift } from './stages/measure-drift.ts';
export { MeasureReturns } from './stages/measure-returns.ts';
export { ModelParams } from './stages/model-params.ts';
export { PlanFolds } from './stages/plan-folds.ts';
export { ReadBars } from './stages/read-bars.ts';
export { SaveModel } from './stages/save-model.ts';
export { BarsSchema, FeatureTableSchema, LabelsSchema, SamplesSchema } from './stages/schemas.ts';
export { ShuffleSampleLabels } from './stages/shuffle-sample-labels.ts';
export { ValidateFolds } from './stages/validate-folds.ts';
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
export { balanceClasses } from './validation/class-weights.ts';
export {
  type FoldRange,
  purgedKFoldRanges,
  type RollingOptions,
  rollingRanges,
  type WalkForwardOptions,
  walkForwardRanges,
} from './validation/fold-ranges.ts';
export { checkSamples, type Samples, selectSamples } from './validation/samples.ts';
export { areaUnderCurve, type Scores, scorePredictions } from './validation/scores.ts';
export { splitTail, type TrainingRows, trainingRows } from './validation/training-rows.ts';
export {
  type Fit,
  type FoldOptions,
  type FoldOutcome,
  type Predictor,
  runFold,
  shuffleLabels,
  walkForward,
} from './validation/walk-forward.ts';
export {
  type FoldReport,
  type LeakSign,
  type ReportOptions,
  reportWalkForward,
  type SuspectFeature,
  type Verdict,
  type WalkForwardReport,
} from './validation/walk-forward-report.ts';
