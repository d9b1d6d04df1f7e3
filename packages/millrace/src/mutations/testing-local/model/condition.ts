/** What a condition may ask for. */
export interface ConditionNames {
  /** Undefined where nobody knows them. */
  readonly params: readonly string[] | undefined;
  readonly inputs: readonly string[] | undefined;
}

const PATH = String.raw`(?:params|inputs)\.[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[\d+\])*`;
const OPERAND = String.raw`(?:\d+(?:\.\d+)?|"[^"]*"|'[^']*'|true|false|null|${PATH})`;
const COMPARISON = new RegExp(`^${OPERAND}\\s*(?:==|!=|<=?|>=?)\\s*${OPERAND}$`);
const FLAG = new RegExp(`^(?:true|false|${PATH})$`);
const NAME = /(params|inputs)\.(\w+)/g;

/**
 * Why an expression can be no condition. Only comparisons and flags, joined by && and ||, are known, which is what
 * the configs that are tried hold.
 */
export function conditionFault(
  text: string,
  { params, inputs }: ConditionNames,
): string | undefined {
  const parts = text.split(/&&|\|\|/).map((part) => part.trim());
  const isSound = parts.every((part) => FLAG.test(part) || COMPARISON.test(part));
  if (!isSound) return `${text} is no condition`;
  const known = { params, inputs };
  for (const [whole, scope = '', name = ''] of text.matchAll(NAME)) {
    const names = scope === 'params' ? known.params : known.inputs;
    if (names?.includes(name) === false) return `${whole} is not there`;
  }
  return undefined;
}
