import { realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Problems } from '../source/problems.ts';
import { nearFile } from '../uses/near-files.ts';
import { mayImport, projectRoot } from '../uses/project-root.ts';
import type { BaseReference } from './base-references.ts';

export interface ResolvedBase {
  /** As it is reached, for what is written in it. */
  readonly file: string;
  /** The same file has the same one, however it is reached. */
  readonly real: string;
}

interface BaseRequest {
  readonly reference: BaseReference;
  /** The file that extends. */
  readonly from: string;
  /** The config itself, whose project the file must belong to. */
  readonly configFile: string;
}

/** Finds a file to extend; undefined when something was reported. */
export async function resolveBase(
  { reference, from, configFile }: BaseRequest,
  problems: Problems,
): Promise<ResolvedBase | undefined> {
  const { text, at, path } = reference;
  const file = resolve(dirname(from), text);
  const root = projectRoot(dirname(configFile));
  const outside = (): undefined => {
    problems.report({
      code: 'EXTENDS_OUTSIDE',
      message: `\`extends\` ${JSON.stringify(text)} leads out of the project`,
      at,
      path,
      expected: `a file inside ${root}`,
      help: 'install shared configs as a package: ./node_modules/NAME/base.yaml',
    });
  };
  // Before the file is looked at: whether it exists outside is nobody's business.
  if (!mayImport(file, root)) return outside();
  const real = await realFile(file);
  if (real === undefined) {
    const near = await nearFile(text, file);
    problems.report({
      code: 'EXTENDS_MISSING',
      message: `there is no file ${JSON.stringify(text)} to extend`,
      at,
      path,
      got: file,
      help: near === undefined ? undefined : `did you mean ${JSON.stringify(near)}?`,
    });
    return undefined;
  }
  // A link may lead out of the project as well; links may also lead to the project.
  const realRoot = (await realFile(root)) ?? root;
  return mayImport(real, realRoot) ? { file, real } : outside();
}

/** Undefined for what is not there. */
export async function realFile(file: string): Promise<string | undefined> {
  try {
    await stat(file);
    return await realpath(file);
  } catch {
    return undefined;
  }
}
