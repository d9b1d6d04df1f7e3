import { z } from '../../base/zod.ts';

/** A schema without patterns and functions, as data: it can be built, edited and asked for its values. */
export type Form =
  | { readonly kind: 'text' | 'number' | 'whole' | 'boolean' | 'date' | 'bigint' | 'null' }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'list' | 'set' | 'map' | 'record' | 'nullable' | 'lazy'; readonly item: Form }
  | { readonly kind: 'default'; readonly item: Form; readonly value: unknown }
  | { readonly kind: 'tuple' | 'union'; readonly items: readonly Form[] }
  | ObjectForm
  | { readonly kind: 'both'; readonly left: ObjectForm; readonly right: ObjectForm }
  /** A discriminated union, told by the key `kind`: one case per name. */
  | { readonly kind: 'variants'; readonly cases: Readonly<Record<string, ObjectForm>> };

export interface ObjectForm {
  readonly kind: 'object';
  readonly fields: Readonly<Record<string, Field>>;
  readonly strict: boolean;
}

export interface Field {
  readonly form: Form;
  readonly optional: boolean;
}

export function buildSchema(form: Form): z.ZodType {
  switch (form.kind) {
    case 'text':
      return z.string();
    case 'number':
      return z.number();
    case 'whole':
      return z.int();
    case 'boolean':
      return z.boolean();
    case 'date':
      return z.date();
    case 'bigint':
      return z.bigint();
    case 'null':
      return z.null();
    case 'enum':
      return z.enum([...form.values]);
    case 'tuple': {
      const [first, ...others] = form.items.map(buildSchema);
      return first === undefined ? z.tuple([]) : z.tuple([first, ...others]);
    }
    case 'union':
      return z.union(form.items.map(buildSchema));
    case 'object':
      return buildObject(form);
    case 'both':
      return z.intersection(buildSchema(form.left), buildSchema(form.right));
    case 'variants':
      return buildVariants(form.cases);
    default:
      return buildWrapper(form);
  }
}

function buildWrapper(form: Extract<Form, { readonly item: Form }>): z.ZodType {
  const item = buildSchema(form.item);
  switch (form.kind) {
    case 'list':
      return z.array(item);
    case 'set':
      return z.set(item);
    case 'map':
      return z.map(z.string(), item);
    case 'record':
      return z.record(z.string(), item);
    case 'nullable':
      return item.nullable();
    case 'lazy':
      return z.lazy(() => item);
    case 'default':
      return item.default(form.value);
  }
}

function buildObject({ fields, strict }: ObjectForm, extra: z.ZodRawShape = {}): z.ZodObject {
  const shape = Object.fromEntries(
    Object.entries(fields).map(([key, { form, optional }]) => {
      const schema = buildSchema(form);
      return [key, optional ? schema.optional() : schema];
    }),
  );
  const all = { ...extra, ...shape };
  return strict ? z.strictObject(all) : z.object(all);
}

function buildVariants(cases: Readonly<Record<string, ObjectForm>>): z.ZodType {
  const [first, ...others] = Object.entries(cases).map(([name, form]) =>
    buildObject(form, { kind: z.literal(name) }),
  );
  return first === undefined ? z.never() : z.discriminatedUnion('kind', [first, ...others]);
}
