import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Measure } from './measure.ts';
import { forgetPeak, peakRssMb } from './peak-memory.ts';

// Runs in a plain Node process, so that its memory is that of one load: packages are their sources.
const packages = join(import.meta.dirname, '../../../..');

registerHooks({
  resolve(specifier, context, next) {
    const name = /^@millrace\/([^/]+)$/.exec(specifier)?.[1];
    if (name === undefined) return next(specifier, context);
    return next(pathToFileURL(join(packages, name, 'src/index.ts')).href, context);
  },
});

const { loadConfig } = await import('../../load-config.ts');
const { renderDiagnostics } = await import('../../report/render-diagnostics.ts');

const PROTOTYPES = [Object, Array, Function, String, Map].map(({ prototype }) => prototype);

function prototypeKeys(): string {
  return PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).map(String).join()).join('\n');
}

async function measure(file: string): Promise<Measure> {
  const cwd = join(file, '..');
  const keysBefore = prototypeKeys();
  // What the load before left behind is not this one's.
  globalThis.gc?.();
  forgetPeak();
  const startedAt = performance.now();
  const loaded = await loadConfig({ cwd, file, env: {} });
  const { diagnostics, sources } = loaded.ok
    ? { diagnostics: loaded.value.warnings, sources: loaded.value.sources }
    : loaded.problem;
  const rendered = renderDiagnostics(diagnostics, { sources });
  const elapsedMs = performance.now() - startedAt;
  return {
    stageIds: loaded.ok ? loaded.value.pipeline.stages.map(({ id }) => id) : undefined,
    diagnostics: diagnostics.map(
      ({ code, at }) => `${code}${at === undefined ? '' : ` ${at.line}`}`,
    ),
    rendered,
    elapsedMs,
    peakRssMb: peakRssMb(),
    didImport: existsSync(join(cwd, 'imported')),
    didTouchPrototypes: prototypeKeys() !== keysBefore,
  };
}

process.on('message', async (file: string) => process.send?.(await measure(file)));
