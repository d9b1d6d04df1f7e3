import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Page, readPage } from './markdown.ts';
import { ROOT, shown } from './repository.ts';

/** Links that lead nowhere: a file that is not there, or a heading that its page does not have. */
export function checkLinks(files: readonly string[]): string[] {
  const pages = new Map<string, Page>();
  const pageOf = (file: string): Page => {
    const known = pages.get(file) ?? readPage(readFileSync(file, 'utf8'));
    pages.set(file, known);
    return known;
  };
  return files.flatMap((file) =>
    pageOf(file).links.flatMap(({ target, line }) => {
      const fault = faultOf(target, file, pageOf);
      return fault === undefined ? [] : [`${shown(file)}:${line}: ${target} ${fault}`];
    }),
  );
}

function faultOf(target: string, from: string, pageOf: (file: string) => Page): string | undefined {
  if (/^(?:https?|mailto):/.test(target)) return undefined;
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? from : resolve(dirname(from), decodeURI(path));
  if (!existsSync(file)) return 'is not there';
  if (!file.startsWith(`${ROOT}/`)) return 'leads out of the repository';
  if (anchor === undefined) return undefined;
  const page = statSync(file).isDirectory() ? join(file, 'README.md') : file;
  if (!page.endsWith('.md')) return 'points into a file that is no page';
  return pageOf(page).anchors.has(anchor) ? undefined : 'has no such heading';
}
