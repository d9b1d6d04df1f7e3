import type { Field, Form, ObjectForm } from './schema-form.ts';

/** A part of a form, and the whole form with another part in its place. */
export interface Place {
  readonly part: Form;
  readonly put: (other: Form) => Form;
}

/** The form itself and all its parts. */
export function placesOf(form: Form): Place[] {
  const inside = partsOf(form).flatMap(({ part, put }) =>
    placesOf(part).map((place) => ({
      part: place.part,
      put: (other: Form) => put(place.put(other)),
    })),
  );
  return [{ part: form, put: (other) => other }, ...inside];
}

function partsOf(form: Form): Place[] {
  switch (form.kind) {
    case 'tuple':
    case 'union':
      return form.items.map((part, index) => ({
        part,
        put: (other) => ({ ...form, items: form.items.with(index, other) }),
      }));
    case 'object':
      return fieldsOf(form, (other) => other);
    case 'both':
      return [
        ...fieldsOf(form.left, (left) => ({ ...form, left })),
        ...fieldsOf(form.right, (right) => ({ ...form, right })),
      ];
    case 'variants':
      return Object.entries(form.cases).flatMap(([name, one]) =>
        fieldsOf(one, (other) => ({ ...form, cases: { ...form.cases, [name]: other } })),
      );
    default:
      return 'item' in form ? [{ part: form.item, put: (item) => ({ ...form, item }) }] : [];
  }
}

function fieldsOf(object: ObjectForm, put: (other: ObjectForm) => Form): Place[] {
  return Object.entries(object.fields).map(([key, field]) => ({
    part: field.form,
    put: (form) => put(withField(object, key, { ...field, form })),
  }));
}

function withField(object: ObjectForm, key: string, field: Field): ObjectForm {
  return { ...object, fields: { ...object.fields, [key]: field } };
}
