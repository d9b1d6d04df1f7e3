/** How many items of a mapped stage may fail before the stage does. */
export type FailureBudget =
  | { readonly kind: 'count'; readonly most: number }
  /** Of all items, from 0 to 1. */
  | { readonly kind: 'share'; readonly most: number };

export const NO_FAILURES: FailureBudget = { kind: 'count', most: 0 };

const PERCENTAGE = /^(\d{1,3}(?:\.\d{1,6})?)\s?%$/;

/** `5%` as a share; undefined when the text is none from 0% to 100%. */
export function parseShare(text: string): FailureBudget | undefined {
  const percent = Number(PERCENTAGE.exec(text)?.[1]);
  return percent <= 100 ? { kind: 'share', most: percent / 100 } : undefined;
}

/** So many of `total` items may fail. A share is rounded down: 5% of 19 items is none. */
export function mostFailures({ kind, most }: FailureBudget, total: number): number {
  // 0.07 * 100 is a little more than 7, and 0.29 * 100 a little less than 29.
  return kind === 'count' ? most : Math.floor(Number((most * total).toPrecision(12)));
}
