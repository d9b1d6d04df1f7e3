import { z } from '../base/schema.ts';
import { AuthorTier } from '../message/post.ts';
import type { SocialMessage } from '../message/social-message.ts';
import { Direction, Sentiment } from '../sentiment/sentiment.ts';
import { type ConsensusRules, findConsensus } from './find-consensus.ts';

const member = z
  .object({
    messageId: z.string(),
    author: z.string(),
    tier: AuthorTier,
    direction: Direction,
    at: z.int(),
  })
  .readonly();

/** What the main pipeline decides: one message, or what a batch of them agrees on. */
export const Signal = z
  .object({
    /** That of its first message: the same when it is decided again after a crash. */
    id: z.string(),
    ticker: z.string(),
    /** Of its newest message: all that is decided is decided as of then. */
    at: z.int(),
    ...Sentiment.unwrap().shape,
    messages: z.array(member).min(1).readonly(),
  })
  .readonly();
export type Signal = z.infer<typeof Signal>;

/** A message and what the analyser made of it. */
export interface Analysed {
  readonly message: SocialMessage;
  readonly sentiment: Sentiment;
}

export function signalOf({ message, sentiment }: Analysed): Signal {
  const { id, ticker, at } = message;
  return { id, ticker, at, ...sentiment, messages: [memberOf({ message, sentiment })] };
}

/** Undefined where the batch does not agree. @param batch messages of one ticker, oldest first */
export function batchSignal(batch: readonly Analysed[], rules: ConsensusRules): Signal | undefined {
  const [first] = batch;
  const consensus = findConsensus(
    batch.map(({ sentiment }) => sentiment),
    rules,
  );
  if (first === undefined || !consensus.acts) return undefined;
  const { direction, sentiment, confidence } = consensus;
  const { id, ticker } = first.message;
  const at = Math.max(...batch.map(({ message }) => message.at));
  return { id, ticker, at, direction, sentiment, confidence, messages: batch.map(memberOf) };
}

function memberOf({ message, sentiment }: Analysed): Signal['messages'][number] {
  const { id, author, tier, at } = message;
  return { messageId: id, author, tier, direction: sentiment.direction, at };
}
