import { stripTypeScriptTypes } from 'node:module';

/** Replaces what is TypeScript only with blanks. Throws on syntax that cannot be left out, as `enum`. */
export function stripTypes(text: string): string {
  const { emitWarning } = process;
  // The first use warns that the function is experimental: our choice, no matter of the user's.
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(text);
  } finally {
    process.emitWarning = emitWarning;
  }
}
