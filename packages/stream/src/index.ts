export { STREAM_ERRORS, type StreamErrorCode } from './base/stream-errors.ts';
export type { StageSwap, SwapRequest } from './crew/swap-request.ts';
export type { StreamCounts } from './flow/ledger.ts';
export type { MessageGroup, PassResult, Route, TakenMessage, Unit } from './flow/routing.ts';
export { MemoryJournal } from './journal/memory-journal.ts';
export type {
  AcceptedMessage,
  EndedMessage,
  JournalBatch,
  JournalContents,
  JournalCounts,
  MessageJournal,
  SeenMessage,
  SeenWindow,
  UnfinishedMessage,
} from './journal/message-journal.ts';
export { SqliteJournal, type SqliteJournalOptions } from './journal/sqlite-journal.ts';
export { CollectingSink } from './message/collecting-sink.ts';
export type { DeadLetter } from './message/dead-letter.ts';
export { FileSource, type FileSourceOptions } from './message/file-source.ts';
export type { IncomingMessage } from './message/incoming-message.ts';
export { iterableSource } from './message/iterable-source.ts';
export type { MessageFailure } from './message/message-failure.ts';
export type { MessageOutcome } from './message/message-outcome.ts';
export type { MessageSink } from './message/message-sink.ts';
export type { MessageSource } from './message/message-source.ts';
export type { OutgoingMessage } from './message/outgoing-message.ts';
export type { StreamFunctions, StreamOptions } from './processor/stream-options.ts';
export { type StreamEnd, StreamProcessor, type StreamState } from './processor/stream-processor.ts';
export { RedisConnection } from './redis/redis-connection.ts';
export type { RedisHealth } from './redis/redis-health.ts';
export { RedisPubSubSink, type RedisPubSubSinkOptions } from './redis/redis-pub-sub-sink.ts';
export { RedisPubSubSource, type RedisPubSubSourceOptions } from './redis/redis-pub-sub-source.ts';
export type { RedisConnectionOptions } from './redis/redis-settings.ts';
export { RedisStreamSink, type RedisStreamSinkOptions } from './redis/redis-stream-sink.ts';
export { RedisStreamSource, type RedisStreamSourceOptions } from './redis/redis-stream-source.ts';
export {
  type StreamSettings,
  type StreamSettingsInput,
  streamSettingsSchema,
} from './settings/stream-settings.ts';
export {
  type StopOnSignalsOptions,
  type Stoppable,
  stopOnSignals,
} from './signals/stop-on-signals.ts';
export type { ObservedStream } from './status/observed-stream.ts';
export { prometheusText } from './status/prometheus-text.ts';
export { type StatusServerOptions, StreamStatusServer } from './status/stream-status-server.ts';
export type { StreamListener } from './watch/event-feed.ts';
export type { ComponentHealth, HealthStatus } from './watch/health-board.ts';
export type { Latencies } from './watch/latency-histogram.ts';
export type { EndReason, StreamEvent, StreamEventType } from './watch/stream-event.ts';
export type { StreamHealth } from './watch/stream-health.ts';
export type { StreamMetrics } from './watch/stream-metrics.ts';
