import type { PathSegment } from '@millrace/core';
import type { ConfigSource } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';

/** A config of moderate size may be written as densely as its author likes. */
const FREE_VALUES = 100_000;
/** What goes beyond that holds one value in so many signs at least; a stage needs some 15 for each. */
const SIGNS_PER_VALUE = 12;
/** A list or map with more is data, unless it has an entry for each stage. */
const MAX_ENTRIES = 30_000;
/** So many a list or map may have without being looked at as data. */
export const FREE_ENTRIES = 1000;
/** What goes beyond that in all lists and maps of a file together: many long ones cost what one too long does. */
const MAX_DATA = 60_000;
/** More than the stages that fit into the largest config. */
const MAX_STAGES = 150_000;
/** Keys of what has an entry for each stage. */
const STAGE_KEYS = new Set<PathSegment | undefined>(['stages', 'needs']);

const HELP = 'keep data in files that stages read, and only wiring in the config';

/**
 * What one file may cost. A value takes some hundred times the memory of the sign that it may be
 * written with, so that the limit of the file's size alone would leave room for gigabytes.
 */
export class ValueBudget {
  readonly #source: ConfigSource;
  readonly #problems: Problems;
  #values = 0;
  #data = 0;

  constructor(source: ConfigSource, problems: Problems) {
    this.#source = source;
    this.#problems = problems;
  }

  /** Counts a value that starts at the offset. False, and reported, when it is one too many. */
  spend(offset: number): boolean {
    this.#values += 1;
    if (this.#values <= FREE_VALUES + offset / SIGNS_PER_VALUE) return true;
    this.#problems.report({
      code: 'CONFIG_TOO_MANY_VALUES',
      message: 'the file holds more values than a config may',
      at: this.#source.span(offset, offset + 1),
      got: `${this.#values} values in the ${offset} characters up to here`,
      expected: `at most ${FREE_VALUES}, and one more for every ${SIGNS_PER_VALUE} characters`,
      help: HELP,
    });
    return false;
  }

  /**
   * Whether the value of a key may have so many entries, the last of which starts at the offset. To be
   * asked for each entry beyond {@link FREE_ENTRIES}.
   */
  admits(entries: number, offset: number, key: PathSegment | undefined): boolean {
    if (entries <= FREE_ENTRIES) return true;
    const isOfStages = STAGE_KEYS.has(key);
    const most = isOfStages ? MAX_STAGES : MAX_ENTRIES;
    if (!isOfStages) this.#data += 1;
    if (entries <= most && this.#data <= MAX_DATA) return true;
    this.#problems.report({
      code: 'CONFIG_TOO_MANY_VALUES',
      message:
        entries > most
          ? `a list, a map or a text has more than ${most} entries or lines`
          : `long lists, maps and texts have more than ${MAX_DATA} entries or lines together`,
      at: this.#source.span(offset, offset + 1),
      help: HELP,
    });
    return false;
  }
}
