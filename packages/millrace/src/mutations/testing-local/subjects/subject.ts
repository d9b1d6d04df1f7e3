import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type LoadedConfig,
  loadConfig,
  type RefusedConfig,
  renderDiagnostics,
} from '@millrace/config';
import { problem, type Result, success } from '@millrace/core';
import type { Choice } from '../model/chosen-pipeline.ts';
import { type Judgement, judge } from '../model/judge.ts';
import { KnownClasses, type ModuleExports } from '../model/known-classes.ts';
import { KnownFits } from '../model/known-fits.ts';
import { mapOf } from '../model/plain.ts';
import { readReference } from '../text/reference-yaml.ts';
import type { ConfigFolder } from './config-folder.ts';

interface SubjectOptions {
  /** As people see it. */
  readonly name: string;
  readonly folder: ConfigFolder;
  /** The config that is loaded, relative to the folder. */
  readonly file: string;
  /** The file that is mutated. Default: the config. */
  readonly mutated?: string;
}

/** A config that is loaded over and over, each time with another mutation of its text. */
export class Subject {
  readonly name: string;
  readonly mutated: string;
  readonly text: string;
  /** Every pipeline of the config in every environment. */
  readonly choices: readonly Choice[];
  readonly #folder: ConfigFolder;
  readonly #file: string;
  readonly #texts = new Map<string, string>();
  readonly #env: Readonly<Record<string, string>>;
  readonly #fits = new KnownFits();
  #classes = new KnownClasses(new Map());

  constructor({ name, folder, file, mutated = file }: SubjectOptions) {
    this.name = name;
    this.mutated = mutated;
    this.text = folder.read(mutated);
    this.#folder = folder;
    this.#file = file;
    for (const path of globSync('**/*.yaml', { cwd: folder.path, exclude: ['node_modules'] }))
      this.#texts.set(folder.file(path), folder.read(path));
    this.#env = outsideValues([...this.#texts.values()].join('\n'));
    this.choices = choicesOf(folder.read(file));
  }

  /**
   * Loads the config as it was written, to learn which classes there are and what fits together. The
   * problem is why it cannot be loaded.
   */
  async prepare(): Promise<Result<void, string>> {
    const modules = new Map<string, ModuleExports>();
    for (const choice of this.choices) {
      const loaded = await this.load(choice);
      if (!loaded.ok) return problem(renderDiagnostics(loaded.problem.diagnostics));
      for (const [uses, { file }] of loaded.value.modules) await addModules(uses, file, modules);
    }
    this.#classes = new KnownClasses(modules);
    for (const choice of this.choices) this.judge(choice, this.text);
    this.#fits.seal();
    return success(undefined);
  }

  /** What the model has against the text as it was written: nothing, if the model is right. */
  faultsAsWritten(): readonly string[] {
    return this.choices.flatMap((choice) => {
      const judged = this.judge(choice, this.text);
      const known = judged.kind === 'faulty' ? judged.faults.map(({ why }) => why) : [judged.kind];
      return judged.kind === 'sound' ? [] : known.map((why) => `${this.name}: ${why}`);
    });
  }

  load(choice: Choice): Promise<Result<LoadedConfig, RefusedConfig>> {
    return loadConfig({
      cwd: this.#folder.path,
      file: this.#file,
      env: this.#env,
      pipeline: choice.pipeline,
      environment: choice.environment ?? '',
    });
  }

  /** What the loader is to read from now on. */
  put(text: string): void {
    this.#folder.write(this.mutated, text);
  }

  /** Of a file of the folder, as it was written. */
  textOf(name: string): string | undefined {
    return this.#texts.get(this.#folder.file(name));
  }

  judge(choice: Choice, text: string): Judgement {
    const files = new Map(this.#texts).set(this.#folder.file(this.mutated), text);
    const around = { classes: this.#classes, fits: this.#fits, env: this.#env };
    return judge({ ...around, file: this.#folder.file(this.#file), files }, choice);
  }
}

/** Also the files beside those that stages use, since a slip may lead from one to another. */
async function addModules(
  uses: string,
  file: string,
  modules: Map<string, ModuleExports>,
): Promise<void> {
  const [module = ''] = uses.split('#');
  if (!module.startsWith('.')) modules.set(module, await import(pathToFileURL(file).href));
  else
    for (const name of globSync('*.{ts,js}', { cwd: dirname(file) })) {
      const path = join(dirname(file), name);
      if (!modules.has(path)) modules.set(path, await import(pathToFileURL(path).href));
    }
}

/** A value for each variable and secret that has no default. */
function outsideValues(text: string): Readonly<Record<string, string>> {
  const names = text.matchAll(/\$\{(?:env|secret):(\w+)(?:\|\w+)?\}/g);
  return Object.fromEntries(Array.from(names, ([, name = '']) => [name, '7']));
}

function choicesOf(text: string): readonly Choice[] {
  const read = readReference(text);
  const root = mapOf(read.ok ? read.value.value : undefined);
  const pipelines = Object.keys(mapOf(root.pipelines));
  const environments = [undefined, ...Object.keys(mapOf(root.environments))];
  const names = pipelines.length === 0 ? [undefined] : pipelines;
  return names.flatMap((pipeline) =>
    environments.map((environment) => ({ pipeline, environment })),
  );
}
