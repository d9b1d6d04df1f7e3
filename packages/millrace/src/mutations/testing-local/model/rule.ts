import { isList, isMap, isText } from './plain.ts';

/** What is wrong with a value; undefined when nothing is. */
export type Rule = (value: unknown) => string | undefined;

export const anything: Rule = () => undefined;

export const text: Rule = (value) => (isText(value) && value !== '' ? undefined : 'is no text');

export const anyText: Rule = (value) => (isText(value) ? undefined : 'is no text');

export const flag: Rule = (value) =>
  typeof value === 'boolean' ? undefined : 'is neither true nor false';

export function oneOf(...choices: readonly string[]): Rule {
  return (value) =>
    isText(value) && choices.includes(value) ? undefined : `is none of ${choices.join(', ')}`;
}

export function whole(least: number, most: number): Rule {
  return (value) => {
    const isWhole = typeof value === 'number' && Number.isSafeInteger(value);
    return isWhole && value >= least && value <= most ? undefined : 'is no such whole number';
  };
}

/** @param isZeroFine whether a duration of nothing makes sense */
export function duration(isZeroFine: boolean): Rule {
  return (value) => {
    const amount = isText(value) ? /^(\d+(?:\.\d+)?)(?:ms|s|m|h|d)$/.exec(value)?.[1] : undefined;
    return amount !== undefined && (isZeroFine || Number(amount) > 0)
      ? undefined
      : 'is no such duration';
  };
}

export function list(item: Rule, least = 0): Rule {
  return (value) => {
    if (!isList(value)) return 'is no list';
    return value.length < least ? 'is empty' : first(value, (one) => item(one));
  };
}

const ANY_NAME = /^/;

export function record(item: Rule, name: RegExp = ANY_NAME): Rule {
  return (value) => {
    if (!isMap(value)) return 'is no map';
    const wrong = Object.keys(value).find((key) => !name.test(key));
    return wrong === undefined ? first(Object.values(value), item) : `has the name ${wrong}`;
  };
}

export function either(...rules: readonly Rule[]): Rule {
  return (value) =>
    rules.some((rule) => rule(value) === undefined) ? undefined : 'is nothing of what it may be';
}

/** A map of known fields. */
export function shape(
  fields: Readonly<Record<string, Rule>>,
  required: readonly string[] = [],
): Rule {
  return (value) => {
    if (!isMap(value)) return 'is no map';
    const missing = required.find((key) => !Object.hasOwn(value, key));
    if (missing !== undefined) return `has no ${missing}`;
    return first(Object.entries(value), ([key, field]) => {
      const rule = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (rule === undefined) return `has the unknown key ${key}`;
      const fault = rule(field);
      return fault && `${key} ${fault}`;
    });
  };
}

/** Leaves alone whatever holds a placeholder that is not filled in yet. */
export function unlessTemplate(rule: Rule): Rule {
  return (value) => (isText(value) && value.includes('${') ? undefined : rule(value));
}

function first<Item>(
  items: Iterable<Item>,
  fault: (item: Item) => string | undefined,
): string | undefined {
  for (const item of items) {
    const found = fault(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
