import { didYouMean, MillraceError } from '@millrace/core';
import { shellQuote } from './command-line.ts';

interface UnknownKey {
  readonly key: string;
  /** Whose context it is, for the message: `run 20261121-113355-k3f9x2mq`. */
  readonly where: string;
  readonly runId: string;
  /** The keys that there are. */
  readonly known: Iterable<string>;
  /** The stage whose view lacks the key. */
  readonly stage?: string;
}

export function contextKeyUnknown({ key, where, runId, known, stage }: UnknownKey): MillraceError {
  const list =
    stage === undefined ? `show ${runId} --context` : `show ${runId} --at ${shellQuote(stage)}`;
  return new MillraceError(
    'CONTEXT_KEY_UNKNOWN',
    `the context of ${where} has no key ${JSON.stringify(key)}`,
    {
      details: { runId, key },
      help: didYouMean(key, known) ?? `list its keys: millrace ${list}`,
    },
  );
}
