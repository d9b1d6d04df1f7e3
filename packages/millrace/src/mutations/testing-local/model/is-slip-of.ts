/** Whether one text is the other with a letter more, less, changed, or two of them swapped, or in other case. */
export function isSlipOf(typed: string, meant: string): boolean {
  if (typed === meant) return false;
  const [one, other] = [typed.toLowerCase(), meant.toLowerCase()];
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [left, wanted] = [one.slice(start), other.slice(start)];
  const isSwapped = `${left[1]}${left[0]}${left.slice(2)}` === wanted;
  const candidates = [left.slice(1) === wanted, left === wanted.slice(1)];
  return (
    one === other || isSwapped || left.slice(1) === wanted.slice(1) || candidates.includes(true)
  );
}
