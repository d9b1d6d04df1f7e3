import type { MessageOutcome, StreamFunctions, TakenMessage, Unit } from '@millrace/stream';
import { SocialError } from '../base/social-error.ts';
import { type Analysed, batchSignal, signalOf } from '../consensus/signal.ts';
import type { Result } from '../ledger/result-book.ts';
import type { SocialLedger } from '../ledger/social-ledger.ts';
import type { SocialMessage } from '../message/social-message.ts';
import type { SocialSettings } from './read-settings.ts';
import { type Decisions, statusOf } from './status-of.ts';

type Functions = StreamFunctions<SocialMessage>;
type Taken = TakenMessage<SocialMessage>;

/** What social-trading says of its messages: how they are ordered, routed, united and named at their end. */
export function socialFunctions(
  { routing }: Pick<SocialSettings, 'routing'>,
  ledger: Pick<SocialLedger, 'broker'>,
): Required<Pick<Functions, 'key' | 'route' | 'groupBy' | 'unite' | 'status' | 'toSink'>> {
  return {
    key: ({ value }) => value.ticker,
    route: (message) => {
      // It was traded before a crash, and nobody came to know: its order stands, whatever would be decided now.
      if (ledger.broker.orderOf(message.id, [message.id]) !== undefined) {
        return { status: 'executed' };
      }
      if (decisionsOf(message).copyOf != null) return { status: 'duplicate' };
      const { sentiment } = analysed(message);
      const isSure = sentiment.confidence >= routing.immediateConfidence;
      if (!isSure || sentiment.direction === 'neutral') return 'buffer';
      return { context: { signal: signalOf(analysed(message)) } };
    },
    groupBy: ({ value }) => value.ticker,
    unite: ({ messages }): Unit => {
      const batch = messages.map(analysed);
      const signal = batchSignal(batch, routing.consensus);
      return signal === undefined ? { status: 'no_consensus' } : { context: { signal } };
    },
    status: ({ outputs }) => statusOf(outputs as Decisions).status,
    toSink: (outcome, message) => {
      // The result of an id is that of the first message with it, and a second one is only counted.
      const isSecond = outcome.status === 'duplicate' && decisionsOf(outcome).copyOf === undefined;
      return isSecond ? undefined : resultOf(outcome, message, ledger);
    },
  };
}

function decisionsOf({ outputs }: { outputs: Readonly<Record<string, unknown>> }): Decisions {
  // Every key was held against the schema of the stage that wrote it.
  return outputs as Decisions;
}

/** @throws SocialError NOT_ANALYSED, which ends the message as an error */
function analysed(message: Taken): Analysed {
  const { sentiment } = decisionsOf(message);
  if (sentiment !== undefined) return { message: message.value, sentiment };
  throw new SocialError('NOT_ANALYSED', `message ${message.id} comes without a sentiment`);
}

function resultOf(
  outcome: MessageOutcome,
  message: Taken,
  { broker }: Pick<SocialLedger, 'broker'>,
): Result {
  const { id, status, degraded } = outcome;
  const { value } = message;
  // The intake wrote the one, the trade the other.
  const decisions = { ...decisionsOf(message), ...decisionsOf(outcome) };
  const { sentiment, validation, score, risk, gate, execution } = decisions;
  const orderKey = status === 'executed' ? (broker.orderOf(id, [id])?.key ?? null) : null;
  const detail = { sentiment, validation, score, risk, gate, execution, group: outcome.group };
  const head = { messageId: id, status, ticker: value.ticker, author: value.author, at: value.at };
  return { ...head, orderKey, reason: reasonOf(outcome, decisions), degraded, detail };
}

function reasonOf({ status }: MessageOutcome, decisions: Decisions): string {
  if (status === 'duplicate') return `says the same as ${decisions.copyOf}`;
  if (status === 'no_consensus') return 'its batch does not agree';
  const told = statusOf(decisions);
  return told.status === status ? told.reason : 'it was traded before a crash';
}
