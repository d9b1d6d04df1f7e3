import { SocialError } from './social-error.ts';

/**
 * `items[index]` of an array that is known to reach that far; negative indexes count from the end.
 * @throws SocialError INDEX_OUTSIDE
 */
export function element<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index < 0 ? items.length + index : index];
  if (item === undefined) {
    throw new SocialError('INDEX_OUTSIDE', `index ${index} is outside of ${items.length} items`);
  }
  return item;
}
