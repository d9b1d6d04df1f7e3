import type { ErrorCatalog } from '../error-catalog.ts';

/** Thrown by the codec itself, or by those who turn its problems into errors. */
export const CODEC_ERRORS = {
  VALUE_UNSTORABLE: {
    title: 'A value cannot be stored',
    when: 'A stage returns something that would not come back exactly as it was, such as a function, a class instance or a promise. The message names the path.',
    fix: 'Return plain data, as the help of the message says for each kind.',
  },
  VALUE_TOO_LARGE: {
    title: 'A value is too large to encode',
    when: 'The text of one value would be longer than the longest string of Node, about 512 MiB.',
    fix: 'Return large numbers in a typed array as a key of its own, or write the data to an artifact.',
  },
  VALUE_CORRUPT: {
    title: 'A stored value is damaged',
    when: 'The bytes of a value in the store do not have the recorded checksum, or cannot be read.',
    fix: 'Resume the run: the stage that wrote the value runs again. Check the disk.',
  },
} as const satisfies ErrorCatalog;
