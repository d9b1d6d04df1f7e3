import { invariant } from '../invariant.ts';
import type { Refusal } from './refusal.ts';
import {
  type UnstorableReason,
  type UnstorableValue,
  unstorableValue,
} from './unstorable-value.ts';
import type { PathPart } from './value-path.ts';

/** Stands for a part that cannot be stored. */
export const REFUSED: unique symbol = Symbol('refused');

/** The first fault of a value. It costs nothing until there is one: the path forms as the walk unwinds. */
export class FaultTrace {
  #refusal: Refusal | undefined;
  readonly #partsUpwards: PathPart[] = [];

  /** @param finding what is there, as the rest of a sentence: `is a function` */
  refuse(reason: UnstorableReason, finding: string): typeof REFUSED {
    this.#refusal = { reason, finding };
    return REFUSED;
  }

  /** The fault lies inside this part; each level says so on its way out. */
  refusedAt(part: PathPart): typeof REFUSED {
    this.#partsUpwards.push(part);
    return REFUSED;
  }

  extraProperties(): typeof REFUSED {
    return this.refuse('extra-property', 'has properties of its own besides its content');
  }

  symbolKey(value: object): typeof REFUSED {
    const [key] = Object.getOwnPropertySymbols(value);
    return this.refuse('symbol-key', `has the symbol key ${String(key)}`);
  }

  property(name: string, property: PropertyDescriptor | undefined): typeof REFUSED {
    if (property === undefined) this.refuse('unreadable', 'vanished while it was read');
    else if ('value' in property) this.refuse('hidden-property', 'is not enumerable');
    else this.refuse('accessor', 'is computed by a getter');
    return this.refusedAt(name);
  }

  /** A proxy or a getter of the author threw. Where is not known any more. */
  threw(thrown: unknown): typeof REFUSED {
    this.#partsUpwards.length = 0;
    return this.refuse('unreadable', `threw while it was read (${describeThrown(thrown)})`);
  }

  /** @param root what messages call the whole value */
  toProblem(root: string): UnstorableValue {
    invariant(this.#refusal, 'a value was not refused but its refusal was asked for');
    const { reason, finding } = this.#refusal;
    return unstorableValue(reason, finding, { root, parts: this.#partsUpwards.toReversed() });
  }
}

function describeThrown(thrown: unknown): string {
  try {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  } catch {
    return 'something that cannot be described';
  }
}
