import { type SealedValue, sealValue, viewValue } from '../base/codec/index.ts';
import { setOwnProperty } from '../base/codec/own-property.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { didYouMean } from '../base/nearest-name.ts';
import type { PipelineContext } from '../context/index.ts';
import type { DeclaredInput, StageBlueprint } from '../pipeline/index.ts';
import type { Capsule, NamedSlot } from './capsule.ts';
import { capsuleContext, LEFT_OUT_TEXTS, sealedOf } from './capsule-cells.ts';

/** What an attempt gets to read. */
export interface ReplayInputs {
  readonly inputs: Readonly<Record<string, unknown>> | undefined;
  readonly updatable: ReadonlyMap<string, SealedValue | undefined>;
  readonly context: PipelineContext;
}

/**
 * What a capsule gives to a stage as its class is by now.
 * @param given in place of what the capsule holds, by the stage's own names
 * @throws MillraceError CAPSULE_INPUT_MISSING, CAPSULE_INVALID, INPUT_UNKNOWN, VALUE_UNSTORABLE
 */
export function replayInputs(
  capsule: Capsule,
  { inputs, updates }: Pick<StageBlueprint, 'inputs' | 'updates'>,
  given: Readonly<Record<string, unknown>>,
): ReplayInputs {
  const finder = new InputFinder(capsule, sealedInputs(given));
  finder.refuseUnknown(inputs, updates);
  const updatable = new Map(updates.map((name) => [name, finder.sealed(name)]));
  return {
    inputs: inputs === undefined ? undefined : finder.values(inputs),
    updatable,
    context: capsuleContext(capsule, finder.given),
  };
}

function sealedInputs(given: Readonly<Record<string, unknown>>): ReadonlyMap<string, SealedValue> {
  return new Map(
    Object.entries(given).map(([name, value]) => {
      const sealed = sealValue(value, name);
      if (sealed.ok) return [name, sealed.value];
      throw new MillraceError('VALUE_UNSTORABLE', sealed.problem.message, {
        help: sealed.problem.help,
      });
    }),
  );
}

const PLACE = /^(.*)\[(\d+)\]$/s;

class InputFinder {
  readonly given: ReadonlyMap<string, SealedValue>;
  readonly #capsule: Capsule;
  readonly #slots = new Map<string, NamedSlot>();
  /** Gathered inputs, in the order of their parts. */
  readonly #lists = new Map<string, NamedSlot[]>();

  constructor(capsule: Capsule, given: ReadonlyMap<string, SealedValue>) {
    this.#capsule = capsule;
    this.given = given;
    const { inputs, updates, context } = capsule.head;
    // What the class declares by now may have been a mere key of the context.
    for (const slot of context) if (slot.kind === 'value') this.#slots.set(slot.name, slot);
    for (const slot of [...inputs, ...updates]) {
      this.#slots.set(slot.name, slot);
      const [, list] = PLACE.exec(slot.name) ?? [];
      if (list === undefined) continue;
      const parts = this.#lists.get(list);
      if (parts === undefined) this.#lists.set(list, [slot]);
      else parts.push(slot);
    }
  }

  refuseUnknown(inputs: readonly DeclaredInput[] | undefined, updates: readonly string[]): void {
    if (inputs === undefined) return;
    const known = new Set([...inputs.map(({ name }) => name), ...updates, ...this.#slots.keys()]);
    for (const name of this.given.keys()) {
      if (known.has(name)) continue;
      throw new MillraceError(
        'INPUT_UNKNOWN',
        `stage ${JSON.stringify(this.#capsule.head.stage)} reads no ${JSON.stringify(name)}`,
        {
          details: { stage: this.#capsule.head.stage, name },
          help: didYouMean(name, known) ?? `it reads ${[...known].join(', ') || 'nothing'}`,
        },
      );
    }
  }

  values(inputs: readonly DeclaredInput[]): Readonly<Record<string, unknown>> {
    const values: Record<string, unknown> = {};
    for (const { name, optional } of inputs) {
      const parts = this.given.has(name) ? undefined : this.#lists.get(name);
      if (parts !== undefined && !this.#slots.has(name)) {
        const list = parts.map((part) => this.#view(this.sealed(part.name)));
        setOwnProperty(values, name, Object.freeze(list));
        continue;
      }
      const sealed = this.sealed(name, optional);
      if (sealed !== undefined) setOwnProperty(values, name, viewValue(sealed));
    }
    return Object.freeze(values);
  }

  /** Undefined for what nobody had written. */
  sealed(name: string, isOptional = false): SealedValue | undefined {
    const given = this.given.get(name);
    if (given !== undefined) return given;
    const slot = this.#slots.get(name);
    if (slot?.kind === 'value') return sealedOf(this.#capsule, slot.hash);
    if (slot?.kind === 'absent') return undefined;
    if (slot === undefined && isOptional) return undefined;
    const why = slot === undefined ? 'the stage did not read it then' : LEFT_OUT_TEXTS[slot.why];
    throw new MillraceError(
      'CAPSULE_INPUT_MISSING',
      `the capsule of stage ${JSON.stringify(this.#capsule.head.stage)} does not have its input ${JSON.stringify(name)}: ${why}`,
      {
        details: { stage: this.#capsule.head.stage, input: name },
        help: `give it with --input ${name}=VALUE`,
      },
    );
  }

  #view(sealed: SealedValue | undefined): unknown {
    return sealed && viewValue(sealed);
  }
}
