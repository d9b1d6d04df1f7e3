import { isAbsolute, relative, sep } from 'node:path';

/** A path as people near `folder` write it: relative when it is inside, else absolute; always with `/`. */
export function shownPath(file: string, folder: string): string {
  const near = relative(folder, file);
  const isInside =
    near !== '' && near !== '..' && !near.startsWith(`..${sep}`) && !isAbsolute(near);
  return (isInside ? near : file).replaceAll(sep, '/');
}
