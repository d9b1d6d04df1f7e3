import { ScanError } from '../base/scan-error.ts';
import type { Bars } from './bars.ts';
import type { BarsRequest, MarketDataSource } from './market-data-source.ts';

type Waiting = {
  readonly ticker: string;
  readonly resolve: (bars: Bars) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Lets callers ask for one ticker each and asks the source for many at once: a request goes out when `batchSize` of them
 * wait, or when the first of them has waited as long as the source allows.
 */
export class BatchReader {
  readonly #source: MarketDataSource;
  readonly #window: Omit<BarsRequest, 'tickers'>;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(source: MarketDataSource, window: Omit<BarsRequest, 'tickers'>) {
    this.#source = source;
    this.#window = window;
  }

  /** @throws ScanError of this ticker, or SOURCE_UNAVAILABLE for the whole batch */
  read(ticker: string): Promise<Bars> {
    const { promise, resolve, reject } = Promise.withResolvers<Bars>();
    this.#waiting.push({ ticker, resolve, reject });
    this.#timer ??= setTimeout(() => this.#flush(), this.#source.lingerMs);
    if (this.#waiting.length >= this.#source.batchSize) this.#flush();
    return promise;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#waiting;
    this.#waiting = [];
    this.#ask(batch).catch((error: unknown) => {
      for (const { reject } of batch) reject(error);
    });
  }

  async #ask(batch: readonly Waiting[]): Promise<void> {
    const tickers = batch.map(({ ticker }) => ticker);
    const answers = await this.#source.read({ ...this.#window, tickers });
    for (const { ticker, resolve, reject } of batch) {
      const answer = answers.get(ticker);
      if (answer?.kind === 'bars') resolve(answer.bars);
      else reject(answer?.error ?? unanswered(ticker, this.#source.name));
    }
  }
}

function unanswered(ticker: string, source: string): ScanError {
  return new ScanError('BARS_MISSING', `${source} has nothing of ${ticker}`);
}
