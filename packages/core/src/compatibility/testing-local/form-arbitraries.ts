import fc from 'fast-check';
import { placesOf } from './form-places.ts';
import type { Field, Form, ObjectForm } from './schema-form.ts';

const NAMES = ['a', 'b', 'c', 'd'] as const;
const KINDS = ['text', 'number', 'whole', 'boolean', 'date', 'bigint', 'null'] as const;
/** Few values, so that a search through some hundred of them meets nearly all. */
const VALUES = {
  text: ['', 'a', 'b', 'c', 'x'],
  number: [0, 1, -3, 2.5],
  whole: [0, 1, -3],
  boolean: [true, false],
  date: [new Date(0)],
  bigint: [1n],
  null: [null],
} as const;

const scalars: fc.Arbitrary<Form> = fc.oneof(
  fc.constantFrom(...KINDS).map((kind) => ({ kind })),
  fc
    .uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 })
    .map((values) => ({ kind: 'enum' as const, values })),
);

/** Forms of a few levels. */
export const forms: fc.Arbitrary<Form> = fc.letrec<{ form: Form }>((tie) => ({
  form: fc.oneof({ maxDepth: 3, depthSize: 'small' }, scalars, ...composed(tie('form'))),
})).form;

function composed(form: fc.Arbitrary<Form>): fc.Arbitrary<Form>[] {
  const wrappers = ['list', 'set', 'map', 'record', 'nullable', 'lazy'] as const;
  const many = ['tuple', 'union'] as const;
  return [
    fc.record({ kind: fc.constantFrom(...wrappers), item: form }),
    form.chain((item) => valuesOf(item).map((value): Form => ({ kind: 'default', item, value }))),
    fc.record({
      kind: fc.constantFrom(...many),
      items: fc.array(form, { minLength: 1, maxLength: 3 }),
    }),
    objects(form, NAMES),
    fc.record({
      kind: fc.constant('both' as const),
      left: objects(form, ['a', 'b']),
      right: objects(form, ['c', 'd']),
    }),
    fc
      .dictionary(fc.constantFrom(...NAMES), objects(form, NAMES), { minKeys: 1, maxKeys: 3 })
      .map((cases): Form => ({ kind: 'variants', cases })),
  ];
}

function objects(form: fc.Arbitrary<Form>, keys: readonly string[]): fc.Arbitrary<ObjectForm> {
  const field: fc.Arbitrary<Field> = fc.record({ form, optional: fc.boolean() });
  return fc.record({
    kind: fc.constant('object' as const),
    fields: fc.dictionary(fc.constantFrom(...keys), field, { maxKeys: 3 }),
    strict: fc.boolean(),
  });
}

/** Values that the form's schema gives out. */
export function valuesOf(form: Form): fc.Arbitrary<unknown> {
  switch (form.kind) {
    case 'enum':
      return fc.constantFrom(...form.values);
    case 'list':
      return fc.array(valuesOf(form.item), { maxLength: 3 });
    case 'set':
      return fc.array(valuesOf(form.item), { maxLength: 3 }).map((items) => new Set(items));
    case 'map':
      return entries(form.item).map((pairs) => new Map(pairs));
    case 'record':
      return entries(form.item).map((pairs) => Object.fromEntries(pairs));
    case 'nullable':
      return fc.oneof(fc.constant(null), valuesOf(form.item));
    case 'lazy':
    case 'default':
      return valuesOf(form.item);
    case 'tuple':
      return fc.tuple(...form.items.map(valuesOf));
    case 'union':
      return fc.oneof(...form.items.map(valuesOf));
    case 'object':
      return objectValues(form);
    case 'both':
      return fc
        .tuple(valuesOf(form.left), valuesOf(form.right))
        .map(([left, right]) => Object.assign({}, left, right));
    case 'variants':
      return fc.oneof(
        ...Object.entries(form.cases).map(([kind, one]) =>
          objectValues(one).map((value) => ({ ...value, kind })),
        ),
      );
    default:
      return fc.constantFrom<unknown>(...VALUES[form.kind]);
  }
}

function entries(item: Form): fc.Arbitrary<[string, unknown][]> {
  const entry = fc.tuple(fc.constantFrom<string>(...NAMES), valuesOf(item));
  return fc.uniqueArray(entry, { maxLength: 3, selector: ([key]) => key });
}

function objectValues({ fields }: ObjectForm): fc.Arbitrary<object> {
  const keys = Object.keys(fields);
  return fc.record(
    Object.fromEntries(Object.entries(fields).map(([key, { form }]) => [key, valuesOf(form)])),
    { requiredKeys: keys.filter((key) => fields[key]?.optional === false) },
  );
}

/** The form with one of its parts exchanged for another. */
export function edited(form: Form): fc.Arbitrary<Form> {
  return fc
    .tuple(fc.constantFrom(...placesOf(form)), forms)
    .map(([place, other]) => place.put(other));
}

/** The form with one to three of its parts opened to more values. */
export function widened(form: Form): fc.Arbitrary<Form> {
  const once = (known: Form): fc.Arbitrary<Form> =>
    fc.constantFrom(...placesOf(known)).chain(({ part, put }) => wider(part).map(put));
  return fc
    .integer({ min: 1, max: 3 })
    .chain((times) =>
      Array.from({ length: times }).reduce<fc.Arbitrary<Form>>(
        (known) => known.chain(once),
        fc.constant(form),
      ),
    );
}

function wider(form: Form): fc.Arbitrary<Form> {
  const ways: fc.Arbitrary<Form>[] = [
    fc.constant({ kind: 'nullable', item: form }),
    fc.constant({ kind: 'lazy', item: form }),
    valuesOf(form).map((value) => ({ kind: 'default', item: form, value })),
    forms.map((other) => ({ kind: 'union', items: [other, form] })),
  ];
  if (form.kind === 'whole') ways.push(fc.constant({ kind: 'number' }));
  if (form.kind === 'enum')
    ways.push(fc.constant({ kind: 'text' }), fc.constant({ kind: 'enum', values: NAMES }));
  if (form.kind === 'tuple')
    ways.push(fc.constant({ kind: 'list', item: { kind: 'union', items: form.items } }));
  if (form.kind === 'object' && !form.strict) {
    const names = Object.keys(form.fields);
    ways.push(
      fc.subarray(names).map((kept) => ({
        ...form,
        fields: Object.fromEntries(
          Object.entries(form.fields).filter(([key]) => kept.includes(key)),
        ),
      })),
    );
  }
  return fc.oneof(...ways);
}
