import { join } from 'node:path';
import type { Clock } from '@millrace/core';
import {
  type MessageSink,
  type MessageSource,
  SqliteJournal,
  StreamProcessor,
} from '@millrace/stream';
import type { Logger, ModelPipeline } from 'millrace';
import { exampleFolder } from '../base/example-folder.ts';
import { SocialError } from '../base/social-error.ts';
import type { Result } from '../ledger/result-book.ts';
import { type SharedLedger, shareLedger } from '../ledger/share-ledger.ts';
import type { SocialLedger } from '../ledger/social-ledger.ts';
import { MarketSettings, openMarket } from '../market/open-market.ts';
import type { SocialMessage } from '../message/social-message.ts';
import { AnalyzerSettings, openAnalyzer } from '../sentiment/open-analyzer.ts';
import type { SentimentAnalyzer } from '../sentiment/sentiment-analyzer.ts';
import { TickerSource } from '../source/ticker-source.ts';
import { hurried } from './hurried.ts';
import { ledgerDeadLetters, ledgerSink } from './ledger-sinks.ts';
import { loadFlow } from './load-flow.ts';
import { readSettings, type SocialSettings } from './read-settings.ts';
import { socialFunctions } from './social-functions.ts';

export interface SocialOptions {
  /** Where ledger and journal are. */
  readonly home: string;
  /** Whether what was accepted outlives a kill. */
  readonly durable: boolean;
  readonly clock: Clock;
  /** Where posts come from, by the settings and the ledger. */
  readonly posts: (settings: SocialSettings, ledger: SocialLedger) => MessageSource;
  /** Gets results beside the ledger. */
  readonly sink?: (settings: SocialSettings, ledger: SocialLedger) => MessageSink<Result>;
  /** Over values of `pipeline.yaml`, by path: `{ 'stages.gate.with.rules.maxVix': 40 }`. */
  readonly set?: Readonly<Record<string, unknown>>;
  readonly environment?: string;
  /** Default: those of the example. */
  readonly config?: string;
  readonly settings?: string;
  readonly logger?: Logger;
  /** Seconds of the clock a second. Default 1. */
  readonly speed?: number;
}

const STOP_MS = 30_000;

/** A stream that is ready to start, and what it is made of. */
export interface Social {
  readonly processor: StreamProcessor<SocialMessage>;
  readonly source: TickerSource;
  readonly ledger: SocialLedger;
  readonly analyzer: SentimentAnalyzer;
  readonly market: string;
  /** Once the stream has stopped. */
  readonly close: () => void;
}

/** Puts config, stages, ledger and stream together. @throws MillraceError, SocialError for what is wrong with any of them */
export async function openSocial(options: SocialOptions): Promise<Social> {
  const { home, durable, clock, logger, speed = 1 } = options;
  const settings = readSettings(options.settings ?? join(exampleFolder, 'stream.yaml'));
  const [intake, trade] = await Promise.all([
    loadFlow('intake', options),
    loadFlow('trade', options),
  ]);
  const market = openMarket(MarketSettings.parse(paramOf(trade, 'validate', 'market')));
  const shared: SharedLedger = shareLedger({ file: join(home, 'social.db'), durable }, market);
  const { ledger } = shared;
  try {
    const source = new TickerSource(options.posts(settings, ledger), settings.tickers.excluded);
    const analyzer = openAnalyzer(AnalyzerSettings.parse(paramOf(intake, 'analyze', 'analyzer')));
    const processor = new StreamProcessor<SocialMessage>({
      name: 'social-trading',
      intake,
      pipeline: trade,
      source,
      sink: options.sink?.(settings, ledger) ?? ledgerSink(ledger),
      deadLetters: ledgerDeadLetters(ledger),
      ...(durable ? { journal: new SqliteJournal(join(home, 'journal.db')) } : {}),
      ...socialFunctions(settings, ledger),
      settings: {
        ...settings.stream,
        ...(speed > 1 ? { stopDeadline: hurried(STOP_MS, speed) } : {}),
      },
      clock,
      ...(logger === undefined ? {} : { logger }),
    });
    return { processor, source, ledger, analyzer, market: market.name, close: shared.release };
  } catch (error) {
    shared.release();
    throw error;
  }
}

function paramOf(pipeline: ModelPipeline, stage: string, name: string): unknown {
  const params = pipeline.stages.find(({ id }) => id === stage)?.params.value;
  if (typeof params === 'object' && params !== null) return Reflect.get(params, name);
  throw new SocialError('STAGE_MISSING', `pipeline ${pipeline.name} has no stage ${stage}`);
}
