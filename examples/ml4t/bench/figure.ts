/** One line of the table. */
export interface Figure {
  readonly name: string;
  readonly measured: string;
  readonly required: string;
  /** How many times better than what is required; absent where it is yes or no. */
  readonly ratio?: number;
  /** Our own, stricter one. */
  readonly target?: string;
  readonly meetsTarget?: boolean;
  readonly isMet: boolean;
}

interface Most {
  readonly measured: number;
  readonly required: number;
  /** Our own. */
  readonly target?: number;
  readonly unit: string;
  readonly digits?: number;
}

/** A figure that must be small. */
export function atMost(
  name: string,
  { measured, required, target, unit, digits = 1 }: Most,
): Figure {
  const text = (value: number): string => `${value.toFixed(digits)} ${unit}`;
  return {
    name,
    measured: text(measured),
    required: `< ${required} ${unit}`,
    ratio: required / measured,
    isMet: measured < required,
    ...(target === undefined
      ? {}
      : { target: `< ${target} ${unit}`, meetsTarget: measured < target }),
  };
}

/** A figure that must be large. */
export function atLeast(
  name: string,
  { measured, required, target, unit, digits = 0 }: Most,
): Figure {
  const text = (value: number): string =>
    `${value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits })} ${unit}`.trim();
  return {
    name,
    measured: text(measured),
    required: `> ${text(required)}`,
    ratio: measured / required,
    isMet: measured > required,
    ...(target === undefined
      ? {}
      : { target: `> ${text(target)}`, meetsTarget: measured > target }),
  };
}

export const yes = (name: string, isMet: boolean, measured: string, required: string): Figure => ({
  ...{ name, isMet, measured, required },
});

const pad = (text: string, width: number): string => text.padEnd(width);

export const HEAD = `${pad('figure', 50)} ${pad('measured', 24)} ${pad('required', 18)} ${pad('ratio', 9)} our target`;

export function lineOf({ name, measured, required, ratio, target, meetsTarget, isMet }: Figure) {
  const times =
    ratio === undefined || ratio === Number.POSITIVE_INFINITY
      ? isMet
        ? 'met'
        : 'MISSED'
      : `${ratio.toFixed(ratio < 10 ? 1 : 0)}x`;
  const own = target === undefined ? '' : `${target} ${meetsTarget === true ? 'met' : 'MISSED'}`;
  return `${pad(name, 50)} ${pad(measured, 24)} ${pad(required, 18)} ${pad(times, 9)} ${own}`.trimEnd();
}
