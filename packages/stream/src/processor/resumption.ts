import type { Entry } from '../flow/entry.ts';
import type { MessageJournal, UnfinishedMessage } from '../journal/message-journal.ts';
import type { MessageFailure } from '../message/message-failure.ts';

export interface Durable {
  /** Opened. */
  readonly journal: MessageJournal;
  /** Of the last message in it, as it was opened. */
  readonly lastSeq: number;
}

interface ResumptionParts<T> {
  readonly durable: Durable;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly room: () => Promise<void> | undefined;
  /** Nothing more is to be taken up. */
  readonly isOver: () => boolean;
  readonly enter: (entry: Entry<T>) => void;
  readonly damaged: (entry: Entry<T>, failure: MessageFailure) => void;
  /** The journal does not give what it holds. */
  readonly broke: (error: unknown) => void;
}

/** So many messages of the journal are read at once. */
const READ_AT_ONCE = 500;

/**
 * Takes up what was accepted and not ended in earlier starts, in its order.
 * @param due so many there are
 * @returns how many are left for the next start
 */
export async function resumeMessages<T>(parts: ResumptionParts<T>, due: number): Promise<number> {
  const { durable, isOver, room, broke } = parts;
  let left = due;
  for (let after = 0; left > 0 && !isOver(); ) {
    let page: readonly UnfinishedMessage[] = [];
    try {
      page = await durable.journal.unfinished(after, READ_AT_ONCE);
    } catch (error) {
      broke(error);
    }
    const older = page.filter(({ seq }) => seq <= durable.lastSeq);
    if (older.length === 0) break;
    for (const message of older) {
      for (let full = room(); full !== undefined; full = room()) await full;
      if (isOver()) break;
      after = message.seq;
      left--;
      takeUp(parts, message);
    }
  }
  return left;
}

function takeUp<T>(
  { durable, now, enter, damaged }: ResumptionParts<T>,
  { seq, id, key, value }: UnfinishedMessage,
): void {
  const entry: Entry<T> = {
    id,
    value: (value.ok ? value.value : undefined) as T,
    key,
    dedupeKey: undefined,
    lane: key,
    seq,
    acceptedMs: now(),
    isToAcknowledge: false,
    isFirst: true,
    ended: undefined,
  };
  if (value.ok) return enter(entry);
  const { name } = durable.journal;
  const message = `message ${JSON.stringify(id)}, number ${seq} of the journal ${name}, is damaged: ${value.problem}`;
  damaged(entry, { code: 'JOURNAL_MESSAGE_CORRUPT', message });
}
