import { MillraceError } from '@millrace/core';

type Json = Readonly<Record<string, unknown>>;

/** A package.json with all that a project of Millrace needs. */
export interface CompleteManifest {
  readonly text: string;
  /** What was put in: `scripts.run`. Empty when nothing was missing. */
  readonly added: readonly string[];
  /** False: its TypeScript files are modules only when they end in `.mts`. */
  readonly isModule: boolean;
}

/** By section, what is put in where it is missing. */
function sections(version: string): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return {
    scripts: {
      run: 'millrace run',
      resume: 'millrace resume',
      plan: 'millrace plan',
      schema: 'millrace schema --out .millrace/schema.json',
      test: 'node --test',
      types: 'tsc',
    },
    dependencies: { millrace: `^${version}` },
    devDependencies: { '@types/node': '^24.0.0', typescript: '>=5.8.0' },
  };
}

/** @param version of Millrace */
export function newManifest(name: string, version: string): CompleteManifest {
  const start = { name, version: '0.1.0', private: true, type: 'module' };
  return completed(start, version, '  ');
}

/**
 * An existing package.json with what is missing put in. Nothing that it says is changed, its `type`
 * included: other files of the project may rely on it.
 * @throws MillraceError INIT_MANIFEST when it is no JSON object
 */
export function completeManifest(text: string, version: string, file: string): CompleteManifest {
  const manifest = read(text, file);
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  ';
  const complete = completed(manifest, version, indent);
  return complete.added.length === 0 ? { ...complete, text } : complete;
}

function completed(manifest: Json, version: string, indent: string): CompleteManifest {
  const added: string[] = [];
  const installed = new Set(
    ['dependencies', 'devDependencies', 'peerDependencies'].flatMap((section) =>
      Object.keys(sectionOf(manifest, section)),
    ),
  );
  const complete: Record<string, unknown> = { ...manifest };
  for (const [section, wanted] of Object.entries(sections(version))) {
    const own = sectionOf(manifest, section);
    const missing = Object.entries(wanted).filter(
      ([key]) => !Object.hasOwn(own, key) && (section === 'scripts' || !installed.has(key)),
    );
    if (missing.length === 0) continue;
    complete[section] = { ...own, ...Object.fromEntries(missing) };
    added.push(...missing.map(([key]) => `${section}.${key}`));
  }
  const text = `${JSON.stringify(complete, undefined, indent)}\n`;
  return { text, added, isModule: manifest.type === 'module' };
}

function sectionOf(manifest: Json, section: string): Json {
  const value = manifest[section];
  return isObject(value) ? value : {};
}

function read(text: string, file: string): Json {
  let reason = 'it is no object';
  try {
    const manifest: unknown = JSON.parse(text);
    if (isObject(manifest)) return manifest;
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  throw new MillraceError('INIT_MANIFEST', `${file} cannot be read: ${reason}`, {
    details: { file },
    help: 'correct it, or start in another folder; nothing was written',
  });
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
