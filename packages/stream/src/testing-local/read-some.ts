import type { IncomingMessage } from '../message/incoming-message.ts';
import type { MessageSource } from '../message/message-source.ts';

/** The next `count` messages of a source, of which none is acknowledged. */
export async function readSome<T>(
  source: MessageSource<T>,
  count: number,
): Promise<IncomingMessage<T>[]> {
  const reading = new AbortController();
  const messages: IncomingMessage<T>[] = [];
  for await (const message of source.read(reading.signal)) {
    messages.push(message);
    if (messages.length === count) reading.abort();
  }
  return messages;
}
