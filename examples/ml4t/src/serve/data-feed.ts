import { readBars } from '@millrace/quant';
import type { SignalEvent } from '../events/signal-event.ts';
import { DATA_SET_FACTS, openDataSet } from '../market/data-set.ts';
import { signalFeed } from '../primary/signal-feed.ts';
import type { FeedSpec } from './serve-options.ts';

/** The signals of a data set, one for each bar from the hundredth on. What is faulty or late in it is dropped before. */
export async function dataFeed(spec: FeedSpec): Promise<Iterable<SignalEvent>> {
  const raw = await openDataSet(spec);
  const policy = { faulty: 'drop', duplicate: 'keep-last', outOfOrder: 'sort' } as const;
  const { instrumentId } = DATA_SET_FACTS[spec.data];
  return signalFeed(readBars(raw, policy).bars, { instrumentId });
}
