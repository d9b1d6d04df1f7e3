import type { ConfigSource } from '../source/config-source.ts';
import type { Problem } from '../source/problems.ts';
import { MAX_DEPTH } from '../tree/config-node.ts';
import { findYamlSlip } from './slips/find-yaml-slip.ts';
import type { YAMLException } from './yaml.ts';

interface Fault {
  readonly offset: number;
  readonly message: string;
  readonly help?: string;
}

/** Says in a user's words, and at the line to blame, what the parser ran into. */
export function yamlSyntaxProblem(source: ConfigSource, error: YAMLException): Problem {
  // Some parts of the parser stop right behind the end of the text.
  const offset = Math.min(error.mark?.position ?? 0, source.text.length);
  if (error.reason.startsWith('nesting exceeded')) {
    return {
      code: 'CONFIG_TOO_DEEP',
      message: `values are nested deeper than ${MAX_DEPTH} levels`,
      at: source.span(offset),
    };
  }
  const fault = faultAt(source.text, offset, error.reason);
  return {
    code: 'CONFIG_SYNTAX',
    message: fault.message,
    at: source.span(fault.offset),
    help: fault.help,
  };
}

/** A tab is what it is; any other fault may come from a slip further up. */
function faultAt(text: string, offset: number, reason: string): Fault {
  const slip = reason.startsWith('tab characters') ? undefined : findYamlSlip(text, offset);
  return slip ?? explain(text, offset, reason);
}

function explain(text: string, offset: number, reason: string): Fault {
  if (reason.startsWith('tab characters')) {
    return {
      offset,
      message: 'a tab is used for indentation, which YAML does not allow',
      help: 'indent with spaces',
    };
  }
  const tab = text.lastIndexOf('\t', offset - 1);
  if (reason === 'deficient indentation' && tab > text.lastIndexOf('\n', offset - 1)) {
    return {
      offset: tab,
      message: 'a tab in a line with brackets, which YAML does not allow',
      help: 'use spaces',
    };
  }
  if (reason === 'deficient indentation' && /[\]}]/.test(text[offset] ?? '')) {
    return {
      offset,
      message: 'a closing bracket stands too far left',
      help: 'indent it deeper than the key that it belongs to',
    };
  }
  if (reason === 'bad indentation of a mapping entry' && text[offset] === ':') {
    return {
      offset,
      message: 'a second ": " in one entry',
      help: 'put the text in quotes, or start a new line for the second key',
    };
  }
  if (/multiline key|expected ':' after|document separator is expected/.test(reason)) {
    const keyOffset = keyWithoutColon(text, offset);
    if (keyOffset !== undefined) {
      return {
        offset: keyOffset,
        message: 'a key without a ":" behind it',
        help: 'write `key: value`',
      };
    }
  }
  if (reason === 'deficient indentation' || reason.startsWith('unexpected end of the')) {
    return { offset, message: reason, help: 'a bracket or quote above is probably not closed' };
  }
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  if (reason.startsWith('bad indentation') && text.slice(lineStart, offset).trim() !== '')
    return { offset, ...strayText(text.charAt(offset)) };
  if (reason.startsWith('bad indentation')) {
    return {
      offset,
      message: reason,
      help: 'entries that belong together start in the same column',
    };
  }
  return { offset, message: reason };
}

/** What stands in a line where its value has ended, or cannot begin. */
function strayText(sign: string): Pick<Fault, 'message' | 'help'> {
  if (/[\]}]/.test(sign)) {
    return { message: `a ${sign} too many`, help: 'take it out, or open it further left' };
  }
  return {
    message: `${JSON.stringify(sign)} cannot stand here without quotes`,
    help: 'put the whole value in quotes',
  };
}

/** Where the last line before `offset` that says something starts, if it is a bare word. */
function keyWithoutColon(text: string, offset: number): number | undefined {
  let end = text.lastIndexOf('\n', offset - 1);
  while (end > 0) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text
      .slice(start, end)
      .replace(/\s#.*$/, '')
      .trimEnd();
    const words = line.trimStart();
    if (words !== '' && !words.startsWith('#')) {
      return /^[^:[\]{}"'#-][^:[\]{}"']*$/.test(words)
        ? start + line.length - words.length
        : undefined;
    }
    end = start - 1;
  }
  return undefined;
}
