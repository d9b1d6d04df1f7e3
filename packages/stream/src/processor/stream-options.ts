import type { Artifacts, Clock, Logger, ModelPipeline } from '@millrace/core';
import type { MessageGroup, PassResult, Route, TakenMessage, Unit } from '../flow/routing.ts';
import type { MessageJournal } from '../journal/message-journal.ts';
import type { DeadLetter } from '../message/dead-letter.ts';
import type { IncomingMessage } from '../message/incoming-message.ts';
import type { MessageOutcome } from '../message/message-outcome.ts';
import type { MessageSink } from '../message/message-sink.ts';
import type { MessageSource } from '../message/message-source.ts';
import type { StreamSettingsInput } from '../settings/stream-settings.ts';

/** What the application says of its messages. Each is called once for a message, and must not wait. */
export interface StreamFunctions<T = unknown> {
  /** Messages of one key keep their order. Default: none has a key, and each runs when there is room. */
  readonly key?: (message: IncomingMessage<T>) => string | undefined;
  /** Messages of one such key within the window are duplicates, beside those of one id. */
  readonly dedupeKey?: (message: IncomingMessage<T>) => string | undefined;
  /** Where a message goes after its intake. Default: `immediate`. */
  readonly route?: (message: TakenMessage<T>) => Route;
  /** By what buffered messages are grouped when they leave the buffer. Default: by their key. */
  readonly groupBy?: (message: TakenMessage<T>) => string;
  /** What is made of a group. Default: the context `{ messages }`, their values in order. */
  readonly unite?: (group: MessageGroup<T>) => Unit;
  /** The final status of a message that went through the pipeline. Default: `done`. */
  readonly status?: (result: PassResult, message: TakenMessage<T>) => string;
  /**
   * What the sink gets of an outcome that is no failure; undefined: nothing. Default: the outcome, unless it is
   * `duplicate` or `dropped`.
   */
  readonly toSink?: (outcome: MessageOutcome, message: TakenMessage<T>) => unknown;
}

export interface StreamOptions<T = unknown> extends StreamFunctions<T> {
  /** Default: the name of the pipeline. It is part of every idempotency key. */
  readonly name?: string;
  /**
   * What every message, or group of messages, goes through. Its context has `message` (the value), or what `route` or
   * `unite` gave, and the `values`; the pipeline declares them as its `inputs`.
   */
  readonly pipeline: ModelPipeline;
  /** What every message goes through before it is routed. */
  readonly intake?: ModelPipeline;
  /** Absent: messages are only pushed. */
  readonly source?: MessageSource<T>;
  readonly sink?: MessageSink;
  /** Gets what failed, as `DeadLetter`. */
  readonly deadLetters?: MessageSink<DeadLetter>;
  /** Makes the stream durable: what was accepted outlasts a kill, and ends after the next start. Default: none. */
  readonly journal?: MessageJournal;
  /** Context keys that the stream gives to both pipelines, and that can be swapped: a model, a table of limits. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** The keys that an outcome carries. Default: all. */
  readonly outputs?: readonly string[];
  readonly settings?: StreamSettingsInput;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** Default: none, and stages that use it fail. */
  readonly artifacts?: Artifacts;
  /** In [0, 1), for the pauses between retries. */
  readonly random?: () => number;
}
