import { isMap, type PlainMap } from './plain.ts';

/** One layer over another: maps key by key, anything else replaced. */
export function merged(lower: PlainMap, upper: PlainMap): PlainMap {
  const all: Record<string, unknown> = { ...lower };
  for (const [key, value] of Object.entries(upper)) {
    const below = all[key];
    all[key] = isMap(below) && isMap(value) ? merged(below, value) : value;
  }
  return all;
}
