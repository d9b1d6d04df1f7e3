import type { FlushReason } from '../flow/hybrid-buffer.ts';
import type { MessageFailure } from '../message/message-failure.ts';
import type { MessageOutcome } from '../message/message-outcome.ts';

/** Why a stream stopped. */
export type EndReason =
  | 'stopped'
  | 'source-ended'
  | 'source-failed'
  | 'stage-failed'
  | 'journal-failed';

/** What happens in a stream, without its number and time. */
export type StreamEventBody =
  | { readonly type: 'stream.started'; readonly generation: number }
  | { readonly type: 'stream.stopping'; readonly reason: EndReason }
  | {
      readonly type: 'stream.stopped';
      readonly reason: EndReason;
      readonly failure?: MessageFailure;
    }
  /** It has its final status. */
  | { readonly type: 'message.ended'; readonly outcome: MessageOutcome }
  | {
      readonly type: 'buffer.flushed';
      readonly reason: FlushReason;
      readonly messages: number;
      readonly groups: number;
    }
  /** The first of its failures in a row: messages do without it, or with what stands in for it. */
  | { readonly type: 'stage.degraded'; readonly stage: string; readonly failure: MessageFailure }
  /** The first of its failures in a row that fail messages. */
  | { readonly type: 'stage.failed'; readonly stage: string; readonly failure: MessageFailure }
  | { readonly type: 'stage.recovered'; readonly stage: string }
  | {
      readonly type: 'source.failed' | 'sink.failed';
      readonly name: string;
      readonly failure: MessageFailure;
      /** Failures in a row, this one included. */
      readonly attempt: number;
      /** Until it is tried again; undefined where it is not. */
      readonly delayMs: number | undefined;
    }
  | { readonly type: 'source.recovered' | 'sink.recovered'; readonly name: string }
  | { readonly type: 'source.ended'; readonly name: string }
  | {
      readonly type: 'stages.swapped';
      readonly generation: number;
      readonly stages: readonly string[];
      readonly values: readonly string[];
    };

/** A fact about a stream. Numbers count up by one, from 1, for as long as the processor lives. */
export type StreamEvent = StreamEventBody & {
  readonly seq: number;
  /** Wall clock, milliseconds since 1970 UTC. */
  readonly at: number;
};

export type StreamEventType = StreamEvent['type'];
