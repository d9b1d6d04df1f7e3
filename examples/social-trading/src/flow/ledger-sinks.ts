import type { DeadLetter, MessageSink } from '@millrace/stream';
import type { Result } from '../ledger/result-book.ts';
import type { SocialLedger } from '../ledger/social-ledger.ts';
import { SocialMessage } from '../message/social-message.ts';

/** Results into the ledger; each once, however often it is sent. */
export function ledgerSink({ results }: Pick<SocialLedger, 'results'>): MessageSink<Result> {
  return {
    name: 'ledger',
    async send(messages) {
      results.store(messages.map(({ value }) => value));
    },
  };
}

/** What failed, beside the results. */
export function ledgerDeadLetters({
  results,
}: Pick<SocialLedger, 'results'>): MessageSink<DeadLetter> {
  return {
    name: 'ledger',
    async send(messages) {
      results.store(messages.map(({ value }) => failedResult(value)));
    },
  };
}

function failedResult({ id, status, value, failure, at }: DeadLetter): Result {
  // A damaged message cannot be read any more, and is on record all the same.
  const message = SocialMessage.safeParse(value).data;
  const { ticker = '', author = '' } = message ?? {};
  const where = failure.stage === undefined ? '' : `${failure.stage}: `;
  const reason = `${where}${failure.thrown?.message ?? failure.message}`;
  const head = { messageId: id, status, ticker, author, at: message?.at ?? at };
  return { ...head, orderKey: null, reason, degraded: [], detail: failure };
}
