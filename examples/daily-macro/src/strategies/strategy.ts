import type { AgentReport } from '../agents/agent-report.ts';
import type { Regime } from '../agents/regime.ts';
import type { Direction } from '../agents/signal.ts';
import type { ClassView } from '../aggregate/class-view.ts';
import type { Tables } from '../data/series-table.ts';

/** What a strategy may look at: everything public on the run's date. */
export interface MarketView {
  readonly tables: Tables;
  readonly reports: readonly AgentReport[];
  readonly views: readonly ClassView[];
  readonly regime: Regime;
}

/** A wish for one instrument. Direction 0 is a neutral signal. */
export interface Idea {
  readonly instrument: string;
  readonly direction: Direction;
  /** 0 to 1. */
  readonly confidence: number;
  /** Part of the strategy's largest size that this leg may take, 0 to 1. Default 1. */
  readonly share?: number;
}

/** A pluggable way to turn the market view into ideas. Subclass it and add an instance to the roster. */
export abstract class Strategy {
  abstract readonly id: string;
  /** Weight of equity in one instrument at full strength and confidence. */
  readonly maxSize: number = 1;
  abstract ideas(view: MarketView): readonly Idea[];
}
