import { createRequire } from 'node:module';
import { join } from 'node:path';
import type ts from '../../tools/node_modules/typescript/lib/typescript.js';
import { packages, ROOT, type WorkspacePackage } from './repository.ts';

/** The compiler that still has an API lies beside the other tools. */
const compiler: typeof ts = createRequire(join(ROOT, 'tools', 'package.json'))('typescript');

/** An exported name with what its author wrote about it. */
export interface Declaration {
  readonly name: string;
  readonly kind: 'class' | 'function' | 'interface' | 'type' | 'value';
  /** The comment, without its tags. */
  readonly text: string;
  /** `@param`, `@throws`, ... as they were written. */
  readonly tags: readonly string[];
  /** As TypeScript sees it, comments inside kept, private parts left out. */
  readonly signature: string;
  /** The file that declares it, to tell a re-export from one's own. */
  readonly file: string;
}

export interface Field {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly text: string;
}

/** Reads the built declarations of all packages. */
export class DeclarationReader {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;

  constructor() {
    const entries = packages().map(entryOf);
    this.#program = compiler.createProgram(entries, {
      module: compiler.ModuleKind.NodeNext,
      moduleResolution: compiler.ModuleResolutionKind.NodeNext,
      target: compiler.ScriptTarget.ES2024,
      strict: true,
      types: ['node'],
      typeRoots: [join(ROOT, 'node_modules', '@types')],
    });
    this.#checker = this.#program.getTypeChecker();
  }

  /** What a package exports, sorted by name. */
  exportsOf(source: WorkspacePackage): readonly Declaration[] {
    return this.#symbolsOf(source)
      .map((symbol) => this.#declaration(symbol))
      .filter((declaration) => declaration !== undefined)
      .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  /** The members of an exported union of object types, each with all its fields. */
  unionOf(
    source: WorkspacePackage,
    name: string,
  ): readonly { name: string; text: string; fields: Field[] }[] {
    const symbol = this.#symbolsOf(source).find((exported) => exported.name === name);
    if (symbol === undefined) throw new Error(`${source.name} exports no ${name}`);
    const type = this.#checker.getDeclaredTypeOfSymbol(this.#resolved(symbol));
    const members = type.isUnion() ? type.types : [type];
    return members.map((member) => ({
      name: member.symbol.name,
      text: this.#textOf(member.symbol),
      fields: this.#checker.getPropertiesOfType(member).map((field) => this.#field(field)),
    }));
  }

  #symbolsOf(source: WorkspacePackage): ts.Symbol[] {
    const file = this.#program.getSourceFile(entryOf(source));
    const module = file === undefined ? undefined : this.#checker.getSymbolAtLocation(file);
    // A package that exports nothing yet is no module.
    return module === undefined ? [] : this.#checker.getExportsOfModule(module);
  }

  #resolved(symbol: ts.Symbol): ts.Symbol {
    const isAlias = (symbol.flags & compiler.SymbolFlags.Alias) !== 0;
    return isAlias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }

  #declaration(symbol: ts.Symbol): Declaration | undefined {
    const resolved = this.#resolved(symbol);
    const [node] = resolved.declarations ?? [];
    if (node === undefined) return undefined;
    return {
      name: symbol.name,
      kind: kindOf(node),
      text: this.#textOf(resolved),
      tags: resolved.getJsDocTags(this.#checker).map(({ name, text }) => {
        return `@${name} ${compiler.displayPartsToString(text)}`.trim();
      }),
      signature: (resolved.declarations ?? []).map(signatureOf).join('\n'),
      file: node.getSourceFile().fileName,
    };
  }

  #field(field: ts.Symbol): Field {
    const [node] = field.declarations ?? [];
    const written =
      node !== undefined && compiler.isPropertySignature(node) ? node.type?.getText() : undefined;
    return {
      name: field.name,
      type: written ?? 'unknown',
      optional: (field.flags & compiler.SymbolFlags.Optional) !== 0,
      text: this.#textOf(field),
    };
  }

  #textOf(symbol: ts.Symbol): string {
    return compiler.displayPartsToString(symbol.getDocumentationComment(this.#checker));
  }
}

function entryOf({ folder }: WorkspacePackage): string {
  return join(folder, 'dist', 'index.d.ts');
}

function kindOf(node: ts.Node): Declaration['kind'] {
  if (compiler.isClassDeclaration(node)) return 'class';
  if (compiler.isFunctionDeclaration(node)) return 'function';
  if (compiler.isInterfaceDeclaration(node)) return 'interface';
  return compiler.isTypeAliasDeclaration(node) ? 'type' : 'value';
}

/** The text of a declaration without its own comment, `export declare`, and what is private. */
function signatureOf(declared: ts.Declaration): string {
  const node = compiler.isVariableDeclaration(declared) ? declared.parent.parent : declared;
  const text = node
    .getText()
    .replace(/^export (?:default )?(?:declare )?/, '')
    .replaceAll(/^\s*(?:#private;|private [^\n]*;)\n/gm, '');
  return text.replace(/^(?:const|abstract class|class|function|interface|type)\b/, '$&');
}
