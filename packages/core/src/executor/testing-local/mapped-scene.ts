import { z } from '../../base/zod.ts';
import { type CodedStage, definePipeline, type ModelPipeline } from '../../pipeline/index.ts';
import { type ItemScope, MappedStage, type OutcomeScope } from '../../stage/index.ts';

export interface Ticker {
  readonly symbol: string;
  readonly price: number;
}

type Scope = ItemScope<{ tickers: Ticker[]; rate?: number | undefined }, Record<string, unknown>>;
type Does = (ticker: Ticker, scope: Scope) => unknown;

export interface MappedScene {
  /** Symbols in the order in which they were begun. */
  readonly ran: string[];
  /** Symbols whose item throws. */
  readonly broken: Set<string>;
  pipeline(
    tickers: readonly Ticker[],
    options?: Partial<CodedStage> & {
      readonly rate?: number;
      readonly version?: string;
      readonly element?: z.ZodType;
      readonly undo?: (scope: Pick<OutcomeScope<unknown, unknown, unknown>, 'outputs'>) => unknown;
    },
  ): ModelPipeline;
}

/** `score` maps over the tickers of the initial context, and `sum` adds up what it found. */
export function mappedScene(
  does: Does = ({ price }, { inputs }) => price * (inputs.rate ?? 1),
): MappedScene {
  const ran: string[] = [];
  const broken = new Set<string>();
  return {
    ran,
    broken,
    pipeline: (tickers, { rate, version = '1', element = z.number(), undo, ...options } = {}) => {
      class Score extends MappedStage.of({
        version,
        inputs: z.object({ tickers: z.array(z.any()), rate: z.number().optional() }),
        outputs: z.object({ scores: z.array(element), failed: z.array(z.any()).optional() }),
        map: { over: 'tickers', key: 'symbol', into: 'scores' },
      }) {
        override runItem(ticker: Ticker, scope: Scope): never {
          ran.push(ticker.symbol);
          if (broken.has(ticker.symbol)) throw new RangeError(`no price of ${ticker.symbol}`);
          return does(ticker, scope) as never;
        }
      }
      if (undo !== undefined) Reflect.set(Score.prototype, 'undo', undo);
      const stages = [{ id: 'score', stage: Score, ...options }];
      const context = { tickers, ...(rate === undefined ? {} : { rate }) };
      return definePipeline({ name: 'scan', context, stages });
    },
  };
}

export function tickers(...symbols: readonly string[]): readonly Ticker[] {
  return symbols.map((symbol, index) => ({ symbol, price: index + 1 }));
}
