import { readYaml } from '../../parse/yaml-reader.ts';
import { ConfigSource } from '../../source/config-source.ts';
import { Problems } from '../../source/problems.ts';
import { toPlain } from '../../tree/to-plain.ts';

/** What an editor makes of a YAML text; throws with what is wrong with it. */
export function yamlValue(text: string): unknown {
  const problems = new Problems();
  const root = readYaml(new ConfigSource('file', 'test.yaml', text), problems);
  if (root === undefined || problems.hasErrors)
    throw new TypeError(JSON.stringify(problems.sorted()));
  return toPlain(root);
}
