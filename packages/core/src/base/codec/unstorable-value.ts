import { formatValuePath, type PathPart } from './value-path.ts';

/** What the author does about each kind of refusal. */
const HELP = {
  function: 'Return data that describes it, such as a name that is looked up again.',
  symbol: 'Use a string.',
  'symbol-key': 'Use a string key.',
  accessor: 'Read it first and return the plain value, for instance with { ...object }.',
  'hidden-property':
    'Return a plain object whose properties are all enumerable, for instance { ...object }.',
  'extra-property': 'Put the elements and the extra properties in a plain object, side by side.',
  'class-instance':
    'Return its fields as a plain object, and build the instance again where it is used.',
  'boxed-primitive': 'Use the primitive itself, as valueOf() gives it.',
  promise: 'Await it before returning.',
  error: 'Return { name: error.name, message: error.message } or throw it.',
  'regular-expression': 'Return { source, flags } and build it again where it is used.',
  url: 'Return its href.',
  'weak-reference': 'Return a Map, a Set or the object itself.',
  'shared-memory': 'Copy it into an array of its own, for instance new Float64Array(shared).',
  'detached-buffer': 'Return it before it is transferred, or return a copy.',
  'resizable-buffer': 'Copy it into a buffer of fixed length, for instance buffer.slice().',
  'overlapping-views':
    'Return one of them and take the parts again where they are used, or return copies.',
  'too-many-holes': 'Use a Map from index to value.',
  'too-deep': 'Keep the nodes in a flat array and refer to them by index.',
  unreadable: 'Return a plain copy of it.',
} as const satisfies Readonly<Record<string, string>>;

export type UnstorableReason = keyof typeof HELP;

/** A value that a stage may not return, and where in it the first fault is. */
export interface UnstorableValue {
  readonly reason: UnstorableReason;
  /** `scores[3].run`, or `map key "a" of scores`. */
  readonly path: string;
  /** Path, what is there and what is expected, in one sentence. */
  readonly message: string;
  /** What to do, one sentence. */
  readonly help: string;
}

/** @param finding what is at the path, as the rest of a sentence: `is a function` */
export function unstorableValue(
  reason: UnstorableReason,
  finding: string,
  place: { readonly root: string; readonly parts: readonly PathPart[] },
): UnstorableValue {
  const path = formatValuePath(place.root, place.parts);
  const message = `${path} ${finding}; a value that is stored must be plain data`;
  return { reason, path, message, help: HELP[reason] };
}
