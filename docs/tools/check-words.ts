import { readFileSync } from 'node:fs';
import { shown } from './repository.ts';

/** What a page must not tell: where it was written, and which registry served it. */
const FORBIDDEN: readonly RegExp[] = [
  /\/(?:work|root|tmp)\//,
  /\bregistry\.(?!add\b|redact\b|get\b|values\b|names\b)[a-z]/,
];

/** Places of pages that speak of anything but the project. */
export function checkWords(files: readonly string[]): string[] {
  return files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, at) => {
        const found = FORBIDDEN.map((pattern) => pattern.exec(line)?.[0]).find(Boolean);
        return found === undefined ? [] : [`${shown(file)}:${at + 1}: must not mention ${found}`];
      }),
  );
}
