import type { IncomingMessage } from './incoming-message.ts';
import type { MessageSource } from './message-source.ts';

interface IterableSourceOptions<T> {
  readonly name?: string;
  /** What names a message, by its value and its place from 0. Default: its place. */
  readonly id?: (value: T, place: number) => string;
}

/**
 * A source of the values of an iterable or an async iterable. It remembers nothing: each reading begins the iterable
 * anew, and a generator can be read once.
 */
export function iterableSource<T>(
  values: Iterable<T> | AsyncIterable<T>,
  { name = 'iterable', id = (_, place) => String(place) }: IterableSourceOptions<T> = {},
): MessageSource<T> {
  return {
    name,
    async *read(signal: AbortSignal): AsyncGenerator<IncomingMessage<T>> {
      let place = 0;
      for await (const value of values) {
        if (signal.aborted) return;
        yield { id: id(value, place++), value };
      }
    },
  };
}
