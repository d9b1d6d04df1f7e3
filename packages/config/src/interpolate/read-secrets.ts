import type { Span } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import type { PlaceholderType } from './placeholder-type.ts';
import { secretForms } from './secret-forms.ts';
import type { SecretProvider, SecretRegistry } from './secret-registry.ts';
import { parseTemplate } from './template.ts';

/** Reads each secret that the tree names once, all at the same time. What is missing is reported. */
export async function readSecrets(
  root: ConfigNode,
  provider: SecretProvider,
  registry: SecretRegistry,
  problems: Problems,
): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  await Promise.all(
    Array.from(secretsIn(root), async ([name, { at, types }]) => {
      const placeholder = `\${secret:${name}}`;
      try {
        const value = await provider.read(name);
        if (value === undefined) {
          problems.report({
            code: 'SECRET_MISSING',
            message: `there is no secret ${JSON.stringify(name)} for ${placeholder}`,
            at,
            help: `set the environment variable ${name}, or give a secret provider`,
          });
          return;
        }
        registry.add(name, value, secretForms(value, types, at));
        values.set(name, value);
      } catch (error) {
        const reason = error instanceof Error ? error.message : 'the provider threw';
        const message = `the secret ${JSON.stringify(name)} cannot be read: ${reason}`;
        problems.report({ code: 'SECRET_UNREADABLE', message, at });
      }
    }),
  );
  return values;
}

interface NamedSecret {
  /** The first value that names it. */
  readonly at: Span;
  readonly types: Set<PlaceholderType>;
}

function secretsIn(root: ConfigNode): Map<string, NamedSecret> {
  const found = new Map<string, NamedSecret>();
  const visit = (node: ConfigNode): void => {
    if (node.kind === 'list') for (const item of node.items) visit(item);
    else if (node.kind === 'map') for (const { value } of node.entries.values()) visit(value);
    else if (typeof node.value === 'string' && node.value.includes('${secret:')) {
      const template = parseTemplate(node.value);
      for (const part of template.ok ? template.value : []) {
        if (part.kind !== 'secret') continue;
        const known = found.get(part.name) ?? { at: node.span, types: new Set() };
        found.set(part.name, known);
        known.types.add(part.type ?? 'text');
      }
    }
  };
  visit(root);
  return found;
}
