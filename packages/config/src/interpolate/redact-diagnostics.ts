import type { Diagnostic, PathSegment } from '@millrace/core';
import type { ConfigNode, MapNode } from '../tree/config-node.ts';
import { describeNode } from '../tree/describe-node.ts';
import { nodeAt } from '../tree/locate.ts';
import { secretPlacesIn } from './secret-places.ts';
import type { SecretRegistry } from './secret-registry.ts';

/**
 * Diagnostics that show no secret. A code frame never does, it shows the placeholder; what was got and
 * what a schema says of it may.
 * @param tree the config as far as it could be put together, for places
 */
export function redactDiagnostics(
  diagnostics: readonly Diagnostic[],
  secrets: SecretRegistry,
  tree?: MapNode,
): readonly Diagnostic[] {
  if (secrets.names.length === 0) return diagnostics;
  const clean = (text: string): string => secrets.redact(text);
  return diagnostics.map((diagnostic) => {
    const { message, path, expected, help, related } = diagnostic;
    const got = (tree && shownAt(tree, path)) ?? diagnostic.got;
    return {
      ...diagnostic,
      message: clean(message),
      ...(diagnostic.got === undefined || got === undefined ? {} : { got: clean(got) }),
      ...(expected === undefined ? {} : { expected: clean(expected) }),
      ...(help === undefined ? {} : { help: clean(help) }),
      ...(related === undefined
        ? {}
        : { related: related.map((place) => ({ ...place, message: clean(place.message) })) }),
    };
  });
}

/** What may be shown of a value that is made of secrets or holds some, however short; undefined for any other. */
function shownAt(tree: MapNode, path: readonly PathSegment[]): string | undefined {
  for (let length = 1; length <= path.length; length++) {
    const { redacted } = nodeAt(tree, path.slice(0, length)) ?? {};
    if (redacted !== undefined) return redacted;
  }
  const node = nodeAt(tree, path);
  return node !== undefined && holdsSecret(node) ? describeNode(node) : undefined;
}

function holdsSecret(node: ConfigNode): boolean {
  return secretPlacesIn(node).next().done !== true;
}
