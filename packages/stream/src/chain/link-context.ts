import { MillraceError, type StageContext } from '@millrace/core';
import { quote } from '../base/quote.ts';
import type { Link } from './link.ts';
import { NOTHING, readVisible, type Values, visibleKeys } from './read-values.ts';

/** What a stage without updates sees of the context. */
export class LinkContext implements StageContext<never> {
  readonly #link: Link;
  readonly #values: Values;

  constructor(link: Link, values: Values) {
    this.#link = link;
    this.#values = values;
  }

  get(key: string): unknown {
    const value = readVisible(this.#link, key, this.#values);
    return value === NOTHING ? undefined : value;
  }

  has(key: string): boolean {
    return readVisible(this.#link, key, this.#values) !== NOTHING;
  }

  keys(): readonly string[] {
    return visibleKeys(this.#link, this.#values);
  }

  update(): void {
    throw new MillraceError(
      'UPDATE_UNDECLARED',
      `an update of stage ${quote(this.#link.id)} touches a key, and it declares none`,
      { details: { stage: this.#link.id }, help: 'declare the key in updates of its spec' },
    );
  }
}
