import type { MetaModel, Samples, WalkForwardReport } from '@millrace/quant';
import type { Parts } from '../features/part-samples.ts';
import type { Evaluation } from './evaluation.ts';
import { type FigureSettings, figuresOf } from './figures.ts';
import { judgeEvidence, leakText } from './judge-evidence.ts';
import { noSkill } from './no-skill.ts';
import { type PositionRule, positionsOf } from './position-rule.ts';
import { strategyReturns } from './strategy-returns.ts';
import { checkText, checkThresholds, type JudgedFigures, type Thresholds } from './thresholds.ts';

export interface EvaluationSettings {
  readonly positions: PositionRule;
  readonly figures: FigureSettings;
  readonly thresholds: Thresholds;
  /** Whether the predictions must be told from chance by quant's report. */
  readonly requireEdge: boolean;
  readonly leakAuc: number;
  readonly seed: number;
}

export interface EvaluatedData {
  readonly samples: Samples;
  readonly parts: Parts;
  /** Of each sample: return from its close to the next. */
  readonly nextReturns: Float64Array;
  /** Of each bar. */
  readonly time: Float64Array;
}

export interface JudgedModel {
  readonly candidate: string;
  readonly model: MetaModel;
  readonly refit: (samples: Samples, rows: Int32Array) => Promise<MetaModel>;
}

const CONTROLS = 200;

/** Judges a model on the part that was held back: predictions, strategy, controls, thresholds. */
export async function evaluateModel(
  { samples, parts, nextReturns, time }: EvaluatedData,
  { candidate, model, refit }: JudgedModel,
  settings: EvaluationSettings,
): Promise<Evaluation> {
  const { positions: rule, figures, thresholds, seed, leakAuc } = settings;
  const report = await judgeEvidence(samples, parts, model, { leakAuc, seed, refit });
  const returns = Float64Array.from(parts.test, (row) => nextReturns[row] ?? 0);
  const positions = positionsOf(report.probabilities, rule);
  const earned = strategyReturns(positions, returns, rule.cost);
  const held = strategyReturns(new Int8Array(returns.length).fill(1), returns, rule.cost);
  const [strategy, buyAndHold] = [figuresOf(earned, figures), figuresOf(held, figures)];
  const options = { cost: rule.cost, seed, tries: CONTROLS, settings: figures };
  const control = noSkill(positions, returns, strategy.sharpe, options);
  const { pooled: scores } = report;
  const judged: JudgedFigures = {
    ...strategy,
    ...{ auc: scores.auc, accuracy: scores.accuracy, logLoss: scores.logLoss },
    accuracyGain: scores.accuracy - Math.max(scores.baseRate, 1 - scores.baseRate),
    sharpeGain: gain(strategy.sharpe, buyAndHold.sharpe),
    chance: control.chance,
  };
  const checks = checkThresholds(judged, thresholds);
  const failed = checks.filter(({ passed }) => !passed).map(checkText);
  const reasons = [...doubts(report, settings.requireEdge), ...failed];
  return {
    verdict: reasons.length === 0 ? 'approved' : 'rejected',
    ...{ reasons, checks, candidate, scores },
    evidence: report.verdict,
    canaryAuc: report.canaryAuc ?? null,
    ...{ strategy, buyAndHold, noSkill: control.figures, chance: control.chance },
    exposure: exposureOf(positions),
    daily: {
      time: Float64Array.from(parts.test, (row) => time[samples.starts[row] ?? 0] ?? 0),
      ...{ position: positions, strategy: earned, buyAndHold: held, noSkill: control.returns },
    },
  };
}

const gain = (own: number | null, other: number | null): number | null =>
  own === null || other === null ? null : own - other;

function doubts(
  { verdict, leakSigns }: WalkForwardReport,
  requireEdge: boolean,
): readonly string[] {
  if (verdict === 'leak-suspected') return leakSigns.map(leakText);
  if (verdict === 'no-edge' && requireEdge) return ['its predictions cannot be told from chance'];
  return [];
}

function exposureOf(positions: Int8Array): Evaluation['exposure'] {
  const days = (position: number): number => positions.filter((held) => held === position).length;
  let trades = 0;
  for (const [at, held] of positions.entries()) {
    if (held !== (positions[at - 1] ?? 0)) trades += 1;
  }
  return { long: days(1) / positions.length, short: days(-1) / positions.length, trades };
}
