import { toDefinition } from '@millrace/core';
import { knownPipelineKeys, LAYER_FIELDS } from '../shape/config-schema.ts';
import type { DefaultValue } from './default-value.ts';

/** Where runs are kept when a config names no store, relative to its folder. */
const DEFAULT_STORE = 'sqlite:.millrace/millrace.db';

/** What a pipeline is without any of its fields. */
const EMPTY: Readonly<Record<string, unknown>> = {
  ...toDefinition({ name: '' }, []),
  store: DEFAULT_STORE,
  params: {},
};

const LOGGING: readonly DefaultValue[] = [
  { path: ['logging', 'level'], value: 'info', by: 'millrace' },
  { path: ['logging', 'dir'], value: undefined, by: 'millrace' },
];

/** What Millrace puts in place of the fields that a pipeline leaves out; its name it must give. */
export function pipelineDefaults(): readonly DefaultValue[] {
  const own = pipelineKeys()
    .filter((key) => key !== 'stages' && key !== 'logging')
    .map((key): DefaultValue => {
      const value = key === 'name' ? undefined : EMPTY[key];
      return { path: [key], value, by: 'millrace' };
    });
  return [...own, ...LOGGING];
}

/** The fields of one pipeline. */
export function pipelineKeys(): readonly string[] {
  return knownPipelineKeys([]).filter((key) => key !== 'pipelines' && !LAYER_FIELDS.includes(key));
}
