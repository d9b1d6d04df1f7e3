/**
 * Whether the whole text fits: `*` stands for any characters, also none and also `/`; `?` for exactly one.
 * Only the newest `*` is ever tried again, so the cost is at most the product of both lengths.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let sign = 0;
  let at = 0;
  let behindStar = -1;
  let starEnd = 0;
  while (at < text.length) {
    if (pattern[sign] === '*') {
      behindStar = ++sign;
      starEnd = at;
    } else if (pattern[sign] === '?') {
      sign++;
      at += unitsAt(text, at);
    } else if (pattern[sign] === text[at]) {
      sign++;
      at++;
    } else if (behindStar !== -1) {
      starEnd += unitsAt(text, starEnd);
      at = starEnd;
      sign = behindStar;
    } else {
      return false;
    }
  }
  while (pattern[sign] === '*') sign++;
  return sign === pattern.length;
}

/** An emoji is one character to the person who types `?`. */
function unitsAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
