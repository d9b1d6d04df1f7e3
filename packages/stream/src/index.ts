export { STREAM_ERRORS, type StreamErrorCode } from './base/stream-errors.ts';
export type { IncomingMessage } from './message/incoming-message.ts';
export type { MessageSink } from './message/message-sink.ts';
export type { MessageSource } from './message/message-source.ts';
export type { OutgoingMessage } from './message/outgoing-message.ts';
